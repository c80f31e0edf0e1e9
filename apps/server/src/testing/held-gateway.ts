import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

/** Where a call is held: when all of it is taken and none passed on, or with the answer in hand. */
export type HeldAt = 'request' | 'answer'

/** A way to the simulated EPGU on which a call can be held. */
export type HeldGateway = {
  readonly url: string
  /** Holds the next call to a path; kept when it is held, with what lets it go on. */
  readonly hold: (path: RegExp, at: HeldAt) => Promise<() => void>
  /** Cuts every connection, those of held calls too. */
  readonly cut: () => void
  readonly close: () => Promise<void>
}

type Hold = {
  readonly path: RegExp
  readonly at: HeldAt
  readonly held: (release: () => void) => void
}

/** Starts a way to `target` (its base URL), on a port of its own. */
export async function startHeldGateway(target: string): Promise<HeldGateway> {
  let wanted: Hold | undefined
  /** Takes up the wish to hold a call here, if there is one. */
  const take = (path: string, at: HeldAt): Hold | undefined => {
    const found = wanted?.at === at && wanted.path.test(path) ? wanted : undefined
    wanted = found === undefined ? wanted : undefined

    return found
  }
  const wait = (hold: Hold): Promise<void> => new Promise((resolve) => hold.held(resolve))
  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const url = new URL(incoming.url ?? '/', target)
    const before = take(url.pathname, 'request')
    const body = before === undefined ? incoming : Readable.from([await buffer(incoming)])
    if (before !== undefined) {
      await wait(before)
    }
    const headers = { ...incoming.headers, host: url.host }
    const call = request(url, { method: incoming.method, headers }, async (answer) => {
      const after = take(url.pathname, 'answer')
      if (after !== undefined) {
        await wait(after)
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    call.on('error', () => outgoing.destroy())
    body.pipe(call)
  }
  const server = createServer(pass)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold: (path, at) =>
      new Promise((resolve) => {
        wanted = { path, at, held: resolve }
      }),
    cut: () => server.closeAllConnections(),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
