import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect, createServer as createTcpServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { exchange } from './exchange.ts'
import type { Fetch } from './io.ts'
import { systemIo } from './io.ts'
import { createNodeFetch } from './node-fetch.ts'
import { readBody } from './read-body.ts'
import { streamBody } from './stream-body.ts'

const folder = mkdtempSync(join(tmpdir(), 'muhr-http-'))
let certificate = ''
let key = ''

beforeAll(() => {
  const [keyFile, certificateFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  execFileSync(
    'openssl',
    [
      ...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2'.split(' '),
      ...['-subj', '/CN=TEST', '-addext', 'subjectAltName=IP:127.0.0.1'],
      ...['-keyout', keyFile, '-out', certificateFile],
    ],
    { stdio: 'ignore' },
  )
  certificate = readFileSync(certificateFile, 'utf8')
  key = readFileSync(keyFile, 'utf8')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Handle = (request: IncomingMessage, response: ServerResponse) => void

async function listen(server: Server, scheme: 'http' | 'https'): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    if ('closeAllConnections' in server) (server.closeAllConnections as () => void)()
  })

  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const serveTls = (handle: Handle) =>
  listen(createTlsServer({ key, cert: certificate }, handle), 'https')
const serve = (handle: Handle) => listen(createServer(handle), 'http')

const echo: Handle = async (request, response) => {
  let lengthBytes = 0
  for await (const piece of request) lengthBytes += (piece as Buffer).length
  response.end(`${request.method} ${lengthBytes}`)
}

/** A proxy as others have it, with what it was asked for. */
async function proxy() {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.end('through the proxy')
  })
  server.on('connect', (request: IncomingMessage, client) => {
    asked.push(`CONNECT ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim())
    const [host, port] = (request.url ?? '').split(':')
    const upstream = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      client.pipe(upstream).pipe(client)
    })
    upstream.on('error', () => client.destroy())
    client.on('error', () => upstream.destroy())
  })

  return { url: await listen(server, 'http'), asked }
}

async function call(fetch: Fetch, url: string, lengthBytes?: number, timeoutMs = 20_000) {
  const pieces = (function* () {
    yield new Uint8Array((lengthBytes ?? 1) - 1)
    yield new Uint8Array(1)
  })()
  const exchanged = await exchange(systemIo({ fetch }), {
    url,
    method: lengthBytes === undefined ? 'GET' : 'POST',
    headers: {},
    body:
      lengthBytes === undefined
        ? undefined
        : streamBody({ pieces, lengthBytes, contentType: 'text/plain' }),
    timeoutMs,
  })
  if (exchanged.kind === 'lost') return exchanged
  const body = await readBody(exchanged.response, 1_000_000)

  return {
    status: exchanged.response.status,
    text: body.ok ? Buffer.from(body.bytes).toString() : body.reason,
  }
}

describe('authorities of one connection', () => {
  it('a host that nobody vouches for is refused, and nothing was sent', async () => {
    const url = await serveTls(echo)
    for (const fetch of [createNodeFetch(), systemIo().fetch]) {
      expect(await call(fetch, url, 5)).toEqual({
        kind: 'lost',
        isSent: false,
        systemCode: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      })
    }
  })

  it('with its authority it is called, also more than once over one connection', async () => {
    const url = await serveTls(echo)
    const fetch = createNodeFetch({ ca: [certificate] })
    expect(await call(fetch, url, 500_000)).toEqual({ status: 200, text: 'POST 500000' })
    expect(await call(fetch, url)).toEqual({ status: 200, text: 'GET 0' })
    expect(await call(fetch, url)).toEqual({ status: 200, text: 'GET 0' })
  })

  it('verification is never off, not even by the environment', async () => {
    const url = await serveTls(echo)
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    onTestFinished(() => {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before
    })
    expect(await call(createNodeFetch(), url, 5)).toMatchObject({ kind: 'lost', isSent: false })
  })

  it('another name than the certificate has is refused', async () => {
    const url = (await serveTls(echo)).replace('127.0.0.1', 'localhost')
    expect(await call(createNodeFetch({ ca: [certificate] }), url, 5)).toEqual({
      kind: 'lost',
      isSent: false,
      systemCode: 'ERR_TLS_CERT_ALTNAME_INVALID',
    })
  })
})

describe('a proxy', () => {
  it('carries https in a tunnel, verified end to end', async () => {
    const url = await serveTls(echo)
    const between = await proxy()
    const fetch = createNodeFetch({
      ca: [certificate],
      proxy: between.url.replace('//', '//user:secret@'),
    })
    expect(await call(fetch, url, 70_000)).toEqual({ status: 200, text: 'POST 70000' })
    expect(between.asked).toHaveLength(1)
    expect(between.asked[0]).toMatch(/^CONNECT 127\.0\.0\.1:\d+ Basic /)
    const untrusting = createNodeFetch({ proxy: between.url })
    expect(await call(untrusting, url, 5)).toMatchObject({ kind: 'lost', isSent: false })
  })

  it('carries http by its whole address', async () => {
    const between = await proxy()
    const url = await serve(echo)
    expect(await call(createNodeFetch({ proxy: between.url }), `${url}/a`)).toEqual({
      status: 200,
      text: 'through the proxy',
    })
    expect(between.asked).toEqual([`GET ${url}/a`])
  })

  it('that is gone carried nothing', async () => {
    const gone = createTcpServer()
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve))
    const { port } = gone.address() as AddressInfo
    await new Promise((resolve) => gone.close(resolve))
    const fetch = createNodeFetch({ proxy: `http://127.0.0.1:${port}` })
    expect(await call(fetch, await serveTls(echo), 5)).toMatchObject({
      kind: 'lost',
      isSent: false,
    })
  })

  it('that is no http address is refused', () => {
    expect(() => createNodeFetch({ proxy: 'socks5://127.0.0.1:1' })).toThrow(TypeError)
  })
})

describe('as fetch does', () => {
  it('gives redirects back, and empty answers', async () => {
    const url = await serve((request, response) => {
      request.resume()
      const isEmpty = request.url === '/empty'
      response.writeHead(isEmpty ? 204 : 302, isEmpty ? {} : { location: '/b' }).end()
    })
    expect(await call(createNodeFetch(), `${url}/a`, 5)).toEqual({ status: 302, text: '' })
    expect(await call(createNodeFetch(), `${url}/empty`)).toEqual({ status: 204, text: '' })
  })

  it('an answer that breaks off is cut off', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half')
      setTimeout(() => response.destroy(), 20)
    })
    expect(await call(createNodeFetch(), url)).toEqual({ status: 200, text: 'cut-off' })
  })

  it('an answer that never ends is left when its time is over', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half')
    })
    expect(await call(createNodeFetch(), url, undefined, 300)).toEqual({
      status: 200,
      text: 'cut-off',
    })
  })

  it('a host that takes the connection and says nothing of TLS is left in time', async () => {
    const url = await listen(createTcpServer(), 'https')
    const started = performance.now()
    expect(await call(createNodeFetch({ connectTimeoutMs: 200 }), url, 5)).toEqual({
      kind: 'lost',
      isSent: false,
      systemCode: 'ETIMEDOUT',
    })
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  it('the end of the connection before, during and after the body is told apart', async () => {
    const after = await serve((request) => {
      request.resume().on('end', () => request.socket.destroy())
    })
    expect(await call(createNodeFetch(), after, 1000)).toMatchObject({ kind: 'lost', isSent: true })
    const during = await serve((request) => request.once('data', () => request.socket.destroy()))
    expect(await call(createNodeFetch(), during, 32_000_000)).toMatchObject({
      kind: 'lost',
      isSent: false,
    })
  })
})
