import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createServer as createNetServer, type Server as NetServer, type Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { createServer as createSecureServer } from 'node:tls'
import { MuhrError } from '@muhr/identifiers'
import { SANDBOX_STATUS, SandboxError } from '../error.ts'
import { lenientSocket } from './lenient-socket.ts'
import { jsonResponse, type SimHandler, type SimRequest, type SimResponse } from './sim-http.ts'

export type Listening = {
  readonly port: number
  /** `http://host:port`, without a trailing slash. */
  readonly url: string
  /** Host header values under which this server is known. */
  readonly hosts: readonly string[]
  readonly stop: () => Promise<void>
}

export type ListenOptions = {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly handler: SimHandler
  /** PEM of the key and of the certificate with its issuers; https with them, http without. */
  readonly tls?: { readonly key: string; readonly cert: string }
  /** Takes headers that HTTP forbids and published clients send: a blank before the colon. */
  readonly isLenient?: boolean
  /** Called for what no handler should throw. */
  readonly log: (line: string) => void
}

/** What a server gives its clients, ms and bytes. */
export const HTTP_LIMITS = {
  // EPGU gives a package five minutes (ru-epgu-goskey §3.3); a slow line may take them for one chunk.
  requestTimeout: 330_000,
  headersTimeout: 60_000,
  // A client that computes for seconds between two calls must not find its connection closed.
  keepAliveTimeout: 75_000,
  // An ESIA signature in a query is 5 KB, and no limit below 16 KB is known (ru-epgu-goskey §1).
  maxHeaderSize: 64 * 1024,
} as const

/**
 * Serves a simulator on one port. Plain `node:http`: measured on Node 24 an idle Fastify costs 14 MB more, and
 * a simulator needs nothing of it.
 *
 * @throws {SandboxError} `sandbox.port-taken`
 */
export async function listen(options: ListenOptions): Promise<Listening> {
  const serve = (message: IncomingMessage, response: ServerResponse): void => {
    void answer(message, response, options)
  }
  const parser =
    options.tls === undefined || options.isLenient === true
      ? createServer(HTTP_LIMITS, serve)
      : createTlsServer({ ...HTTP_LIMITS, ...options.tls }, serve)
  const sockets = new Set<Socket>()
  const take = (socket: Socket): void => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    parser.emit('connection', lenientSocket(socket))
  }
  const server = options.isLenient === true ? openFront(take, options.tls) : parser
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(cause.code === 'EADDRINUSE' ? portTaken(options.port, cause) : cause)
    })
    server.listen({ host: options.host, port: options.port, exclusive: true }, resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  const host = options.host.includes(':') ? `[${options.host}]` : options.host
  const names = new Set([host, '127.0.0.1', 'localhost', '[::1]'])

  return {
    port,
    url: `${options.tls === undefined ? 'http' : 'https'}://${host}:${port}`,
    hosts: [...names].map((name) => `${name}:${port}`),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        parser.closeAllConnections()
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** A listener that reads headers before the parser does, and mends them. */
function openFront(take: (socket: Socket) => void, tls: ListenOptions['tls']): NetServer {
  return tls === undefined ? createNetServer(take) : createSecureServer(tls, take)
}

function portTaken(port: number, cause: Error): SandboxError {
  return new SandboxError({
    code: 'sandbox.port-taken',
    message: `Port ${port} is taken by another program.`,
    advice: 'Stop that program, or give the sandbox another port.',
    data: { port },
    cause,
  })
}

async function answer(
  message: IncomingMessage,
  response: ServerResponse,
  options: Pick<ListenOptions, 'handler' | 'log' | 'tls'>,
): Promise<void> {
  // A body that was given up in its middle takes the socket from its message.
  const { socket } = message
  let result: SimResponse
  try {
    result = (await options.handler(simRequest(message, options.tls !== undefined))) ?? notFound()
  } catch (cause) {
    result = errorResponse(cause, options.log)
  }
  if (result.isLost === true) {
    socket.destroy()

    return
  }
  // A refusal may come before the body was read: the client is let finish, else it sees a reset.
  if (!message.complete) message.resume()
  if (result.file !== undefined) return sendFile(result, result.file, response)
  const body = result.body ?? ''
  response.writeHead(result.status, {
    ...result.headers,
    // RFC 9110 §8.6: none with 204.
    ...(result.status === 204 ? {} : { 'content-length': Buffer.byteLength(body) }),
  })
  if (result.cutAt !== undefined) {
    response.write(Buffer.from(body).subarray(0, result.cutAt), () => socket.destroy())

    return
  }
  response.end(message.method === 'HEAD' ? undefined : body)
}

async function sendFile(
  { status, headers }: SimResponse,
  path: string,
  response: ServerResponse,
): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) {
    // Whoever removed it did so under our feet.
    response.writeHead(500, { 'content-length': 0 }).end()

    return
  }
  response.writeHead(status, { ...headers, 'content-length': found.size })
  // Whoever hangs up in the middle is no fault of ours.
  await pipeline(createReadStream(path), response).catch(() => undefined)
}

function simRequest(message: IncomingMessage, isSecure: boolean): SimRequest {
  const { url: target = '/' } = message
  // A target in origin form is a path, even where it begins with two slashes (RFC 9112 §3.2.1).
  const url = URL.parse(target.startsWith('/') ? `http://sandbox.invalid${target}` : target)
  if (url === null) throw unreadableUrl()

  return {
    method: message.method === 'HEAD' ? 'GET' : (message.method ?? 'GET'),
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(
      Object.entries(message.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : value,
      ]),
    ),
    body: (maxBytes) => readBody(message, maxBytes),
    stream: () => message,
    isSecure,
  }
}

async function readBody(message: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message) {
    const bytes: Buffer = chunk
    size += bytes.length
    if (size > maxBytes) {
      throw new SandboxError({
        code: 'sandbox.too-large',
        message: `The body is larger than ${maxBytes} bytes.`,
        advice: 'Send a smaller request.',
      })
    }
    chunks.push(bytes)
  }

  return Buffer.concat(chunks, size)
}

function unreadableUrl(): SandboxError {
  return new SandboxError({
    code: 'sandbox.bad-request',
    message: 'The request line has no readable path.',
    advice: 'Send an ordinary HTTP request.',
    data: { field: 'path' },
  })
}

function notFound(): SimResponse {
  return jsonResponse(404, { code: 'sandbox.not-found', message: 'There is nothing at this path.' })
}

function errorResponse(cause: unknown, log: (line: string) => void): SimResponse {
  if (cause instanceof MuhrError) {
    const status = cause instanceof SandboxError ? SANDBOX_STATUS[cause.code] : 400
    const { code, message, advice, data } = cause

    return jsonResponse(status, { code, message, advice, data })
  }
  log(`sandbox: unexpected error: ${cause instanceof Error ? cause.stack : String(cause)}`)

  return jsonResponse(500, {
    code: 'sandbox.unexpected',
    message: 'The simulator failed.',
    advice: 'See the log of the sandbox.',
  })
}
