import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signatureProfiles } from '@muhr/pki'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../start-sandbox.ts'
import {
  askToken,
  attribute,
  controlOf,
  epguClient,
  formOf,
  moscow,
  openSender,
  PDF_DOCUMENT,
  packageOf,
  request19,
  type Sender,
} from '../testing/epgu-client.ts'
import { FREE_PORTS } from '../testing/free-ports.ts'
import { SWITCHES, type SwitchName, switchNames } from './switches.ts'

const HOUR = 3_600_000
const NAMESPACE = 'urn://mpkey.gosuslugi.ru/sign_document/1.0.0'

/** req.xml of profile 1.8 as the published schema has it, and what the options say otherwise. */
function request18(
  options: {
    snils?: string
    oid?: string
    id?: string
    expiration?: string
    attributes?: string
    isOidFirst?: boolean
    prefix?: string
    comment?: string
  } = {},
): string {
  const {
    snils = '<Snils>000-000-001 01</Snils>',
    oid = '<OID>1000930001</OID>',
    id = '07_01.pdf',
    expiration = moscow(new Date(Date.now() + HOUR)),
    attributes = attribute('mnemonics', 'MUHR_TEST') +
      attribute('serviceName', 'TEST') +
      attribute('orgName', 'ООО TEST'),
    comment = '',
  } = options
  const document = `<Document><DocumentId>${id}</DocumentId><MimeType>application/pdf</MimeType><Description>Договор 18</Description><Backlink>https://example.test/</Backlink><SignExpiration>${expiration}</SignExpiration>${attributes}</Document>`
  const body = options.isOidFirst === true ? oid + snils + document : snils + document + oid
  const text = `<?xml version="1.0" encoding="UTF-8"?><SignRequest xmlns="${NAMESPACE}">${comment}${body}</SignRequest>`

  return options.prefix === undefined
    ? text
    : text
        .replace(/<(\/?)([A-Z])/g, `<$1${options.prefix}:$2`)
        .replace('xmlns=', `xmlns:${options.prefix}=`)
}

describe.each([
  ['strict', false],
  ['--compat', true],
])('%s', (_name, isCompat) => {
  let dir: string
  let sandbox: Sandbox
  let sender: Sender
  let client: ReturnType<typeof epguClient>
  let control: ReturnType<typeof controlOf>

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'muhr-compat-'))
    sandbox = await startSandbox({ dir, ports: FREE_PORTS, epguStepMs: 0, isCompat })
    sender = await openSender(sandbox)
    const token = await askToken(sandbox, sender)
    client = epguClient(sandbox, () => token)
    control = controlOf(sandbox)
    await control('epgu/switches', 'PUT', { quotas: false })
  })
  afterAll(async () => {
    await sandbox.stop()
    await rm(dir, { recursive: true, force: true })
  })

  const verdict = async (options: Parameters<typeof packageOf>[1]): Promise<string> => {
    const id = await client.reserve()
    await client.chunk(id, await packageOf(sender, options))

    return (await client.settled(id)).code
  }
  const taken = isCompat ? 'OK' : 'VALIDATION_ERROR'

  it('turns on just what the list says', async () => {
    const { switches } = (await control('epgu/switches')).body
    for (const name of switchNames.filter((each) => each !== 'quotas')) {
      expect([name, switches[name]]).toEqual([name, isCompat && SWITCHES[name].isCompat])
    }
  })

  it('takes what is published, whichever mode it is', async () => {
    expect(await verdict({ request: request18() })).toBe('OK')
    expect(await verdict({ request: request19() })).toBe('OK')
  })

  const day = 24 * HOUR
  const at = (ms: number): string => moscow(new Date(Date.now() + ms))
  const requests: readonly [SwitchName, string, () => string][] = [
    ['snilsWithoutOid', 'a SNILS without OID', () => request18({ oid: '' })],
    ['snilsWithoutOid', 'the OID first', () => request18({ isOidFirst: true })],
    ['namespacePrefix', 'a namespace prefix', () => request18({ prefix: 'ns' })],
    ['comments', 'a comment', () => request18({ comment: '<!-- TEST -->' })],
    ['freeDocumentId', 'a DocumentId that is no file name', () => request18({ id: '1896644961' })],
    ['longExpiration', 'an expiration of seven days', () => request18({ expiration: at(7 * day) })],
    [
      'anyFraction',
      'seven fractional digits',
      () => request18({ expiration: at(HOUR).replace('+', '.1234567+') }),
    ],
    ['attributesOptional', '1.8 without attributes', () => request18({ attributes: '' })],
    ['attributesOptional', '1.9 without attributes', () => request19({ attributes: '' })],
    [
      'digitsOnlySnils',
      'a SNILS of digits',
      () => request19({ recipient: '<Snils>00000000101</Snils>' }),
    ],
  ]
  it.each(requests)(`%s: %s is ${isCompat ? 'taken' : 'refused'}`, async (name, _what, request) => {
    expect(await verdict({ request: request() })).toBe(taken)
    // The switch alone does it, one way and the other.
    await control('epgu/switches', 'PUT', { [name]: !isCompat })
    expect(await verdict({ request: request() })).toBe(isCompat ? 'VALIDATION_ERROR' : 'OK')
    await control('epgu/switches', 'PUT', { [name]: isCompat })
  })

  it.each([
    ['an expiration of eight days in 1.8', () => request18({ expiration: at(8 * day) })],
    ['an expiration of seven days in 1.9', () => request19({ expiration: at(7 * day) })],
    ['neither identifier', () => request18({ snils: '', oid: '' })],
    ['a SNILS of another form', () => request19({ recipient: '<Snils>1-1</Snils>' })],
  ])('%s is refused in any mode', async (_what, request) => {
    expect(await verdict({ request: request() })).toBe('VALIDATION_ERROR')
  })

  it('plainCms: sender CMS without signingCertificateV2', async () => {
    const profile = signatureProfiles['ru-tc26']
    expect(await verdict({ signature: { profile } })).toBe(
      isCompat ? 'OK' : 'FILES_VERIFICATION_FAILED',
    )
  })

  it('archiveComment: a zip with a comment at its end', async () => {
    const zip = Buffer.from(await packageOf(sender, { request: request19() }))
    const comment = Buffer.from('packed by TEST')
    zip.writeUInt16LE(comment.length, zip.length - 2)
    const id = await client.reserve()
    await client.chunk(id, Buffer.concat([zip, comment]))
    expect((await client.settled(id)).code).toBe(isCompat ? 'OK' : 'INVALID_FILES_STRUCTURE')
  })

  it('metaOptional and anyPartOrder: chunks', async () => {
    const send = async (order: readonly ('meta' | 'orderId' | 'file')[]): Promise<number> => {
      const id = await client.reserve()
      const parts = {
        meta: client.meta(),
        orderId: { name: 'orderId', value: String(id) },
        file: client.file(await packageOf(sender)),
      }
      const form = formOf(order.map((name) => parts[name]))

      return (await client.post('/api/gusmev/push/chunked', form)).status
    }
    expect(await send(['meta', 'orderId', 'file'])).toBe(200)
    expect(await send(['orderId', 'file'])).toBe(isCompat ? 200 : 400)
    expect(await send(['file', 'orderId', 'meta'])).toBe(isCompat ? 200 : 400)
    expect(await send(['meta', 'file'])).toBe(400)
  })

  it('embedOnDetails and bodyOnDetails', async () => {
    const id = await client.reserve()
    const ask = async (query: string, body?: string): Promise<number> =>
      (
        await client.call(`/api/gusmev/order/${id}${query}`, {
          method: 'POST',
          ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
        })
      ).status
    expect(await ask('')).toBe(200)
    expect(await ask('?embed=STATUS_HISTORY')).toBe(isCompat ? 200 : 400)
    expect(await ask('', '{"region":"77"}')).toBe(isCompat ? 200 : 400)
  })

  it('oldDownload and resultMimePkcs7', async () => {
    const id = await client.reserve()
    await client.chunk(id, await packageOf(sender))
    await client.settled(id)
    await control(`epgu/orders/${id}/sign`, 'POST', {})
    const { order } = await client.details(id)
    const [signature] = order.orderResponseFiles
    expect(signature.mimeType).toBe(
      isCompat ? 'application/x-pkcs7-signature' : 'application/octet-stream',
    )
    const old = `/api/storage/v2/files/${order.currentStatusHistoryId}/3/download?mnemonic=07_01.pdf_attach`
    const response = await client.call(old)
    expect(response.status).toBe(isCompat ? 200 : 404)
    if (isCompat) expect(Buffer.from(await response.arrayBuffer())).toEqual(PDF_DOCUMENT.bytes)
  })

  it('bearerOnDictionary', async () => {
    const response = await client.call('/api/nsi/v1/dictionary/TEST_REGIONS', {
      method: 'POST',
      body: '{"treeFiltering":"ONELEVEL"}',
    })
    expect(response.status).toBe(isCompat ? 200 : 400)
  })

  it('acceptOneBased and oldBulkPost are of neither mode, and work when they are on', async () => {
    const piece = Buffer.alloc(5_000_000)
    const first = async (): Promise<number> =>
      (await client.chunk(await client.reserve(), piece, { chunk: 1, chunks: 2 })).status
    const form = formOf([{ name: 'meta', value: `[${await client.reserve()}]` }])
    const bulk = () => client.post('/api/gusmev/order/getOrdersStatus', form)
    expect([await first(), (await bulk()).status]).toEqual([400, 405])
    await control('epgu/switches', 'PUT', { acceptOneBased: true, oldBulkPost: true })
    expect(await first()).toBe(206)
    expect(await (await bulk()).json()).toMatchObject({
      count: 1,
      content: [{ orderSearchStatus: 'FOUND' }],
    })
    await control('epgu/switches', 'PUT', { acceptOneBased: false, oldBulkPost: false })
  })
})
