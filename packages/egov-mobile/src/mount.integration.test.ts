import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { afterEach, describe, expect, test } from 'vitest'
import {
  assertSession,
  handleApi1,
  handleApi2Get,
  qrContent,
  readPut,
  type ServiceReply,
  type Session,
  successReply,
} from './index.ts'
import { testNow, testSession } from './testing.ts'

/** A whole service on `node:http`: what a reader of the README would write. */
async function serve(makeSession: (origin: string) => Session) {
  const received: { signatures: number; submission: string }[] = []
  let session: Session | undefined
  const server = createServer((request, response) => {
    answer(request).then(
      (reply) => send(response, reply).catch(() => response.destroy()),
      () => response.destroy(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  session = makeSession(origin)
  assertSession(session)

  async function answer(request: IncomingMessage): Promise<ServiceReply> {
    if (session === undefined) throw new Error('the session is there before the first call')
    const call = { method: request.method ?? '', headers: request.headers, body: request }

    if (request.url?.endsWith('/mgovSign')) return handleApi1(session, call, testNow).reply
    if (request.method !== 'PUT') return handleApi2Get(session, call, testNow).reply

    const put = await readPut(session, call, { now: testNow })
    if (put.kind !== 'signed') return put.reply
    received.push({ signatures: put.signatures.length, submission: put.submission })
    session = { ...session, closed: { kind: 'accepted', submissions: [put.submission] } }

    return successReply()
  }

  return { server, origin, session, received }
}

async function send(response: ServerResponse, reply: ServiceReply): Promise<void> {
  response.writeHead(reply.status, reply.headers)
  await pipeline(
    Readable.from(reply.body instanceof Uint8Array ? [reply.body] : reply.body),
    response,
  )
}

function sessionAt(origin: string, changes: Partial<Session> = {}): Session {
  return testSession({
    api1Url: `${origin}/k7Qm2xV9/mgovSign`,
    api2Url: `${origin}/k7Qm2xV9/documents`,
    ...changes,
  })
}

let running: Server | undefined

afterEach(async () => {
  running?.closeAllConnections()
  await new Promise((resolve) => running?.close(resolve))
})

describe('mounted on node:http', () => {
  test('a phone that knows only the QR text signs, and repeats itself', async () => {
    const { server, origin, received } = await serve((at) => sessionAt(at))
    running = server
    const qr = qrContent(`${origin}/k7Qm2xV9/mgovSign`)

    const api1 = await (await fetch(qr.replace(/^mobileSign:/, ''))).json()
    const { uri, auth_token } = api1.document
    const headers = { authorization: `Bearer ${auth_token}`, 'accept-language': 'kk' }
    const api2 = await fetch(uri, { headers })
    const sent = await api2.json()
    for (const document of sent.documentsToSign) document.document.file.data = 'MAMCAQE='
    const body = JSON.stringify(sent)
    const put = () => fetch(uri, { method: 'PUT', headers, body })
    const [first, second] = [await put(), await put()]

    expect(api2.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect([first.status, await first.json()]).toEqual([200, { message: 'success' }])
    expect([second.status, await second.json()]).toEqual([200, { message: 'success' }])
    expect(received).toHaveLength(1)
    expect((await fetch(uri, { headers })).status).toBe(409)
  })

  test('five megabytes in pieces arrive whole and with their length', async () => {
    const [first] = testSession().documents
    if (first === undefined) throw new Error('the session has a document')
    const piece = new Uint8Array(65_535).map((_, index) => index * 31)
    async function* pieces() {
      for (let count = 0; count < 80; count += 1) yield piece
    }
    const documents = [{ ...first, sizeBytes: 80 * piece.length, data: () => pieces() }]
    const { server, session } = await serve((at) =>
      sessionAt(at, { documents, auth: { type: 'None' } }),
    )
    running = server

    const response = await fetch(session.api2Url)
    const text = await response.text()
    const data = Buffer.from(JSON.parse(text).documentsToSign[0].document.file.data, 'base64')

    expect(Number(response.headers.get('content-length'))).toBe(Buffer.byteLength(text))
    expect(data.equals(Buffer.concat(Array.from({ length: 80 }, () => piece)))).toBe(true)
  })

  test('a connection that breaks in the middle of a PUT leaves nothing', async () => {
    const { server, origin, received } = await serve((at) => sessionAt(at))
    running = server
    const { port } = new URL(origin)

    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write(
          `PUT /k7Qm2xV9/documents HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer 2dffe45dssvg\r\nContent-Length: 5000\r\n\r\n{"signMethod":"CMS_SIGN_ONLY",`,
          () => socket.destroy(),
        )
      })
      socket.on('close', () => resolve())
    })

    const again = await fetch(`${origin}/k7Qm2xV9/mgovSign`)
    expect(again.status).toBe(200)
    expect(received).toEqual([])
  })

  test('a document that the store does not have whole is never shown as if it were', async () => {
    const [first] = testSession().documents
    if (first === undefined) throw new Error('the session has a document')
    const documents = [{ ...first, sizeBytes: first.sizeBytes + 1 }]
    const { server, session } = await serve((at) =>
      sessionAt(at, { documents, auth: { type: 'None' } }),
    )
    running = server

    await expect(fetch(session.api2Url).then((response) => response.text())).rejects.toThrow()
  })
})
