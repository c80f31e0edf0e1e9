import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readZip } from '@muhr/zip'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { HTTP_LIMITS } from '../http/listen.ts'
import { type Sandbox, startSandbox } from '../start-sandbox.ts'
import {
  askToken,
  controlOf,
  epguClient,
  openSender,
  packageOf,
  request19,
  type Sender,
} from '../testing/epgu-client.ts'
import { FREE_PORTS } from '../testing/free-ports.ts'
import { streamedZip } from '../testing/streamed-zip.ts'
import { UPLOAD_WINDOW_MS } from './uploads.ts'

let dir: string
let sandbox: Sandbox
let sender: Sender
let client: ReturnType<typeof epguClient>

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'muhr-package-'))
  sandbox = await startSandbox({ dir, ports: FREE_PORTS, epguStepMs: 0 })
  sender = await openSender(sandbox)
  const token = await askToken(sandbox, sender)
  client = epguClient(sandbox, () => token)
  await controlOf(sandbox)('epgu/switches', 'PUT', { quotas: false })
})
afterAll(async () => {
  await sandbox.stop()
  await rm(dir, { recursive: true, force: true })
})

const verdictOf = async (archive: Uint8Array) => {
  const id = await client.reserve()
  await client.chunk(id, archive)
  const { code, message } = await client.settled(id)

  return { code, message }
}

it('takes no signature of another organisation than the token speaks for', async () => {
  expect(await verdictOf(await packageOf(sender))).toMatchObject({ code: 'OK' })
  for (const wanted of [{ account: 'second' }, { state: 'no-organisation' }]) {
    const other = await openSender(sandbox, wanted)
    expect(await verdictOf(await packageOf(other))).toEqual({
      code: 'FILES_VERIFICATION_FAILED',
      message: expect.stringContaining('not of the sending organisation'),
    })
  }
})

it('takes zips of Go and Java, with Cyrillic names and documents that pack as small as can be', async () => {
  const blanks = Buffer.alloc(5_000_000, ' ')
  const packed = await packageOf(sender, {
    documents: [{ name: 'Опись 1.txt', bytes: blanks }],
  })
  const files = readZip(packed, { limits: { entries: 9, totalBytes: 9_000_000, ratio: 9 } })
  const streamed = streamedZip([...files].map(([path, bytes]) => ({ path, bytes })))
  expect(streamed.length).toBeLessThan(50_000)
  expect(await verdictOf(streamed)).toEqual({ code: 'OK', message: null })
})

it('sees no comment in the text of CDATA', async () => {
  const request = request19().replace('Договор 17', '<![CDATA[<!-- 17 -->]]>')
  expect(await verdictOf(await packageOf(sender, { request }))).toMatchObject({ code: 'OK' })
})

it.each(['utf8', 'utf16le'] as const)('takes no DOCTYPE, in %s either', async (encoding) => {
  const declared = request19().replace('<SignRequest', '<!DOCTYPE SignRequest []><SignRequest')
  const text = declared.replace('UTF-8', encoding === 'utf8' ? 'UTF-8' : 'UTF-16')
  const mark = encoding === 'utf8' ? '' : '\ufeff'
  const request = Buffer.from(mark + text, encoding)
  expect(await verdictOf(await packageOf(sender, { request }))).toEqual({
    code: 'VALIDATION_ERROR',
    message: 'DOCTYPE',
  })
})

it('gives one chunk the five minutes that the service gives a package', () => {
  expect(HTTP_LIMITS.requestTimeout).toBeGreaterThan(UPLOAD_WINDOW_MS)
})

it('names with each key the API-Keys that it may sign', () => {
  const keys = sandbox.ready.keys.flatMap((key) => (key.country === 'RU' ? [key] : []))
  for (const { account, apiKeys } of keys) {
    const { organisations } = sandbox.ready.accounts.epgu
    const own = organisations.find(({ id }) => id === account)
    expect(apiKeys).toEqual(own?.apiKeys.map(({ apiKey }) => apiKey))
  }
  expect(keys.length).toBeGreaterThan(0)
})

it('counts requests by month and year too', async () => {
  const control = controlOf(sandbox)
  await control('epgu/switches', 'PUT', { quotas: true })
  const ask = async () => (await client.call('/api/gusmev/order/1', { method: 'POST' })).status
  for (const name of ['perMonth', 'perYear']) {
    await control('epgu/quotas', 'DELETE')
    const { body: limits } = await control('epgu/quotas', 'PUT', { [name]: 1 })
    expect([await ask(), await ask()]).toEqual([204, 429])
    await control('epgu/quotas', 'PUT', { ...limits, [name]: 1_000_000 })
  }
})
