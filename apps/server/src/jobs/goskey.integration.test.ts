import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { EnvelopeBody } from '../http/schemas/envelope-schemas.ts'
import {
  createSimGoskey,
  goskeyRecipient,
  type SimCall,
  type SimGoskey,
  type SimOrder,
  samplePdf,
  startTestInstallation,
  type TestInstallation,
} from '../testing/index.ts'
import { watchDue } from '../watching/watch-due.ts'
import { sweepOwed } from './sweep-owed.ts'

let world: TestInstallation
let goskey: SimGoskey
/** Orders and calls that were there before the test. */
let ordersBefore = 0
let callsBefore = 0

beforeAll(async () => {
  world = await startTestInstallation()
  goskey = createSimGoskey(world.ready)
})

afterAll(() => world.stop())

beforeEach(async () => {
  ordersBefore = (await goskey.orders()).length
  callsBefore = (await goskey.journal()).at(-1)?.number ?? 0
})

afterEach(async () => {
  await goskey.call('DELETE', 'faults')
  await goskey.call('DELETE', 'quotas')
  await goskey.call('PUT', 'settings', { signFault: null })
  await goskey.call('PUT', 'switches', {
    orderAs: 'string',
    bulkNotFound: false,
    redirectDownloads: 'none',
  })
})

type Wish = {
  readonly recipient?: string
  readonly method?: 'UNEP' | 'UKEP' | 'UKEP_LEGAL'
  readonly names?: readonly string[]
}

async function send({ recipient = 'boris', method, names = ['contract.pdf'] }: Wish = {}) {
  const documents = []
  for (const fileName of names) {
    documents.push({ id: (await world.api.upload(samplePdf(), { fileName })).body.id })
  }

  return world.api.create({
    title: 'Договор 17',
    documents,
    recipients: [goskeyRecipient(world.ready, recipient, method)],
    send: true,
  })
}

async function sent(wish?: Wish): Promise<string> {
  const { status, body } = await send(wish)
  expect(status, JSON.stringify(body)).toBe(201)

  return body.id
}

const fifteen = Array.from({ length: 15 }, (_, index) => `document_${index + 1}.pdf`)
const hasEnded = ({ state }: EnvelopeBody) => state !== 'sent' && state !== 'draft'
const ended = (id: string) => hurryUntil(id, hasEnded, 6_000)
const attentionOf = ({ signings }: EnvelopeBody) => signings[0]?.requests[0]?.attention?.code
const requestOf = ({ signings }: EnvelopeBody) => signings[0]?.requests[0]

/** Lets what was put off, or waits for its next look, happen now. */
async function hurry(ms: number): Promise<void> {
  await world.passTime(ms)
  await sweepOwed(world.server.app, { patienceMs: 0 })
  await watchDue(world.server.app)
}

async function hurryUntil(
  id: string,
  isThere: (envelope: EnvelopeBody) => boolean,
  stepMs = 61_000,
): Promise<EnvelopeBody> {
  for (let turn = 0; turn < 20; turn += 1) {
    try {
      return await world.api.until(id, isThere, 4_000)
    } catch {
      await hurry(stepMs)
    }
  }

  return world.api.until(id, isThere, 1_000)
}

const newOrders = async (): Promise<readonly SimOrder[]> =>
  (await goskey.orders()).slice(ordersBefore)
const newCalls = async (): Promise<readonly SimCall[]> =>
  (await goskey.journal()).filter(({ number }) => number > callsBefore)
/** Packages that reached the portal, whatever was answered. */
const pushed = async () =>
  (await newOrders()).filter(({ stage }) => stage !== 'reserved').map(({ id }) => id)

const fault = (on: string, kind: string, times = 1) =>
  goskey.call('PUT', 'faults', { faults: [{ on, fault: kind, times }] })

describe('Goskey', () => {
  it('has one document signed by a person, from upload to completed', async () => {
    const envelope = await ended(await sent())

    expect(envelope.state).toBe('completed')
    expect(envelope.signings[0]?.state).toBe('signed')
    const orders = await newOrders()
    expect(orders.map(({ statusId, documents }) => [statusId, documents.length])).toEqual([[3, 1]])
    expect((await newCalls()).filter(({ note }) => note === 'order')).toHaveLength(1)
  })

  it('has fifteen documents signed by a legal entity, as one order', async () => {
    const envelope = await ended(
      await sent({ recipient: 'ivan', method: 'UKEP_LEGAL', names: fifteen }),
    )

    expect(envelope.state).toBe('completed')
    expect((await newOrders()).map(({ documents }) => documents.length)).toEqual([15])
  })

  it('says who refused, and whom Goskey does not know', async () => {
    const [refused, unknown] = await Promise.all([
      sent({ recipient: 'vera' }),
      sent({ recipient: 'darya' }),
    ])

    const declined = await ended(refused)
    expect([declined.state, declined.signings[0]?.reason]).toEqual(['declined', 'goskey.rejected'])
    const failed = await ended(unknown)
    expect([failed.state, failed.signings[0]?.reason]).toEqual([
      'failed',
      'goskey.recipient-not-found',
    ])
  })
})

describe('Goskey, when answers are lost', () => {
  it.each([
    ['order', 'lost-answer'],
    ['order', 'lost-request'],
    ['chunked', 'lost-answer'],
    ['chunked', 'lost-request'],
    ['order', '502'],
    ['chunked', '503'],
    ['details', '504'],
    ['updated', '502'],
    ['download', '503'],
    ['token', '503'],
  ])('%s, %s: one package arrives, once', async (on, kind) => {
    if (on === 'token') await goskey.call('DELETE', 'tokens')
    await fault(on, kind)
    const envelope = await hurryUntil(await sent(), hasEnded)

    expect(envelope.state).toBe('completed')
    expect(await pushed()).toHaveLength(1)
  })

  it('429 puts an order off and repeats none', async () => {
    await fault('order', '429')
    const envelope = await hurryUntil(await sent(), hasEnded)

    expect(envelope.state).toBe('completed')
    expect(await newOrders()).toHaveLength(1)
  })

  it('a token that ends while the package goes up is replaced', async () => {
    await fault('chunked', '401')
    const envelope = await ended(await sent())

    expect(envelope.state).toBe('completed')
    expect(await newOrders()).toHaveLength(1)
  })
})

describe('Goskey, when the portal tells less than it should', () => {
  it('no order in the details: the package goes up once, and is heard of later', async () => {
    await goskey.call('PUT', 'switches', { orderAs: 'null' })
    const id = await sent()
    await hurryUntil(id, (envelope) => requestOf(envelope)?.state === 'open', 6_000)
    await hurry(5_000)
    expect((await world.api.read(id)).state).toBe('sent')

    await goskey.call('PUT', 'switches', { orderAs: 'string' })
    const envelope = await hurryUntil(id, hasEnded, 601_000)
    expect(envelope.state).toBe('completed')
    expect(await pushed()).toHaveLength(1)
  })

  it('NOT_FOUND in a list ends nothing', async () => {
    await goskey.call('PUT', 'switches', { bulkNotFound: true })
    const envelope = await hurryUntil(await sent(), hasEnded, 601_000)

    expect(envelope.state).toBe('completed')
    expect(await pushed()).toHaveLength(1)
  })

  it('a download that leads to another host is not followed, and is made when it leads home', async () => {
    await goskey.call('PUT', 'switches', { redirectDownloads: 'other-host' })
    const id = await sent()
    await hurryUntil(id, (envelope) => requestOf(envelope)?.state === 'open', 6_000)
    await expect
      .poll(async () => (await newCalls()).filter(({ note }) => note?.includes('download')).length)
      .toBeGreaterThan(0)
    expect((await world.api.read(id)).signings[0]?.artifacts).toEqual([])

    await goskey.call('PUT', 'switches', { redirectDownloads: 'none' })
    expect((await hurryUntil(id, hasEnded)).state).toBe('completed')
  })
})

describe('Goskey, when results are not what was asked for', () => {
  const stays = async (id: string, code: string) => {
    const envelope = await hurryUntil(id, (each) => attentionOf(each) === code, 6_000)
    expect(envelope.state).toBe('sent')

    return envelope
  }

  it('signed by another person: never completed, and a person is told', async () => {
    await goskey.call('PUT', 'settings', { signFault: 'other-person' })
    const id = await sent()
    const envelope = await hurryUntil(id, (each) => attentionOf(each) !== undefined, 6_000)

    expect(envelope.state).toBe('sent')
    expect(requestOf(envelope)?.attention?.kind).toBe('person')
  })

  it('no signature of one document of fifteen: the others are kept, nothing is completed', async () => {
    await goskey.call('PUT', 'settings', {
      signFault: { kind: 'missing', file: 'document_7.pdf' },
    })
    const id = await sent({ names: fifteen })
    await stays(id, 'goskey.signature-missing')
    const envelope = await hurryUntil(
      id,
      ({ signings }) =>
        signings[0]?.artifacts.filter(({ standing }) => standing === 'accepted').length === 14,
      6_000,
    )

    expect(envelope.state).toBe('sent')
    await hurry(61_000)
    expect((await newCalls()).filter(({ note }) => note?.includes('download'))).toHaveLength(14)
  })

  it.each([
    ['two-signatures', 'goskey.unexpected-file'],
    ['two-signers', 'identity-mismatch'],
  ])('%s for one document: nothing is completed', async (kind, code) => {
    await goskey.call('PUT', 'settings', { signFault: { kind, file: 'contract.pdf' } })
    const id = await sent()
    const envelope = await hurryUntil(id, (each) => attentionOf(each) !== undefined, 6_000)

    expect([envelope.state, attentionOf(envelope)]).toEqual(['sent', code])
  })

  it('signed after it was voided: kept as evidence alone', async () => {
    const id = await sent({ recipient: 'anna' })
    await hurryUntil(id, (envelope) => requestOf(envelope)?.state === 'open', 6_000)
    await world.api.call(`/v1/envelopes/${id}/void`, { method: 'POST', json: { reason: 'error' } })
    await expect.poll(async () => (await newOrders()).at(-1)?.isPending).toBe(true)
    const [order] = await newOrders()
    await goskey.call('POST', `orders/${order?.id}/sign`, {})

    const envelope = await hurryUntil(
      id,
      ({ signings }) => (signings[0]?.artifacts.length ?? 0) > 0,
      6_000,
    )
    expect(envelope.state).toBe('voided')
    expect(envelope.signings[0]?.artifacts.map(({ standing }) => standing)).toEqual(['late'])
  })
})

describe('Goskey, before anything leaves', () => {
  const refusedBy = async (wish: Wish) => {
    const { status, body } = await send(wish)
    expect(status, JSON.stringify(body)).toBe(422)
    expect(await newOrders()).toEqual([])

    return body.fields?.map(({ field, code }) => `${field} ${code}`)
  }

  it('refuses by the name of the rule', async () => {
    const sixteen = [...fifteen, 'document_16.pdf']
    expect(await refusedBy({ names: sixteen })).toEqual(['documents documents-count'])
    expect(await refusedBy({ names: ['договор.pdf'] })).toEqual(['documents[0] name-characters'])
    expect(await refusedBy({ names: ['contract.doc'] })).toEqual(['documents[0] type-extension'])
    expect(await refusedBy({ names: ['a.pdf', 'A.PDF'] })).toEqual(['documents[1] name-duplicate'])
    expect(await refusedBy({ recipient: 'boris', method: 'UKEP_LEGAL' })).toEqual([
      'recipients[0].identifiers.ogrn ogrn-form',
    ])
  })

  it('refuses a SNILS of digits alone', async () => {
    const { body: document } = await world.api.upload(samplePdf(), { fileName: 'contract.pdf' })
    const recipient = goskeyRecipient(world.ready, 'boris')
    const { body } = await world.api.create({
      title: 'Договор 17',
      documents: [{ id: document.id }],
      recipients: [{ ...recipient, identifiers: { snils: '00000000202' } }],
      send: true,
    })

    expect(body.fields?.map(({ field, code }) => `${field} ${code}`)).toContain(
      'recipients[0].identifiers.snils snils-form',
    )
  })

  it('refuses a file that is not what its name says, when it is to be sealed', async () => {
    const { body } = await world.api.upload(Buffer.from('plain'), { fileName: 'scan.tiff' })
    const created = await world.api.create({
      title: 'Договор 17',
      documents: [{ id: body.id }],
      recipients: [goskeyRecipient(world.ready, 'boris')],
      send: true,
    })
    expect(created.status, JSON.stringify([body, created.body])).toBe(201)
    const envelope = await ended(created.body.id)

    expect([envelope.state, envelope.signings[0]?.reason]).toEqual(['failed', 'type-content'])
    expect(await newOrders()).toEqual([])
  })

  it('lets nothing leave that a revoked key would have to seal', async () => {
    const response = await fetch(`${world.ready.trust}/_sim/revocations`, {
      method: 'PUT',
      headers: {
        'x-muhr-sim-secret': world.ready.control.secret,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ certificate: 'ru-sender', reason: 'keyCompromise' }),
    })
    expect(response.ok).toBe(true)
    await world.passTime(86_400_000)
    const id = await sent()
    const envelope = await hurryUntil(id, (each) => attentionOf(each) !== undefined, 6_000)

    expect(attentionOf(envelope)).toBe('signer-key.revoked')
    expect(await newOrders()).toEqual([])
  })
})
