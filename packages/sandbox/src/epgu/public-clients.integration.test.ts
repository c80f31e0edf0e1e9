import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type SignatureProfile, signatureProfiles } from '@muhr/pki'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../start-sandbox.ts'
import {
  askEsia,
  askToken,
  controlOf,
  epguClient,
  moscow,
  openSender,
  PDF_DOCUMENT,
  packageOf,
  request19,
  type Sender,
} from '../testing/epgu-client.ts'
import { FREE_PORTS } from '../testing/free-ports.ts'
import { goskeyApiRequest, prefixed } from '../testing/public-requests.ts'
import { type RawAnswer, sendRaw } from '../testing/raw-http.ts'
import { SWITCHES, switchNames } from './switches.ts'

/**
 * What published clients of this API put on the wire, octet for octet, rewritten from reading their sources:
 * names and order of parts, quoting, headers, signatures, what they read of the answers (ru-epgu-goskey,
 * `client:go, py, tsn, node`).
 */
const META = '{"region":"24", "serviceCode":"10000000374", "targetCode":"-10000000374"}'
/** contentType, signingTime, messageDigest; the key OID as signature algorithm. */
const PLAIN = signatureProfiles['ru-tc26']

let dir: string
let sandbox: Sandbox
let sender: Sender
let token = ''
let archive: Uint8Array
let control: ReturnType<typeof controlOf>
let client: ReturnType<typeof epguClient>

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'muhr-clients-'))
  sandbox = await startSandbox({ dir, ports: FREE_PORTS, epguStepMs: 0 })
  sender = await openSender(sandbox)
  token = await askToken(sandbox, sender)
  control = controlOf(sandbox)
  client = epguClient(sandbox, () => token)
  archive = await packageOf(sender)
})
afterAll(async () => {
  await sandbox.stop()
  await rm(dir, { recursive: true, force: true })
})

type Part = readonly [header: string, value: string | Uint8Array]

const form = (boundary: string, parts: readonly Part[]): Buffer =>
  Buffer.concat([
    ...parts.flatMap(([header, value]) => [
      Buffer.from(`--${boundary}\r\n${header}\r\n\r\n`),
      Buffer.from(value as Uint8Array),
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ])
const post = (
  path: string,
  { headers, body = '' }: { headers: readonly string[]; body?: string | Uint8Array },
): Promise<RawAnswer> =>
  sendRaw(
    sandbox.ready.epgu,
    [
      `POST ${path} HTTP/1.1`,
      'Host: svcdev-beta.test.gosuslugi.ru',
      `Authorization: Bearer ${token}`,
      ...headers,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '\r\n',
    ].join('\r\n'),
    body,
  )
const send = (
  path: string,
  parts: readonly Part[],
  contentType = (boundary: string) => `multipart/form-data; boundary=${boundary}`,
): Promise<RawAnswer> => {
  const boundary = '5f8a7c3e9d0b4a6f8e1c2d3b'

  return post(path, {
    headers: [`Content-Type: ${contentType(boundary)}`],
    body: form(boundary, parts),
  })
}
const orderIdOf = ({ body }: RawAnswer): number => JSON.parse(String(body)).orderId
const setCompat = (isOn: boolean) =>
  control('epgu/switches', 'PUT', {
    ...Object.fromEntries(
      switchNames.filter((name) => SWITCHES[name].isCompat).map((name) => [name, isOn]),
    ),
    quotas: false,
  })

describe.each([
  ['strict', false],
  ['--compat', true],
])('%s', (_name, isCompat) => {
  beforeEach(() => setCompat(isCompat))
  const taken = isCompat ? 200 : 400

  it.each([
    ['the table of the specification', 200, ['meta', 'orderId', 'chunk', 'chunks', 'file']],
    ['go-api-epgu', taken, ['orderId', 'meta', 'file', 'chunk', 'chunks']],
    ['go-api-epgu from 0.5 on', taken, ['orderId', 'file', 'chunk', 'chunks']],
    ['go-api-epgu from 0.5 on, one chunk', taken, ['orderId', 'file']],
    ['python-epgu, one chunk', taken, ['meta', 'file', 'orderId']],
    ['the Postman collection', taken, ['meta', 'file', 'orderId', 'chunk', 'chunks']],
    ['TSN-MULTI-API', taken, ['orderId', 'chunks', 'chunk', 'file']],
  ] as const)('chunked upload of %s: %i', async (_client, status, order) => {
    const id = await client.reserve()
    const field = (name: string): string => `Content-Disposition: form-data; name="${name}"`
    const parts: Readonly<Record<(typeof order)[number], Part>> = {
      orderId: [field('orderId'), String(id)],
      chunk: [field('chunk'), '0'],
      chunks: [field('chunks'), '1'],
      meta: [`${field('meta')}\r\nContent-Type: application/json`, META],
      file: [
        `${field('file')}; filename="archive.zip"\r\nContent-Type: application/octet-stream`,
        archive,
      ],
    }
    const answer = await send(
      '/api/gusmev/push/chunked',
      order.map((name) => parts[name]),
    )
    expect(answer.status).toBe(status)
    const body = JSON.parse(String(answer.body))
    if (status === 400) expect(body).toMatchObject({ code: 'bad_request' })
    else {
      expect(body).toEqual({ orderId: id })
      expect((await client.settled(id)).code).toBe('OK')
    }
  })

  it('one-shot push of .NET: quoted boundary, names without quotes, filename*', async () => {
    const answer = await send(
      '/api/gusmev/push',
      [
        [
          'Content-Type: application/json; charset=utf-8\r\nContent-Disposition: form-data; name=meta',
          META,
        ],
        [
          "Content-Type: application/zip\r\nContent-Disposition: form-data; name=file; filename=archive.zip; filename*=utf-8''archive.zip",
          archive,
        ],
      ],
      (boundary) => `multipart/form-data; boundary="${boundary}"`,
    )
    expect(answer.status).toBe(200)
    // As GetInt64 reads it: a number, never a text.
    expect(Number.isSafeInteger(orderIdOf(answer))).toBe(true)
  })

  it('one-shot push of Java: upgrade to h2c offered, Expect, chunked transfer', async () => {
    const boundary = 'b-77'
    const body = form(boundary, [
      [
        'Content-Disposition: form-data; name="meta"\r\nContent-Type: application/json; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit',
        META,
      ],
      [
        'Content-Disposition: form-data; name="file"; filename="archive.zip"\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary',
        archive,
      ],
    ])
    const answer = await sendRaw(
      sandbox.ready.epgu,
      [
        'POST /api/gusmev/push HTTP/1.1',
        'Connection: Upgrade, HTTP2-Settings, close',
        'Host: 127.0.0.1',
        'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
        'Upgrade: h2c',
        'User-Agent: Java-http-client/17.0.19',
        `authorization: bearer ${token}`,
        `content-type: multipart/form-data; boundary="${boundary}"; charset=ISO-8859-1`,
        'expect: 100-continue',
        'transfer-encoding: chunked',
        '\r\n',
      ].join('\r\n'),
      `${body.length.toString(16)}\r\n`,
      body,
      '\r\n0\r\n\r\n',
    )
    expect(answer.status).toBe(200)
    expect((await client.settled(orderIdOf(answer))).code).toBe('OK')
  })

  it('details: go with a content type and no body, node with embed and a body', async () => {
    const id = await client.reserve()
    const go = await post(`/api/gusmev/order/${id}`, {
      headers: ['Content-Type: application/JSON; charset=utf-8'],
    })
    expect(go.status).toBe(200)
    // dto.OrderInfoResponse: code, messageId and order are texts, message is a text or null.
    expect(JSON.parse(String(go.body))).toEqual({
      code: 'OK',
      message: null,
      messageId: expect.stringMatching(/^[\da-f-]{36}$/),
      order: expect.any(String),
    })
    const node = await post(`/api/gusmev/order/${id}?embed=STATUS_HISTORY`, {
      headers: ['Content-Type: application/json'],
      body: META,
    })
    expect(node.status).toBe(taken)
  })

  it('a dictionary asked with a token and no body, as app.py and Postman do', async () => {
    const answer = await post('/api/nsi/v1/dictionary/TEST_BANKS', { headers: [] })
    expect(answer.status).toBe(taken)
    if (isCompat) {
      expect(JSON.parse(String(answer.body))).toMatchObject({ error: { code: 0 }, total: 25 })
    }
  })

  it('goskey-api from its token to its signature, with the CMS that it makes', async () => {
    const apiKey = '00000000-0000-4000-8000-000000001001'
    const signed = await sender.sign(Buffer.from(apiKey), { profile: PLAIN })
    const asked = await askEsia(sandbox, apiKey, Buffer.from(signed).toString('base64url'))
    // ESIA's own sample has no signingCertificateV2 (§6): such a CMS gets its token in any mode.
    expect(asked.status).toBe(200)
    const answer = await pushOf(goskeyApiRequest(), { profile: PLAIN })
    const id = orderIdOf(answer)
    const settled = await client.settled(id)
    expect(settled.code).toBe(isCompat ? 'OK' : 'VALIDATION_ERROR')
    if (!isCompat) return
    await expect.poll(async () => (await client.details(id)).order.orderStatusId).toBe(3)
    const { order } = await client.details(id)
    const item = order.orderResponseFiles.find(
      (file: { mimeType: string }) => file.mimeType === 'application/x-pkcs7-signature',
    )
    const [, , , number, mnemonic] = item.link.split('/')
    const file = await client.call(
      `/api/storage/v2/files/${number}/3/download?mnemonic=${mnemonic}`,
    )
    expect(file.status).toBe(200)
    expect(Buffer.from(await file.arrayBuffer())).toHaveLength(item.fileSize)
  })

  it('TSN-MULTI-API: 1.9 with a prefix and 23 hours, plain CMS, download after a redirect', async () => {
    const namespace = 'urn://mpkey.gosuslugi.ru/sign_document_ukep/1.0.0'
    const expiration = moscow(new Date(Date.now() + 23 * 3_600_000)).replace('+', '.123+')
    const request = prefixed(
      request19({ namespace, expiration, recipient: '<Snils>000-000-002 02</Snils>' }),
    )
    const id = orderIdOf(await pushOf(request, { profile: PLAIN }))
    expect((await client.settled(id)).code).toBe(isCompat ? 'OK' : 'VALIDATION_ERROR')
    if (!isCompat) return
    await expect.poll(async () => (await client.details(id)).order.orderStatusId).toBe(3)
    const { order } = await client.details(id)
    await control('epgu/switches', 'PUT', { redirectDownloads: 'same-host' })
    const first = await client.call(
      `/api/gusmev/files/download/${order.currentStatusHistoryId}/3?mnemonic=07_01.pdf&eserviceCode=10000000374`,
    )
    expect(first.status).toBe(302)
    const cookie = first.headers.getSetCookie().map((each) => each.split(';')[0])
    const second = await client.call(first.headers.get('location') ?? '', {
      headers: { cookie: cookie.join('; ') },
    })
    await control('epgu/switches', 'PUT', { redirectDownloads: 'none' })
    expect(second.status).toBe(200)
  })

  it('python-epgu and go: six digits of a second, sent files by a status history that has moved on', async () => {
    const expiration = moscow(new Date(Date.now() + 3_600_000)).replace('+', '.123456+')
    const id = orderIdOf(await pushOf(request19({ expiration })))
    expect((await client.settled(id)).code).toBe(isCompat ? 'OK' : 'VALIDATION_ERROR')
    if (!isCompat) return
    const { order } = await client.details(id)
    await control(`epgu/orders/${id}/reject`, 'POST', {})
    for (const { link, fileSize } of order.orderAttachmentFiles) {
      const [mnemonic, type] = link.split('/').slice(-2)
      const file = await client.call(
        `/api/gusmev/files/download/${order.currentStatusHistoryId}/${type}?mnemonic=${mnemonic}&eserviceCode=10000000374`,
      )
      expect([file.status, (await file.arrayBuffer()).byteLength]).toEqual([200, fileSize])
    }
  })

  it('bulk statuses as every client asks: slash, order of the query, escapes, repeated ids', async () => {
    const id = await client.reserve()
    const ask = async (query: string) => {
      const response = await client.call(`/api/gusmev/order/${query}`)

      return [response.status, response.status === 200 && (await response.json()).totalCount]
    }
    expect(await ask(`getOrdersStatus/?pageNum=0&pageSize=5&orderIds=${id}`)).toEqual([200, 1])
    expect(await ask(`getOrdersStatus?orderIds=${id}%2C1&pageSize=5`)).toEqual([200, 2])
    expect(await ask(`getOrdersStatus?orderIds=${id}&orderIds=1`)).toEqual([200, 2])
    expect(await ask('getOrdersStatus/?pageNum=0&pageSize=5')).toEqual([400, false])
  })
})

describe('a signature algorithm', () => {
  beforeEach(() => setCompat(false))

  it.each([
    ['named with its digest, as Bouncy Castle writes it', 'with-digest'],
    ['named by the key, as CryptoPro writes it', 'key'],
  ] as const)('%s is taken', async (_name, signatureAlgorithm) => {
    const profile: SignatureProfile = { ...signatureProfiles['ru-cryptopro'], signatureAlgorithm }
    const id = orderIdOf(await pushOf(request19(), { profile }))
    expect((await client.settled(id)).code).toBe('OK')
  })
})

describe('a call that fails', () => {
  beforeEach(() => setCompat(false))
  const last = async (): Promise<{ status: number | 'none'; note: string }> =>
    (await control('journal')).body.calls.at(-1)

  it('answers with codes of EPGU alone, and stands in the journal', async () => {
    const big = await post('/api/gusmev/order', {
      headers: ['Content-Type: application/json'],
      body: 'x'.repeat(70_000),
    })
    expect(big.status).toBe(400)
    expect(JSON.parse(String(big.body)).code).toBe('bad_request')
    expect(await last()).toMatchObject({ status: 400 })
    const dictionary = await fetch(`${sandbox.ready.epgu}/api/nsi/v1/dictionary/TEST_BANKS`, {
      method: 'POST',
      body: 'no JSON',
    })
    expect(dictionary.status).toBe(200)
    expect((await dictionary.json()).error.code).not.toBe(0)
  })

  it('in ESIA under a fault stands in the journal too', async () => {
    const ask = () => askEsia(sandbox, 'x', 'A')
    await control('epgu/faults', 'PUT', {
      faults: [
        { on: 'token', fault: '503' },
        { on: 'token', fault: 'lost-answer' },
      ],
    })
    expect((await ask()).status).toBe(503)
    expect(await last()).toMatchObject({ simulator: 'esia', status: 503, note: 'fault: 503' })
    await expect(ask()).rejects.toThrow()
    expect(await last()).toMatchObject({ simulator: 'esia', status: 'none' })
  })

  it('because the client hung up in the middle stands in the journal, and leaves no file', async () => {
    await control('journal', 'DELETE')
    const controller = new AbortController()
    const body = new ReadableStream({
      start: (stream) => {
        stream.enqueue(
          Buffer.from('--B\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx'),
        )
        setTimeout(() => controller.abort(), 20)
      },
    })
    const init = { method: 'POST', body, duplex: 'half', signal: controller.signal }
    const headers = { 'content-type': 'multipart/form-data; boundary=B' }
    await expect(client.call('/api/gusmev/push', { ...init, headers })).rejects.toThrow()
    await expect.poll(last).toMatchObject({ status: 'none', note: 'push: client hung up' })
    const left = await readdir(join(dir, 'epgu'))
    expect(left.filter((name) => name.startsWith('upload-'))).toEqual([])
  })
})

async function pushOf(
  request: string,
  signature: { profile?: SignatureProfile } = {},
): Promise<RawAnswer> {
  const bytes = await packageOf(sender, { request, documents: [PDF_DOCUMENT], signature })

  return send('/api/gusmev/push', [
    ['Content-Disposition: form-data; name="meta"\r\nContent-Type: application/json', META],
    [
      'Content-Disposition: form-data; name="file"; filename="file.zip"\r\nContent-Type: application/zip',
      bytes,
    ],
  ])
}
