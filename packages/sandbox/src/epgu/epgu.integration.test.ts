import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseSignedData, signatureProfiles } from '@muhr/pki'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../start-sandbox.ts'
import {
  askToken,
  attribute,
  controlOf,
  type Document,
  epguClient,
  formOf,
  GOSKEY,
  moscow,
  openSender,
  PDF_DOCUMENT,
  packageOf,
  request19,
  type Sender,
} from '../testing/epgu-client.ts'
import { FREE_PORTS } from '../testing/free-ports.ts'

const HOUR = 3_600_000

let dir: string
let sandbox: Sandbox
let sender: Sender
let token = ''
let control: ReturnType<typeof controlOf>
let client: ReturnType<typeof epguClient>

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'muhr-epgu-'))
  sandbox = await startSandbox({ dir, ports: FREE_PORTS, epguStepMs: 0 })
  sender = await openSender(sandbox)
  token = await askToken(sandbox, sender)
  control = controlOf(sandbox)
  client = epguClient(sandbox, () => token)
  // Twenty orders are soon made here; the rule has a test of its own.
  await control('epgu/switches', 'PUT', { quotas: false })
})
afterEach(async () => {
  await control('clock', 'PUT', { offsetMs: 0 })
  await control('epgu/faults', 'DELETE')
})
afterAll(async () => {
  await sandbox.stop()
  await rm(dir, { recursive: true, force: true })
})

const act = (id: number, action: string, body: object = {}) =>
  control(`epgu/orders/${id}/${action}`, 'POST', body)
const queued = async (options: Parameters<typeof packageOf>[1] = {}): Promise<number> => {
  const id = await client.reserve()
  expect((await client.chunk(id, await packageOf(sender, options))).status).toBe(200)
  expect(await client.settled(id)).toMatchObject({ code: 'OK', order: { orderStatusId: 17 } })

  return id
}
const linkOf = (file: { link: string }) => {
  const [, objectId, mnemonic, objectType] =
    /^terrabyte:\/\/00\/(\d+)\/([^/]+)\/(\d)$/.exec(file.link) ?? []

  return `/api/gusmev/files/download/${objectId}/${objectType}?mnemonic=${mnemonic}&eserviceCode=10000000374`
}
const bytesOf = async (path: string): Promise<Buffer> =>
  Buffer.from(await (await client.call(path)).arrayBuffer())

describe('an order that is signed', () => {
  it('goes from a draft over the queue to status 3 with the files of the specification', async () => {
    const id = await client.reserve()
    expect(id).toBeGreaterThan(2 ** 32)
    expect(await client.details(id)).toMatchObject({ code: 'OK', order: { orderStatusId: 0 } })
    await client.chunk(id, await packageOf(sender))
    const { order: waiting } = await client.settled(id)
    expect(waiting).toMatchObject({ orderStatusId: 17, closed: false, orderResponseFiles: [] })
    expect(waiting.orderAttachmentFiles).toEqual([
      {
        fileName: '07_01.pdf',
        fileSize: 14,
        link: `terrabyte://00/${id}/07_01.pdf/2`,
        id: `${id}/files/MDdfMDEucGRm`,
        mimeType: 'application/pdf',
        hasDigitalSignature: false,
        type: 'ATTACHMENT',
      },
      expect.objectContaining({ fileName: 'req.xml', hasDigitalSignature: true, type: 'REQUEST' }),
    ])
    await act(id, 'sign')
    const { order } = await client.details(id)
    expect(order).toMatchObject({
      orderStatusId: 3,
      closed: true,
      hasResult: false,
      stateOrgStatusCode: 'done',
      currentStatusHistory: { hasResult: 'R', finalStatus: true, stateOrgStatusId: 56_990 },
    })
    expect(order.statuses.map(({ statusId }: { statusId: number }) => statusId)).toEqual([0, 17, 3])
    const history = order.currentStatusHistoryId
    expect(
      order.orderResponseFiles.map(({ fileName, link }: Record<string, string>) => [
        fileName,
        link,
      ]),
    ).toEqual([
      ['07_01.pdf.sig', `terrabyte://00/${history}/07_01.pdf/3`],
      ['07_01.pdf', `terrabyte://00/${history}/07_01.pdf_attach/3`],
      ['req.xml', `terrabyte://00/${history}/req.xml_attach/3`],
    ])
    const [signature, document] = order.orderResponseFiles
    const bytes = await bytesOf(linkOf(signature))
    expect(bytes.subarray(0, 2).toString('hex')).toBe('3080')
    expect(parseSignedData(bytes).content).toBeUndefined()
    expect(await bytesOf(linkOf(document))).toEqual(PDF_DOCUMENT.bytes)
    const sent = await bytesOf(linkOf(order.orderAttachmentFiles[0]))
    expect(sent).toEqual(PDF_DOCUMENT.bytes)
  })

  it('is made by one-shot push as well, and no two pushes make the same', async () => {
    const archive = await packageOf(sender)
    const [first, second] = [await client.push(archive), await client.push(archive)]
    expect(second).not.toBe(first)
    expect(await client.settled(first)).toMatchObject({ order: { orderStatusId: 17 } })
  })

  it.each([
    ['ukep', '10000000374', 'sign_document_ukep', '<Snils>000-000-002 02</Snils>'],
    ['oid', '10000000374', 'sign_document', '<OID>1000930002</OID>'],
    [
      'legal',
      '60025907',
      'sign_document_ukep_legalperson',
      '<RFOrg><Snils>000-000-008 08</Snils><OGRN>1009900000043</OGRN></RFOrg>',
    ],
    [
      'foreign',
      '60025907',
      'sign_document_ukep_legalperson',
      '<ForeignOrg><RAFP>99900000001</RAFP><INN_user>999900001365</INN_user></ForeignOrg>',
    ],
    ['treasury', '60080470', 'sign_document_ukep_roskazna', '<Snils>000-000-011 03</Snils>'],
  ])('%s: the recipient signs by itself', async (_name, code, namespace, recipient) => {
    const meta = { region: '77', serviceCode: code, targetCode: `-${code}` }
    const id = await client.reserve(meta)
    const request = request19({
      recipient,
      namespace: `urn://mpkey.gosuslugi.ru/${namespace}/1.0.0`,
    })
    await client.chunk(id, await packageOf(sender, { request }), undefined, meta)
    await client.settled(id)
    await expect
      .poll(async () => (await client.details(id)).order.orderStatusId, { timeout: 10_000 })
      .toBe(3)
  })
})

describe('an order that is not signed', () => {
  const outcome = async (snils: string, offsetMs = 0) => {
    await control('clock', 'PUT', { offsetMs: 0 })
    const id = await client.reserve()
    const expiration = moscow(new Date(Date.now() + 24 * HOUR))
    const request = request19({ recipient: `<Snils>${snils}</Snils>`, expiration })
    await client.chunk(id, await packageOf(sender, { request }))
    await client.settled(id)
    await control('epgu/settings', 'PUT', { tokenLifetimeSeconds: 100 * 3600 })
    token = await askToken(sandbox, sender)
    await control('clock', 'PUT', { offsetMs })
    await expect.poll(async () => (await client.details(id)).order.closed).toBe(true)
    const { order } = await client.details(id)

    return [order.orderStatusId, order.stateOrgStatusCode]
  }

  it('is rejected, expires after 24 hours, or finds nobody', async () => {
    expect(await outcome('000-000-003 03')).toEqual([4, 'sign_reject'])
    expect(await outcome('000-000-004 04', 24 * HOUR + 1000)).toEqual([4, 'expired'])
    expect(await outcome('000-000-005 05')).toEqual([5, 'snils_not_found'])
    expect(await outcome('000-000-999 99')).toEqual([5, 'snils_not_found'])
  })

  it('is signed late by one who delays', async () => {
    expect(await outcome('000-000-006 06', HOUR + 1000)).toEqual([3, 'done'])
  })

  it('fails 8 hours later when the sender’s signature surfaces late', async () => {
    await control('epgu/switches', 'PUT', { lateVerification: true })
    const id = await client.reserve()
    const wrong = await packageOf(sender, {
      change: (files) =>
        files.map((file) =>
          file.path === '07_01.pdf' ? { ...file, bytes: Buffer.from('%PDF other') } : file,
        ),
    })
    await client.chunk(id, wrong)
    expect(await client.settled(id)).toMatchObject({ code: 'OK', order: { orderStatusId: 17 } })
    await control('clock', 'PUT', { offsetMs: 8 * HOUR + 1000 })
    await control('epgu/switches', 'PUT', { lateVerification: false })
    token = await askToken(sandbox, sender)
    expect((await client.details(id)).order).toMatchObject({
      orderStatusId: 5,
      stateOrgStatusCode: 'state_eds_no_answer',
    })
  })
})

describe('the gateway', () => {
  const verdict = async (options: Parameters<typeof packageOf>[1]): Promise<string> => {
    const id = await client.reserve()
    const archive = await packageOf(sender, options)
    await client.chunk(id, archive)
    const { code, order } = await client.settled(id)
    if (code !== 'OK') expect(order).toBeNull()

    return code
  }
  const document = (name: string, bytes: Uint8Array = Buffer.from('x')): Document => ({
    name,
    bytes,
  })
  type Change = NonNullable<NonNullable<Parameters<typeof packageOf>[1]>['change']>
  const changes: readonly [string, string, Change][] = [
    [
      'a folder',
      'INVALID_FILES_STRUCTURE',
      (files) => [...files, { path: 'a/b.pdf', bytes: Buffer.from('x') }],
    ],
    [
      'two names equal but for case',
      'INVALID_FILES_STRUCTURE',
      (files) => [...files, { path: 'REQ.XML', bytes: Buffer.from('x') }],
    ],
    [
      'no req.xml',
      'REQ_NOT_FOUND',
      (files) => files.filter(({ path }) => !path.startsWith('req.xml')),
    ],
    [
      'no signature of req.xml',
      'FILES_VERIFICATION_FAILED',
      (files) => files.filter(({ path }) => path !== 'req.xml.sig'),
    ],
    [
      'no signature of a document',
      'FILES_VERIFICATION_FAILED',
      (files) => files.filter(({ path }) => path !== '07_01.pdf.sig'),
    ],
    [
      'a signature of nothing',
      'FILES_VERIFICATION_FAILED',
      (files) => [...files, { path: 'a.pdf.sig', bytes: files[1]?.bytes ?? Buffer.from('') }],
    ],
    [
      'a changed document',
      'FILES_VERIFICATION_FAILED',
      (files) =>
        files.map((file) =>
          file.path === '07_01.pdf' ? { ...file, bytes: Buffer.from('y') } : file,
        ),
    ],
    [
      'a signature that is none',
      'FILES_VERIFICATION_FAILED',
      (files) =>
        files.map((file) =>
          file.path === '07_01.pdf.sig' ? { ...file, bytes: Buffer.from('y') } : file,
        ),
    ],
  ]
  it.each(changes)('finds %s: %s', async (_name, code, change) => {
    expect(await verdict({ change })).toBe(code)
  })

  it('takes fifteen documents and twenty, not one more, and no strange ones', async () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => document(`Документ ${index}.txt`))
    expect(await verdict({ documents: many(20) })).toBe('OK')
    expect(await verdict({ documents: many(21) })).toBe('VALIDATION_ERROR')
    expect(await verdict({ documents: [] })).toBe('VALIDATION_ERROR')
    expect(await verdict({ documents: [document('a.docx')] })).toBe('VALIDATION_ERROR')
    expect(await verdict({ documents: [document(`${'a'.repeat(47)}.pdf`)] })).toBe(
      'VALIDATION_ERROR',
    )
    expect(await verdict({ documents: [document(`${'a'.repeat(46)}.pdf`)] })).toBe('OK')
  })

  it.each(['expired', 'revoked', 'foreign'])('takes no %s certificate', async (state) => {
    const bad = await openSender(sandbox, { state })
    const id = await client.reserve()
    await client.chunk(id, await packageOf(bad))
    expect((await client.settled(id)).code).toBe('FILES_VERIFICATION_FAILED')
  })

  it('takes BER and 512-bit keys, and no attached signature', async () => {
    expect(await verdict({ signature: { encoding: 'ber' } })).toBe('OK')
    expect(await verdict({ signature: { form: 'attached' } })).toBe('FILES_VERIFICATION_FAILED')
    const big = await openSender(sandbox, { algorithm: 'ru-2012-512' })
    const id = await client.reserve()
    await client.chunk(id, await packageOf(big))
    expect((await client.settled(id)).code).toBe('OK')
  })

  const badRequests: readonly [string, string][] = [
    ['XML that is none', '<SignRequest'],
    ['a DOCTYPE', `<!DOCTYPE a [<!ENTITY b "c">]>${request19()}`],
    ['another namespace', request19({ namespace: 'urn://mpkey.gosuslugi.ru/other/1.0.0' })],
    [
      'the namespace of another service',
      request19({ namespace: 'urn://mpkey.gosuslugi.ru/sign_document_ukep_roskazna/1.0.0' }),
    ],
    ['both identifiers', request19({ recipient: '<Snils>000-000-001 01</Snils><OID>1</OID>' })],
    ['no identifier', request19({ recipient: '' })],
    ['a SNILS of digits', request19({ recipient: '<Snils>00000000101</Snils>' })],
    ['an expiration in the past', request19({ expiration: moscow(new Date(Date.now() - HOUR)) })],
    [
      'an expiration of two days',
      request19({ expiration: moscow(new Date(Date.now() + 48 * HOUR)) }),
    ],
    ['no orgINN', request19({ attributes: attribute('orgName', 'x') })],
  ]
  it.each(badRequests)('finds %s: VALIDATION_ERROR', async (_name, request) => {
    expect(await verdict({ request })).toBe('VALIDATION_ERROR')
  })

  it('shows its states in order before the portal has the order', async () => {
    await control('epgu/settings', 'PUT', { stepMs: 400 })
    try {
      const id = await client.reserve()
      await client.chunk(id, await packageOf(sender))
      const seen = new Set<string>()
      await expect
        .poll(
          async () => {
            const { code, order } = await client.details(id)
            seen.add(code)
            expect(order === null).toBe(code !== 'OK')

            return code
          },
          { interval: 20, timeout: 10_000 },
        )
        .toBe('OK')
      expect([...seen]).toEqual(['NEW', 'FILES_VERIFICATION', 'FILES_VERIFICATION_SUCCESS', 'OK'])
    } finally {
      await control('epgu/settings', 'PUT', { stepMs: 0 })
    }
  })
})

describe('chunks', () => {
  const MIN = 5_000_000
  const pieces = [MIN, MIN, 10].map((length) => Buffer.alloc(length, 1))
  const [first = Buffer.alloc(0), middle = Buffer.alloc(0), last = Buffer.alloc(0)] = pieces
  const put = async (id: number, bytes: Uint8Array, chunk: number, chunks = 3) => {
    const response = await client.chunk(id, bytes, { chunk, chunks })
    const body = response.status === 204 ? {} : await response.json()

    return [response.status, body.code ?? body.orderId]
  }

  it('are taken in order, the middle ones in any, and the last one sends', async () => {
    const filler = { name: 'big.pdf', bytes: Buffer.alloc(11_000_000, 7) }
    const archive = await packageOf(sender, { documents: [filler] })
    const id = await client.reserve()
    const at = (n: number) => archive.subarray(n * MIN, n === 2 ? undefined : (n + 1) * MIN)
    expect(await put(id, at(0), 0)).toEqual([206, id])
    expect(await put(id, at(1), 1)).toEqual([206, id])
    // Once more, as after a lost answer.
    expect(await put(id, at(1), 1)).toEqual([206, id])
    expect(await put(id, at(2), 2)).toEqual([200, id])
    expect((await client.settled(id)).code).toBe('OK')
    expect(await put(id, at(2), 2)).toEqual([400, 'bad_request'])
  })

  it('are refused out of order, too small, and of other numbers', async () => {
    const id = await client.reserve()
    expect(await put(id, middle, 1)).toEqual([400, 'bad_request'])
    expect(await put(id, Buffer.alloc(MIN - 1), 0)).toEqual([400, 'bad_request'])
    expect(await put(id, first, 0)).toEqual([206, id])
    expect(await put(id, last, 2)).toEqual([400, 'bad_request'])
    expect(await put(id, middle, 1, 4)).toEqual([400, 'bad_request'])
    expect(await put(id, middle, 3)).toEqual([400, 'bad_request'])
  })

  it('are refused five minutes after the first; the upload begins anew', async () => {
    const id = await client.reserve()
    expect(await put(id, first, 0)).toEqual([206, id])
    await control('clock', 'PUT', { offsetMs: 5 * 60_000 + 1000 })
    expect(await put(id, middle, 1)).toEqual([400, 'bad_request'])
    expect(await put(id, first, 0)).toEqual([206, id])
    expect(await put(id, middle, 1)).toEqual([206, id])
  })

  it('above 50 000 000 bytes are refused, in one shot too', async () => {
    const id = await client.reserve()
    expect(await put(id, Buffer.alloc(50_000_001), 0, 1)).toEqual([400, 'bad_request'])
    const form = formOf([client.meta(), client.file(Buffer.alloc(50_000_001))])
    expect((await client.post('/api/gusmev/push', form)).status).toBe(400)
  })
})

describe('a form is refused', () => {
  const status = async (path: string, form: ReturnType<typeof formOf>): Promise<number> =>
    (await client.post(path, form)).status
  it('without JSON meta, without a file name, or cut', async () => {
    const archive = await packageOf(sender)
    const push = (...parts: Parameters<typeof formOf>[0]) =>
      status('/api/gusmev/push', formOf(parts))
    const meta = client.meta()
    expect(await push(meta, client.file(archive))).toBe(200)
    expect(await push({ ...meta, type: 'text/plain' }, client.file(archive))).toBe(400)
    expect(await push(meta, { name: 'file', value: archive })).toBe(400)
    expect(await push(meta)).toBe(400)
    expect(await push(client.meta({ ...GOSKEY, serviceCode: '1' }), client.file(archive))).toBe(409)
    expect(await push(client.meta({ ...GOSKEY, targetCode: '1' }), client.file(archive))).toBe(400)
    expect(await push(client.meta({ ...GOSKEY, region: 'x' }), client.file(archive))).toBe(400)
    const whole = formOf([meta, client.file(archive)])
    expect(await status('/api/gusmev/push', { ...whole, body: whole.body.subarray(0, -9) })).toBe(
      400,
    )
  })
})

describe('rights and quotas', () => {
  it('401 for no token, an altered one, and one that is over by the clock', async () => {
    const ask = async (bearer: string): Promise<number> =>
      (
        await fetch(`${sandbox.ready.epgu}/api/gusmev/order/1`, {
          method: 'POST',
          headers: { authorization: bearer },
        })
      ).status
    expect(await ask(`Bearer ${token}`)).toBe(204)
    expect(await ask('')).toBe(401)
    expect(await ask(`Bearer ${token.slice(0, -4)}AAAA`)).toBe(401)
    await control('epgu/settings', 'PUT', { tokenLifetimeSeconds: 60 })
    const short = await askToken(sandbox, sender)
    expect(await ask(`Bearer ${short}`)).toBe(204)
    await control('clock', 'PUT', { offsetMs: 61_000 })
    expect(await ask(`Bearer ${short}`)).toBe(401)
    await control('epgu/settings', 'PUT', { tokenLifetimeSeconds: 10_800 })
  })

  it('order_access for another organisation, NOT_FOUND for another system', async () => {
    const id = await client.reserve()
    const second = await openSender(sandbox, { account: 'second' })
    const secondToken = await askToken(sandbox, second, '00000000-0000-4000-8000-000000001011')
    const other = epguClient(sandbox, () => secondToken)
    expect(await other.details(id)).toMatchObject({ code: 'order_access' })
    const outsider = await openSender(sandbox, { account: 'outsider' })
    const outsiderToken = await askToken(sandbox, outsider, '00000000-0000-4000-8000-000000001021')
    const stranger = epguClient(sandbox, () => outsiderToken)
    const path = `/api/gusmev/order/getOrdersStatus/?pageNum=0&pageSize=10&orderIds=${id}`
    expect(await (await stranger.call(path)).json()).toEqual({
      count: 1,
      totalCount: 1,
      content: [{ orderId: id, orderSearchStatus: 'NOT_FOUND', status: null }],
    })
    expect(await (await other.call(path)).json()).toMatchObject({
      content: [{ orderSearchStatus: 'FOUND', status: { statusId: 0 } }],
    })
  })

  it.each([
    'access_denied_person_permissions',
    'access_denied_service',
    'access_denied_system',
    'access_denied_user',
    'access_denied_user_legal',
    'bad_delegation',
    'config_delegation',
    'push_denied',
  ])('%s by its scenario key', async (code) => {
    const { apiKey } =
      sandbox.ready.accounts.epgu.scenarioKeys.find((each) => each.code === code) ?? {}
    const scenario = await askToken(sandbox, sender, apiKey)
    const response = await fetch(`${sandbox.ready.epgu}/api/gusmev/order`, {
      method: 'POST',
      headers: { authorization: `Bearer ${scenario}`, 'content-type': 'application/json' },
      body: JSON.stringify(GOSKEY),
    })
    expect([response.status, (await response.json()).code]).toEqual([403, code])
  })

  it('twenty orders in ten minutes for each user and service, by the clock', async () => {
    await control('epgu/switches', 'PUT', { quotas: true })
    try {
      const user = await askToken(sandbox, sender, '00000000-0000-4000-8000-000000001002')
      const fresh = epguClient(sandbox, () => user)
      for (let i = 0; i < 20; i++) expect(await fresh.reserve()).toBeGreaterThan(0)
      const refused = await fresh.call('/api/gusmev/order', {
        method: 'POST',
        body: JSON.stringify(GOSKEY),
        headers: { 'content-type': 'application/json' },
      })
      expect([refused.status, (await refused.json()).code]).toEqual([409, 'limitation_exception'])
      expect(
        await fresh.reserve({ region: '77', serviceCode: '60025907', targetCode: '-60025907' }),
      ).toBeGreaterThan(0)
      await control('clock', 'PUT', { offsetMs: 10 * 60_000 + 1000 })
      expect(await fresh.reserve()).toBeGreaterThan(0)
    } finally {
      await control('epgu/switches', 'PUT', { quotas: false })
    }
  })
})

describe('faults of calls', () => {
  const fault = (on: string, kind: string, times = 1) =>
    control('epgu/faults', 'PUT', { faults: [{ on, fault: kind, times }] })

  it.each(['429', '500', '502', '503', '504', '401'])('%s, as often as told', async (kind) => {
    const id = await client.reserve()
    await fault('details', kind, 2)
    const ask = async () =>
      (await client.call(`/api/gusmev/order/${id}`, { method: 'POST' })).status
    expect([await ask(), await ask(), await ask()]).toEqual([Number(kind), Number(kind), 200])
  })

  it('an answer lost after the effect: the order is there', async () => {
    const id = await client.reserve()
    await fault('chunked', 'lost-answer')
    await expect(client.chunk(id, await packageOf(sender))).rejects.toThrow()
    expect((await client.settled(id)).code).toBe('OK')
    const other = await client.reserve()
    await fault('chunked', 'lost-request')
    await expect(client.chunk(other, await packageOf(sender))).rejects.toThrow()
    expect((await client.details(other)).order.orderStatusId).toBe(0)
  })

  it('the token of ESIA is hit too', async () => {
    await fault('token', '503')
    const response = await fetch(
      `${sandbox.ready.esia}/esia-rs/api/public/v1/orgs/ext-app/x/tkn?signature=A`,
    )
    expect(response.status).toBe(503)
  })
})

describe('shapes of answers', () => {
  it('messageId or message_id, the order as text, object or null', async () => {
    const id = await client.reserve()
    const shape = async (switches: object) => {
      await control('epgu/switches', 'PUT', switches)
      const response = await client.call(`/api/gusmev/order/${id}`, { method: 'POST' })

      return response.json()
    }
    expect(await shape({})).toMatchObject({ messageId: expect.any(String) })
    expect(await shape({ messageIdKey: 'message_id', orderAs: 'object' })).toMatchObject({
      message_id: expect.any(String),
      order: { id },
    })
    expect(await shape({ messageIdKey: 'absent', orderAs: 'null' })).toEqual({
      code: 'OK',
      message: null,
      order: null,
    })
    await shape({ messageIdKey: 'messageId', orderAs: 'string' })
    expect((await control('epgu/switches', 'PUT', { orderAs: 'x' })).status).toBe(400)
  })

  it('downloads redirect to the same host, where token and cookie are asked again, or to another', async () => {
    const id = await queued()
    await act(id, 'sign')
    const { order } = await client.details(id)
    const path = linkOf(order.orderResponseFiles[1])
    await control('epgu/switches', 'PUT', { redirectDownloads: 'same-host' })
    const redirect = await client.call(path)
    expect(redirect.status).toBe(302)
    const location = redirect.headers.get('location') ?? ''
    expect(location).toMatch(/^\/api\/storage\//)
    expect((await client.call(location)).status).toBe(401)
    const cookie = redirect.headers.get('set-cookie')?.split(';')[0] ?? ''
    const bytes = await client.call(location, { headers: { cookie } })
    expect(Buffer.from(await bytes.arrayBuffer())).toEqual(PDF_DOCUMENT.bytes)
    await control('epgu/switches', 'PUT', { redirectDownloads: 'other-host' })
    expect((await client.call(path)).headers.get('location')).toMatch(/^http:\/\/other-host\./)
    await control('epgu/switches', 'PUT', { redirectDownloads: 'none' })
    expect((await client.call(path.replace(/eserviceCode=\d+/, 'eserviceCode=1'))).status).toBe(400)
    expect((await client.call(path.replace('07_01.pdf_attach', 'x'))).status).toBe(204)
  })
})

describe('what may be wrong with a signed result', () => {
  it.each([
    ['missing', 3],
    ['two-signatures', 5],
    ['other-person', 4],
    ['two-signers', 4],
    ['other-bytes', 4],
    ['unreadable', 4],
    ['expired-certificate', 4],
  ])('%s', async (kind, files) => {
    const documents = [PDF_DOCUMENT, { name: 'b.txt', bytes: Buffer.from('text') }]
    const id = await queued({ documents })
    await act(id, 'sign', { fault: { kind, file: '07_01.pdf' } })
    const { order } = await client.details(id)
    expect(order.orderStatusId).toBe(3)
    expect(order.orderResponseFiles).toHaveLength(files + 1)
  })
})

describe('a dictionary', () => {
  const ask = async (code: string, body: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${sandbox.ready.epgu}/api/nsi/v1/dictionary/${code}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })

    return { status: response.status, ...(await response.json()) }
  }

  it('is read by level, by subtree and by page, without authorization', async () => {
    const roots = await ask('TEST_REGIONS', { treeFiltering: 'ONELEVEL' })
    expect(roots).toMatchObject({ status: 200, error: { code: 0 }, total: 2 })
    const children = { treeFiltering: 'SUBTREE', parentRefItemValue: '24000000000' }
    expect((await ask('TEST_REGIONS', children)).total).toBe(2)
    const page = await ask('TEST_BANKS', { treeFiltering: 'ONELEVEL', pageNum: 2, pageSize: 20 })
    expect([page.total, page.items.length, page.items[0].value]).toEqual([25, 5, '049900021'])
    expect(page.items[0].attributeValues.NAME).toBe('TEST Банк № 21')
    expect(await ask('NONE', { treeFiltering: 'ONELEVEL' })).toMatchObject({
      status: 200,
      error: { code: 7, message: 'Entity not found' },
    })
  })
})

describe('plain CMS and profiles', () => {
  it('keeps the profile of the sender out of the way of the digest', async () => {
    // A twin of the strict refusal in compat.integration.test.ts: the same package with CAdES-BES passes.
    const profile = signatureProfiles.etsi
    const id = await client.reserve()
    await client.chunk(id, await packageOf(sender, { signature: { profile } }))
    expect((await client.settled(id)).code).toBe('OK')
  })
})
