import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Sandbox, SECRET_HEADER, startSandbox } from '@muhr/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCommandWorld } from '../command/testing.ts'
import { runEpgu } from './run-epgu.ts'

const apiKey = '00000000-0000-4000-8000-000000001001'
const goskey = '10000000374'
const notice = '60099901'
const world = createCommandWorld(new Date())
let sandbox: Sandbox
let key = ''

/** The sandbox's clock, and that of the commands. */
let offsetMs = 0
const setClock = (ms: number): Promise<void> => {
  offsetMs = ms

  return control('clock', { offsetMs: ms }, 'PUT')
}
const control = async (path: string, body: object, method = 'POST'): Promise<void> => {
  const answer = await fetch(`${sandbox.ready.epgu}/_sim/${path}`, {
    method,
    headers: { [SECRET_HEADER]: sandbox.ready.control.secret, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(answer.status, await answer.text()).toBe(200)
}

beforeAll(async () => {
  sandbox = await startSandbox({
    dir: join(world.folder, 'sandbox'),
    ports: { console: 0, esia: 0, epgu: 0, signme: 0, trust: 0, tls: 0 },
    epguStepMs: 0,
  })
  key =
    sandbox.ready.keys.find(
      (each) =>
        each.country === 'RU' &&
        each.format === 'pkcs12' &&
        each.account === 'sender' &&
        each.state === 'valid' &&
        each.algorithm === 'ru-2012-256',
    )?.file ?? ''
  world.write('pin', '12345678\n')
  world.write('api-key', `${apiKey}\n`)
})
afterAll(async () => {
  await sandbox.stop()
  world.remove()
})

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  world.run(runEpgu, args, {
    now: new Date(Date.now() + offsetMs),
    env: {
      MUHR_ESIA_URL: sandbox.ready.esia,
      MUHR_EPGU_URL: sandbox.ready.epgu,
      MUHR_ESIA_API_KEY: apiKey,
      MUHR_KEY_PASSWORD: '12345678',
      ...env,
    },
  })
const keyed = () => ['--key', key]
/** A command that must end well, with what it printed. */
const json = async <T>(args: readonly string[]): Promise<T> => {
  const done = await run([...args, '--json'])
  expect(done, done.stderr).toMatchObject({ code: 0 })

  return JSON.parse(done.stdout) as T
}
type Status = {
  readonly code: string
  readonly order: { readonly statusId: number; readonly stage: string } | null
  readonly goskey?: { readonly state: string }
}
const settled = async (order: string, statusId: number): Promise<Status> => {
  for (let tries = 0; tries < 200; tries += 1) {
    const status = await json<Status>(['status', order, ...keyed()])
    if (status.order?.statusId === statusId) {
      return status
    }
    expect(['OK', 'NEW', 'FILES_VERIFICATION', 'FILES_VERIFICATION_SUCCESS', 'DONE']).toContain(
      status.code,
    )
  }
  throw new Error('the order does not get there')
}
const moscow = (at: Date): string =>
  `${new Date(at.getTime() + 3 * 3_600_000).toISOString().slice(0, 19)}+03:00`
const goskeyRequest = (snils = '000-000-001 01') => `<?xml version="1.0" encoding="UTF-8"?>
<SignRequest xmlns="urn://mpkey.gosuslugi.ru/sign_document/1.0.0">
  <Snils>${snils}</Snils>
  <SignExpiration>${moscow(new Date(Date.now() + offsetMs + 3_600_000))}</SignExpiration>
  <Description>Договор 17</Description>
  <Attribute><AttributeName>orgName</AttributeName><AttributeValue>ООО TEST</AttributeValue></Attribute>
  <Attribute><AttributeName>orgINN</AttributeName><AttributeValue>9999000013</AttributeValue></Attribute>
</SignRequest>`

describe('muhr epgu against the sandbox', () => {
  it('gets a token, prints it or keeps it in a file that is its owner’s alone', async () => {
    const printed = await run(['token', ...keyed()])
    expect(printed.code).toBe(0)
    expect(printed.stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)
    expect(printed.stderr).toContain('MUHR_TEST')
    const kept = await json<{ file: string; clientId: string; accessTkn?: string }>([
      'token',
      '--out',
      'token',
      ...keyed(),
    ])
    expect(kept).toMatchObject({ file: 'token', clientId: 'MUHR_TEST' })
    expect(kept.accessTkn).toBeUndefined()
    expect(statSync(join(world.folder, 'token')).mode & 0o777).toBe(0o600)
    // The token alone is enough for a first call; key and API-Key are not asked for.
    const called = await run(
      ['updated', '--since', '2026-01-01', '--token-file', 'token', '--json'],
      { MUHR_ESIA_API_KEY: '', MUHR_KEY_PASSWORD: '' },
    )
    expect(called.code, called.stderr).toBe(0)
  })

  it('sends a document to Goskey in chunks and brings the signature home', async () => {
    world.write('req.xml', goskeyRequest())
    world.write('contract.pdf', '%PDF-1.4 TEST\n')
    const built = await json<{ size: number; files: { name: string }[] }>([
      'package',
      'req.xml',
      'contract.pdf',
      '--out',
      'goskey.zip',
      ...keyed(),
    ])
    expect(built.files.map(({ name }) => name)).toEqual([
      'req.xml',
      'req.xml.sig',
      'contract.pdf',
      'contract.pdf.sig',
    ])
    expect((await run(['check', 'goskey.zip'])).code).toBe(0)

    const sent = await run(['push', 'goskey.zip', '--chunked', '--service', goskey, ...keyed()])
    expect(sent.code, sent.stderr).toBe(0)
    const order = sent.stdout.trim()
    // The number is told before the upload, so that a lost answer can be asked about.
    expect(sent.stderr).toContain(`Order ${order}`)
    expect(await settled(order, 17)).toMatchObject({ goskey: { state: 'queued' } })
    expect((await run(['download', order, '--out', 'results', ...keyed()])).code).toBe(1)

    await control(`epgu/orders/${order}/sign`, {})
    expect(await settled(order, 3)).toMatchObject({ goskey: { state: 'signed' } })
    const { statuses } = await json<{ statuses: { statusId: number }[] }>([
      'history',
      order,
      ...keyed(),
    ])
    expect(statuses.map(({ statusId }) => statusId)).toEqual([0, 17, 3])
    await json(['download', order, '--out', 'results', ...keyed()])
    expect(readdirSync(join(world.folder, 'results')).toSorted()).toEqual([
      'contract.pdf',
      'contract.pdf.sig',
      'req.xml',
    ])
    expect(readFileSync(join(world.folder, 'results/contract.pdf.sig'))[0]).toBe(0x30)
    const again = await run(['download', order, '--out', 'results', ...keyed()])
    expect(again).toMatchObject({ code: 65, stderr: expect.stringContaining('already a file') })
    expect((await run(['cancel', order, ...keyed(), '--json'])).code).toBe(1)
  })

  it('sends a service with the order number inside its XML and its own file names', async () => {
    const order = (await run(['reserve', '--service', notice, ...keyed()])).stdout.trim()
    const guid = randomUUID()
    const namespace = 'urn://sandbox.muhr.test/notice/1.0.0'
    const request = world.write(
      `req_${guid}.xml`,
      `<NoticeRequest xmlns="${namespace}"><OrderId>{{orderId}}</OrderId><Guid>${guid}</Guid><Applicant><INN>9999000013</INN><Name>ООО TEST</Name></Applicant></NoticeRequest>`,
    )
    const business = world.write(
      `trans_${guid}.xml`,
      `<Notice xmlns="${namespace}"><Guid>${guid}</Guid><Subject>Уведомление</Subject><Date>2026-11-30</Date></Notice>`,
    )
    const schema = world.write(
      'notice.xsd',
      `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="${namespace}" elementFormDefault="qualified"><xs:element name="NoticeRequest"><xs:complexType><xs:sequence><xs:element name="OrderId" type="xs:positiveInteger"/><xs:any maxOccurs="unbounded" processContents="skip"/></xs:sequence></xs:complexType></xs:element></xs:schema>`,
    )
    const rules = ['--request', request, '--xsd', schema]
    const unnumbered = await run([
      'package',
      request,
      business,
      '--out',
      'n.zip',
      ...rules,
      ...keyed(),
    ])
    expect(unnumbered).toMatchObject({ code: 64, stderr: expect.stringContaining('number') })
    await json([
      ...['package', request, business, '--order', order, '--out', 'n.zip'],
      ...rules,
      ...keyed(),
    ])
    await json([
      ...['push', 'n.zip', '--chunked', '--order', order, '--service', notice],
      ...['--target', `-${notice}`, '--region', '77'],
      ...keyed(),
    ])
    await settled(order, 17)
    const list = await json<{ items: object[] }>(['statuses', order, '99999999999', ...keyed()])
    expect(list.items).toMatchObject([
      { orderId: order, found: true, statusId: 17 },
      { orderId: '99999999999', found: false },
    ])
    await setClock(61 * 60_000)
    await settled(order, 3)
    const since = new Date(Date.now() + offsetMs - 120_000).toISOString()
    const updated = await json<{ items: object[] }>(['updated', '--since', since, ...keyed()])
    expect(updated.items).toMatchObject([{ orderId: order, statusId: 3, stage: 'done' }])
    await json(['download', order, '--out', 'receipt', ...keyed()])
    expect(readFileSync(join(world.folder, 'receipt/receipt.xml'), 'utf8')).toContain(
      `<OrderId>${order}</OrderId>`,
    )
    await setClock(0)
  })

  it('looks into dictionaries without a token, with a search', async () => {
    const found = await json<{ total: number; items: { value: string }[] }>([
      'dictionary',
      'TEST_REGIONS',
      '--subtree',
      '--search',
      'краснояр',
    ])
    expect(found.items.map(({ value }) => value)).toEqual(['24000000000', '24401000000'])
    const page = await json<{ total: number; items: object[] }>([
      ...['dictionary', 'TEST_BANKS', '--page', '3', '--page-size', '10'],
    ])
    expect(page).toMatchObject({ total: 25 })
    expect(page.items).toHaveLength(5)
    expect((await run(['dictionary', 'NOBODY'])).code).toBe(1)
  })

  it('trusts the authorities of --ca for https', async () => {
    const env = { MUHR_EPGU_URL: sandbox.ready.tls.url, MUHR_ESIA_URL: sandbox.ready.tls.url }
    const call = ['dictionary', 'TEST_BANKS', '--page', '1', '--page-size', '1']
    const stranger = await run(call, env)
    expect(stranger.code).toBe(65)
    expect((await run([...call, '--ca', 'pin'], env)).code).toBe(65)
    const trusted = await run([...call, '--ca', sandbox.ready.caFile], env)
    expect(trusted.code, trusted.stderr).toBe(0)
  })
})

describe('muhr epgu check', () => {
  it('tells every broken rule, and writes no package that breaks one', async () => {
    world.write('req.xml', goskeyRequest('00000000101').replace('Description', 'Descriptio'))
    world.write('act.exe', 'MZ')
    const refused = await run([
      'package',
      'req.xml',
      'act.exe',
      '--out',
      'bad.zip',
      ...keyed(),
      '--json',
    ])
    expect(refused.code).toBe(1)
    const { violations, file } = JSON.parse(refused.stdout)
    expect(file).toBeUndefined()
    expect(violations.map(({ rule }: { rule: string }) => rule)).toEqual(
      expect.arrayContaining(['request-unreadable', 'type-extension']),
    )
    expect(readdirSync(world.folder)).not.toContain('bad.zip')
    world.write('req.xml', goskeyRequest('00000000101'))
    const schema = await run(['package', 'req.xml', 'contract.pdf', '--out', 'bad.zip', ...keyed()])
    expect(schema).toMatchObject({ code: 1 })
    expect(schema.stdout).toMatch(/broken {7}request-schema.*\n\s+req\.xml:3:3/)
    expect(schema.stdout).not.toContain('00000000101')
  })

  it('says of a file that is no archive what it is not', async () => {
    world.write('no.zip', 'nothing')
    const run1 = await run(['check', 'no.zip', '--json'])
    expect(run1.code).toBe(1)
    const { rules } = JSON.parse(run1.stdout) as { rules: { rule: string; result: string }[] }
    expect(rules.find(({ rule }) => rule === 'archive-unreadable')?.result).toBe('broken')
    expect(rules.filter(({ result }) => result === 'kept')).toEqual([])
    expect((await run(['check', 'missing.zip'])).code).toBe(65)
  })
})

describe('what muhr epgu refuses', () => {
  it.each([
    [[], 64],
    [['nothing'], 64],
    [['status', '1'], 64],
    [['reserve', '--key', 'x'], 64],
    [['updated', '--since', 'yesterday'], 64],
    [['push', 'goskey.zip', '--service', goskey, '--order', '1'], 64],
    [['status', 'abc', '--key', 'missing.p12'], 64],
    [['status', '1', '--key', 'missing.p12'], 65],
  ] as const)('%j with exit code %i', async (args, code) => {
    expect((await run(args)).code).toBe(code)
  })

  it('names the code of ESIA and what to do, and shows neither API-Key nor PIN', async () => {
    const blocked = '00000000-0000-4000-8000-000000037214'
    const refused = await run(['token', ...keyed(), '--json'], { MUHR_ESIA_API_KEY: blocked })
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.stdout)).toMatchObject({
      error: { code: 'esia.refused', esiaCode: 'ESIA-037214', advice: expect.any(String) },
    })
    expect(refused.stdout + refused.stderr).not.toContain(blocked)
    const wrongPin = await run(['token', ...keyed()], { MUHR_KEY_PASSWORD: '87654321' })
    expect(wrongPin.code).toBe(65)
    expect(wrongPin.stderr).not.toContain('87654321')
    const fromFile = await run(
      ['token', ...keyed(), '--api-key-file', 'api-key', '--password-file', 'pin', '--json'],
      { MUHR_ESIA_API_KEY: '', MUHR_KEY_PASSWORD: '' },
    )
    expect(fromFile.code, fromFile.stderr).toBe(0)
  })

  it('says which order it does not know', async () => {
    const unknown = await run(['status', '99999999999', ...keyed(), '--json'])
    expect(unknown.code).toBe(1)
    expect(JSON.parse(unknown.stdout).error.code).toBe('epgu.not-found')
  })
})
