import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { median, print } from '../figure.ts'

const run = promisify(execFile)
const answerBytes = 25_000_000
const md5 = '8b1a9953c4611296a827abf8c47804d7'
const rounds = 5

type Measured = {
  readonly grown: number
  readonly tookMs: number
  readonly sizes: readonly number[]
}

/**
 * Checks whose answer is 25 MB, each by a process of its own that has checked for little before.
 * @throws Error when a container did not come whole
 */
export async function measureCheck(): Promise<void> {
  for (const signatures of [1, 20]) {
    const answer = answerOf(signatures)
    const measured: Measured[] = []
    for (let round = 0; round < rounds; round += 1) measured.push(await checkOnce(answer))
    const grownMb = measured.map(({ grown }) => grown / 2 ** 20)
    const metric = `signme.check-25mb-${signatures}-signatures`
    const bar = '<= 128'
    print({ metric: `${metric}.memory-growth`, value: median(grownMb), unit: 'MiB', bar })
    print({ metric: `${metric}.memory-growth.most`, value: Math.max(...grownMb), unit: 'MiB', bar })
    print({
      metric: `${metric}.wall`,
      value: median(measured.map(({ tookMs }) => tookMs)),
      unit: 'ms, sending by the server included',
    })
  }
}

type Answer = { readonly octets: Buffer; readonly containerBytes: number; readonly count: number }

/** Containers in base64, every `/` written `\/`, as PHP does. */
function answerOf(count: number): Answer {
  const container = Buffer.alloc(Math.floor((answerBytes / count - 400) / 4) * 3)
  container.set([0x30, 0x84])
  container.writeUInt32BE(container.length - 6, 2)
  // One sign in a hundred is a slash.
  for (let at = 300; at < container.length; at += 75) container[at] = 0x3f
  const base64 = container.toString('base64').replaceAll('/', '\\/')
  const member = `{"pkcs64":"${base64}","person":{"phone_number":"Тест"}}`
  const members = Array.from({ length: count }, (_, at) => `"signature_${at + 1}":${member}`)

  return {
    octets: Buffer.from(`{"count":${count},${members.join(',')}}`),
    containerBytes: container.length,
    count,
  }
}

async function checkOnce({ octets, containerBytes, count }: Answer): Promise<Measured> {
  let calls = 0
  const server = createServer((request, response) => {
    request.resume()
    calls += 1
    response.end(calls === 1 ? '{"count":0}' : octets)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const { port } = server.address() as { readonly port: number }
    const script = join(import.meta.dirname, 'check-once.ts')
    const { stdout } = await run(process.execPath, [script, `http://127.0.0.1:${port}`, md5])
    // As the script writes it.
    const measured = JSON.parse(stdout) as Measured
    const isWhole = measured.sizes.every((size) => size === containerBytes)
    if (!isWhole || measured.sizes.length !== count) {
      throw new Error('a container did not come whole: nothing was measured')
    }

    return measured
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
