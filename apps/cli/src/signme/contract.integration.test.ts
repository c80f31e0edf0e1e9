import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  computeGostHashes,
  createSignme,
  matchGostHash,
  md5Of,
  parseNotification,
  parseReturn,
  retryClassOf,
  type Signme,
  type SignmeOptions,
  systemIo,
} from '@muhr/signme'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createCommandWorld } from '../command/testing.ts'
import { controlNameOf, startSignme, type TestSignme } from './testing.ts'

const world = createCommandWorld(new Date())
let simulator: TestSignme
let received: string[] = []
let receiver: { readonly url: string; readonly stop: () => void }
let count = 0

beforeAll(async () => {
  simulator = await startSignme(world.folder)
  const server = createServer((request, response) => {
    received.push(request.url ?? '')
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => void server.close(),
  }
})
afterEach(async () => {
  await simulator.control('faults', 'DELETE')
  await simulator.control('switches', 'PUT', strict)
  received = []
})
afterAll(async () => {
  receiver?.stop()
  await simulator?.sandbox.stop()
  world.remove()
})

const strict = {
  rawJson: false,
  unknownKeys: false,
  newerApi: false,
  apiKeyAlias: false,
  suffixQuoted: false,
  attached: false,
  statusType: 'string',
  errorHttp: '200',
  indexBase: '1',
  containerEncoding: 'der',
  sigdateFormat: 'ru',
  gostHash: '2012-256',
}
const client = (changes: Partial<SignmeOptions> = {}): Signme =>
  createSignme({ baseUrl: simulator.url, key: 'TESTKEY', io: systemIo(), ...changes })
const fresh = () => {
  count += 1

  return { name: `договор № ${count}.pdf`, bytes: Buffer.from(`%PDF-1.4 TEST ${count} +/=\n`) }
}
const signer = { phone: '89990000001' }
const act = (handle: string, action: string, body: object = {}) =>
  simulator.control(`requests/${controlNameOf(handle)}/${action}`, 'POST', body)
const classOf = async (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (error: unknown) => retryClassOf(error),
  )

describe('the client and the simulator, which share no code', () => {
  const shapes: readonly (readonly [Record<string, unknown>, Partial<SignmeOptions>])[] = [
    [{}, {}],
    [{ suffixQuoted: true, statusType: 'number', indexBase: '0', errorHttp: '400' }, {}],
    [{ containerEncoding: 'pem', sigdateFormat: 'iso', attached: true }, {}],
    [{ containerEncoding: 'base64', sigdateFormat: 'epoch' }, {}],
    [
      { rawJson: true, unknownKeys: true, apiKeyAlias: true },
      { wire: 'json', keyField: 'api_key' },
    ],
  ]

  it.each(shapes)('one file from sending to its container: %j', async (switches, options) => {
    await simulator.control('switches', 'PUT', switches)
    const signme = client(options)
    const file = fresh()
    const { suffix, file: sent } = await signme.sign({ file, signer })
    expect(sent.md5).toBe(md5Of(file.bytes))
    expect((await signme.status(suffix)).state).toBe('not-signed')
    expect(await signme.check(sent.md5)).toEqual([])
    expect(await signme.container(sent.md5)).toBeUndefined()
    await act(suffix, 'sign', { user: 'anna' })
    expect((await signme.status(suffix)).state).toBe('signed')
    const [said, another] = await signme.check(sent.md5)
    expect(another).toBeUndefined()
    expect(said?.person).toMatchObject({ certificateStatus: 'valid' })
    expect(Math.abs((said?.signedAt?.at?.getTime() ?? 0) - Date.now())).toBeLessThan(600_000)
    const container = await signme.container(sent.md5)
    expect(container?.[0]).toBe(0x30)
    expect(said?.container).toEqual(container)
    const refused = await classOf(signme.sign({ file, signer: { phone: '+79991112233' } }))
    expect(refused).toBe('final')
  })

  it('several files: mixed while one of them is signed, then signed', async () => {
    const signme = client()
    const files = [fresh(), fresh()]
    const { uuid } = await signme.signFiles({ files, signer })
    const request = await simulator.control(`requests/${uuid}/notify`, 'POST')
    expect(request).toBeDefined()
    expect((await signme.groupStatus(uuid)).state).toBe('not-signed')
    const [rid] = (request['files'] as { readonly rid: number }[]).map((each) => each.rid)
    await act(uuid, 'sign', { user: 'anna', rid })
    expect(await signme.groupStatus(uuid)).toMatchObject({ state: 'mixed', isFinal: false })
    await act(uuid, 'sign', { user: 'anna' })
    expect((await signme.groupStatus(uuid)).state).toBe('signed')
    for (const { bytes } of files) expect(await signme.check(md5Of(bytes))).toHaveLength(1)
  })

  it('the pages of 1.3 and 2.4 open once', async () => {
    const signme = client()
    const file = fresh()
    const { suffix } = await signme.sign({ file, signer })
    await act(suffix, 'sign', { user: 'anna' })
    const md5 = md5Of(file.bytes)
    for (const page of [
      await signme.createResultPage(md5),
      await signme.createGroupResultPage([{ md5, name: file.name }]),
    ]) {
      const statuses = [await fetch(page.pageUrl), await fetch(page.pageUrl)].map(
        ({ status }) => status,
      )
      expect(statuses).toEqual([200, 404])
    }
  })

  it('a push and a notification are read as they come', async () => {
    await simulator.control('accounts', 'PUT', {
      sites: [{ key: 'TESTKEY', notificationUrl: `${receiver.url}/notify` }],
    })
    const signme = client()
    for (const [gostHash, variant] of [
      ['2012-256', '2012-256'],
      ['2012-256-reversed', '2012-256-reversed'],
      ['94', '94'],
    ]) {
      await simulator.control('switches', 'PUT', { gostHash })
      received = []
      const file = fresh()
      const { suffix } = await signme.sign({
        file,
        signer,
        notifies: true,
        returnTo: { kind: 'push', url: `${receiver.url}/push/token?x=1` },
      })
      await act(suffix, 'sign', { login: '+79990000001', password: 'wrong' })
      await act(suffix, 'sign', { user: 'anna' })
      const pushes = received.filter((url) => url.startsWith('/push/token'))
      expect(pushes.map(parseReturn)).toEqual([
        expect.objectContaining({ signed: false, reason: 'wrong-password', isFinal: false }),
        { signed: true },
      ])
      const [notice = ''] = received.filter((url) => url.startsWith('/notify'))
      const read = parseNotification(notice, { keys: ['TESTKEY'] })
      expect(read).toMatchObject({ ok: true, md5: md5Of(file.bytes) })
      const hash = read.ok ? read.gostHash : undefined
      expect(matchGostHash(hash, await computeGostHashes(file.bytes))).toBe(variant)
    }
  })

  const faults: readonly (readonly [Record<string, unknown>, string])[] = [
    [{ fault: 'drop-after-body', isDone: true }, 'ambiguous'],
    [{ fault: 'drop-after-body', isDone: false }, 'ambiguous'],
    [{ fault: 'drop-answer', isDone: true }, 'ambiguous'],
    [{ fault: 'html', isDone: true }, 'ambiguous'],
    [{ fault: 'truncated', isDone: true }, 'ambiguous'],
    [{ fault: 'redirect', isDone: false }, 'ambiguous'],
    [{ fault: 'redirect', status: 308 }, 'final'],
    [{ fault: 'quoted', isDone: true }, 'done'],
    [{ fault: 'text', text: 'error 6: cant create request' }, 'safe'],
    [{ fault: 'text', text: 'error 7: get api key', status: 200 }, 'final'],
    [{ fault: 'text', text: 'ok', isDone: true }, 'ambiguous'],
    [{ fault: 'delay', delayMs: 50, isDone: true }, 'done'],
  ]

  it.each(faults)('sending under the fault %j is %s', async (fault, expected) => {
    await simulator.control('faults', 'PUT', { faults: [{ on: 'sign', ...fault }], outcomes: [] })
    expect(await classOf(client().sign({ file: fresh(), signer }))).toBe(expected)
  })

  it('a connection that ends in the middle of a large file sent nothing that counts', async () => {
    await simulator.control('faults', 'PUT', {
      faults: [{ on: 'sign', fault: 'drop-during-body' }],
      outcomes: [],
    })
    const file = { name: 'a.pdf', bytes: new Uint8Array(24_000_000) }
    expect(await classOf(client().sign({ file, signer }))).toBe('safe')
  })

  it('a count that is not that of the signatures is refused, not believed', async () => {
    const signme = client()
    const file = fresh()
    const { suffix } = await signme.sign({ file, signer })
    await act(suffix, 'sign', { user: 'anna', fault: 'count' })
    await expect(signme.check(md5Of(file.bytes))).rejects.toMatchObject({
      data: { reason: 'count-mismatch' },
    })
  })

  it('precheck tells who is registered, where the newer API is on', async () => {
    await simulator.control('switches', 'PUT', { newerApi: true })
    const known = await client().precheck({ signer, company: { inn: '9999000045' } })
    expect(known).toMatchObject([
      { field: 'phone', isRegistered: true },
      { field: 'cinn', isRegistered: true },
    ])
    expect(await client().precheck({ signer: { phone: '+79991112233' } })).toMatchObject([
      { field: 'phone', isRegistered: false },
    ])
  })
})
