import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ProviderIo } from '@muhr/envelope'
import { onTestFinished } from 'vitest'
import { now } from './testing.ts'

export type PortalAnswer = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** Text as it is; anything else as JSON. */
  readonly body?: unknown
}

/** A portal that answers as a test says: ESIA and the gateway. */
export type Portal = {
  readonly url: string
  /** Paths and queries of the calls to the gateway, in their order. */
  readonly calls: readonly string[]
  readonly io: ProviderIo
}

/** Listens on loopback until the test is over. `token`: what ESIA answers, and when. */
export async function startPortal(
  answer: (call: string) => PortalAnswer,
  token: PortalAnswer | Promise<PortalAnswer> = { status: 200, body: { accessTkn: 'token' } },
): Promise<Portal> {
  const calls: string[] = []
  const server = createServer(async (request, response) => {
    for await (const _ of request);
    const call = request.url ?? ''
    const isToken = call.startsWith('/esia-rs/')
    if (!isToken) calls.push(call)
    const { status, headers = {}, body } = isToken ? await token : answer(call)
    response.writeHead(status, headers)
    response.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    io: {
      fetch,
      now: () => new Date(now),
      random: (bytes) => new Uint8Array(bytes),
      read: async () => new Uint8Array(),
      open: async function* () {},
      md5: async () => '',
      // The portal of a test does not look at it.
      keptSeal: async () => new Uint8Array([0x30, 0]),
      signal: AbortSignal.timeout(20_000),
    },
  }
}
