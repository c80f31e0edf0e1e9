import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Where a call is held: before it reaches the portal, or with the portal's answer in hand. */
export type HeldAt = 'request' | 'answer'

/** A way to the simulated EPGU on which a call can be held. */
export type HeldGateway = {
  readonly url: string
  /** Holds the next call to a path for ever; the promise is kept when it is held. */
  readonly hold: (path: RegExp, at: HeldAt) => Promise<void>
  readonly close: () => Promise<void>
}

type Hold = { readonly path: RegExp; readonly at: HeldAt; readonly held: () => void }

/** Starts a way to `target` (its base URL), on a port of its own. */
export async function startHeldGateway(target: string): Promise<HeldGateway> {
  let wanted: Hold | undefined
  const isHeld = (path: string, at: HeldAt): boolean => {
    if (wanted?.at !== at || !wanted.path.test(path)) {
      return false
    }
    const { held } = wanted
    wanted = undefined
    held()

    return true
  }
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const url = new URL(incoming.url ?? '/', target)
    if (isHeld(url.pathname, 'request')) {
      incoming.resume()
      return
    }
    const headers = { ...incoming.headers, host: url.host }
    const call = request(url, { method: incoming.method, headers }, (answer) => {
      if (isHeld(url.pathname, 'answer')) {
        answer.resume()
        return
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    call.on('error', () => outgoing.destroy())
    incoming.pipe(call)
  }
  const server = createServer(pass)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold: (path, at) =>
      new Promise((resolve) => {
        wanted = { path, at, held: resolve }
      }),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
