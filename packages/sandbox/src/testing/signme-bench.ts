import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { type Sandbox, type SandboxOptions, startSandbox } from '../start-sandbox.ts'
import { FREE_PORTS } from './free-ports.ts'
import { signmeClient, startReceiver } from './signme-client.ts'

/** A sandbox with a site that takes pushes, for all tests of a file. Faults and pushes are forgotten between them. */
export function useSignme(options: Partial<SandboxOptions> = {}) {
  const bench = {} as {
    dir: string
    sandbox: Sandbox
    signme: ReturnType<typeof signmeClient>
    receiver: Awaited<ReturnType<typeof startReceiver>>
    /** Other octets each time: signatures of one test show up nowhere else. */
    fresh: () => string
  }
  let count = 0
  beforeAll(async () => {
    bench.dir = await mkdtemp(join(tmpdir(), 'muhr-signme-'))
    bench.sandbox = await startSandbox({
      dir: join(bench.dir, 'sandbox'),
      ports: FREE_PORTS,
      ...options,
    })
    bench.signme = signmeClient(bench.sandbox)
    bench.receiver = await startReceiver()
    bench.fresh = () => `%PDF-1.4 TEST ${++count}\n`
  })
  afterAll(async () => {
    await bench.receiver?.stop()
    await bench.sandbox?.stop()
    await rm(bench.dir, { recursive: true, force: true })
  })
  afterEach(async () => {
    await bench.signme.control('faults', 'DELETE')
    bench.receiver.urls.length = 0
  })

  return bench
}
