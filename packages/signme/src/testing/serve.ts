import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** One request as it arrived. */
export type Arrived = {
  readonly method: string
  /** Path and query as sent. */
  readonly url: string
  readonly query: URLSearchParams
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** What a test answers: an answer, or nothing more after it has dealt with the socket itself. */
export type Answer = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  /** Text, octets, or a value that is sent as JSON. */
  readonly body?: unknown
}

export type Reply = (
  request: Arrived,
  raw: { readonly request: IncomingMessage; readonly response: ServerResponse },
) => Answer | undefined | Promise<Answer | undefined>

/** A real HTTP server on loopback for one test; it stops with the test. Whole bodies are collected. */
export async function serve(reply: Reply) {
  return serveRaw(async (request, response, arrived) => {
    const body = await collect(request)
    const whole = { ...describe(request), body }
    arrived.push(whole)
    send(response, await reply(whole, { request, response }))
  })
}

/** As {@link serve}, where the test reads the request itself. */
export async function serveRaw(
  handle: (
    request: IncomingMessage,
    response: ServerResponse,
    arrived: Arrived[],
  ) => void | Promise<void>,
) {
  const arrived: Arrived[] = []
  const failures: unknown[] = []
  const server = createServer((request, response) => {
    void Promise.resolve(handle(request, response, arrived)).catch((error: unknown) => {
      // A client that goes away in mid-request is what some tests do on purpose.
      if ((error as { code?: string }).code !== 'ECONNRESET') failures.push(error)
      response.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  onTestFinished(async () => {
    await stop()
    if (failures.length > 0) throw failures[0]
  })

  return { url: `http://127.0.0.1:${port}`, arrived, stop }
}

/** Sends an answer. */
export function send(response: ServerResponse, answer: Answer | undefined): void {
  if (answer === undefined) return
  const { status, headers = {}, body } = answer
  const isPlain = body === undefined || typeof body === 'string' || body instanceof Uint8Array
  response.writeHead(status, {
    ...(isPlain ? {} : { 'content-type': 'application/json' }),
    ...headers,
  } as Record<string, string>)
  response.end(isPlain ? body : JSON.stringify(body))
}

/** What is known of a request before its body. */
export function describe(request: IncomingMessage): Omit<Arrived, 'body'> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://loopback')

  return {
    method: request.method ?? '',
    url: request.url ?? '',
    path: pathname,
    query: searchParams,
    headers: request.headers,
  }
}

async function collect(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)

  return Buffer.concat(pieces)
}
