import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, request } from 'node:http'
import { Agent as HttpsAgent, request as requestTls } from 'node:https'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { getCACertificates } from 'node:tls'
import type { Fetch, FetchInit } from './io.ts'

export type NodeFetchOptions = {
  /** Authorities in PEM that https hosts are trusted by, beside those of Node.js. */
  readonly ca?: readonly string[] | undefined
  /** `http://[user:password@]host:port`; every call goes through it. */
  readonly proxy?: string | undefined
  /** From the call until there is a connection, TLS included. Default 10 000 ms. */
  readonly connectTimeoutMs?: number
}

/**
 * A `fetch` over the HTTP of Node.js with authorities, a proxy and a time to connect of its own; none of
 * that can be given to the global one. TLS is always verified, whatever the environment says. A POST has
 * a connection of its own, and its body is not touched before that is there: so a request that cannot
 * have arrived is known as such.
 *
 * @throws RangeError for a proxy under Node.js before 24.5, which would go past it; TypeError for one
 * that is no http URL
 */
export function createNodeFetch(options: NodeFetchOptions = {}): Fetch {
  const { connectTimeoutMs = 10_000 } = options
  const agents = createAgents(options)

  return async (url, init) => {
    const isTls = new URL(url).protocol === 'https:'
    const agent = agents[isTls ? 'https:' : 'http:'][init.method === 'GET' ? 'kept' : 'own']
    const call = (isTls ? requestTls : request)(url, {
      agent,
      method: init.method,
      headers: { ...init.headers, 'accept-encoding': 'identity' },
      signal: init.signal,
    })
    const limit = setTimeout(() => call.destroy(connectTimeout()), connectTimeoutMs)
    try {
      return await converse(call, init, () => clearTimeout(limit))
    } finally {
      clearTimeout(limit)
    }
  }
}

type Agents = {
  readonly [Protocol in 'http:' | 'https:']: {
    readonly kept: HttpAgent
    readonly own: HttpAgent
  }
}

function createAgents({ ca, proxy }: NodeFetchOptions): Agents {
  const proxyEnv = proxy === undefined ? undefined : checkProxy(proxy)
  const authorities =
    ca === undefined || ca.length === 0 ? {} : { ca: [...getCACertificates('default'), ...ca] }
  const shared = proxyEnv === undefined ? {} : { proxyEnv }
  const tls = { ...shared, ...authorities, rejectUnauthorized: true }

  return {
    'http:': {
      kept: new HttpAgent({ ...shared, keepAlive: true }),
      own: new HttpAgent({ ...shared, keepAlive: false }),
    },
    'https:': {
      kept: new HttpsAgent({ ...tls, keepAlive: true }),
      own: new HttpsAgent({ ...tls, keepAlive: false }),
    },
  }
}

function checkProxy(proxy: string) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 24 || (major === 24 && minor < 5)) {
    throw new RangeError('A proxy needs Node.js 24.5: older ones would go past it.')
  }
  if (!URL.canParse(proxy) || !/^https?:$/.test(new URL(proxy).protocol)) {
    throw new TypeError('The proxy is not an http or https URL.')
  }

  return { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: '' }
}

/** As the system says it of a connection that does not come. */
function connectTimeout(): Error {
  return Object.assign(new Error('There was no connection in time.'), {
    code: 'ETIMEDOUT',
    syscall: 'connect',
  })
}

async function converse(
  call: ClientRequest,
  init: FetchInit,
  onConnected: () => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    call.on('error', reject)
    call.on('response', (message) => {
      try {
        resolve(responseOf(message, init.redirect))
      } catch (error) {
        message.destroy()
        reject(error)
      }
    })
    call.on('socket', (socket: Socket) => {
      const begin = () => {
        onConnected()
        writeBody(call, init.body).catch((error: unknown) => {
          call.destroy()
          reject(error)
        })
      }
      if (!socket.connecting && !isHandshaking(socket)) begin()
      else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', begin)
    })
    call.flushHeaders()
  })
}

function isHandshaking(socket: Socket): boolean {
  return 'encrypted' in socket && 'secureConnecting' in socket && socket.secureConnecting === true
}

async function writeBody(call: ClientRequest, body: FetchInit['body']): Promise<void> {
  if (typeof body === 'string' || body === undefined) {
    call.end(body)

    return
  }
  const isClosed = new Promise<void>((resolve) => call.once('close', resolve))
  for await (const piece of body) {
    if (!call.write(piece)) {
      await Promise.race([new Promise<void>((resolve) => call.once('drain', resolve)), isClosed])
    }
    // The next piece is not asked for: a body that was not given whole did not arrive.
    if (call.destroyed) return
  }
  call.end()
}

function responseOf(message: IncomingMessage, redirect: FetchInit['redirect']): Response {
  const { statusCode: status = 0 } = message
  if (redirect === 'error' && status >= 300 && status < 400) {
    throw new TypeError('The answer is a redirect.')
  }
  const headers = new Headers()
  for (const [name, values = []] of Object.entries(message.headersDistinct)) {
    for (const value of values) headers.append(name, value)
  }
  const hasBody = status !== 204 && status !== 205 && status !== 304
  if (!hasBody) message.resume()

  return new Response(hasBody ? (Readable.toWeb(message) as ReadableStream<Uint8Array>) : null, {
    status,
    headers,
  })
}
