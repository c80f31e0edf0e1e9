import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { EnvelopeSummaryBody } from '../http/schemas/envelope-schemas.ts'
import {
  attentionOf,
  createGoskeyWorld,
  fifteen,
  type GoskeyWorld,
  hasEnded,
  requestOf,
  startTestInstallation,
  type TestInstallation,
} from '../testing/index.ts'

let world: TestInstallation
let goskey: GoskeyWorld

beforeAll(async () => {
  world = await startTestInstallation()
  goskey = createGoskeyWorld(world)
})

afterAll(() => world.stop())

beforeEach(() => goskey.begin())

const downloads = async () =>
  (await goskey.newCalls()).filter(({ note }) => note?.includes('download'))

describe('Goskey', () => {
  it('has one document signed by a person, from upload to completed', async () => {
    const envelope = await goskey.ended(await goskey.sent())

    expect(envelope.state).toBe('completed')
    expect(envelope.signings[0]?.state).toBe('signed')
    const orders = await goskey.newOrders()
    expect(orders.map(({ statusId, documents }) => [statusId, documents.length])).toEqual([[3, 1]])
    expect((await goskey.newCalls()).filter(({ note }) => note === 'order')).toHaveLength(1)
  })

  it('has fifteen documents signed by a legal entity, as one order', async () => {
    const envelope = await goskey.ended(
      await goskey.sent({ recipient: 'ivan', method: 'UKEP_LEGAL', names: fifteen }),
    )

    expect(envelope.state).toBe('completed')
    expect((await goskey.newOrders()).map(({ documents }) => documents.length)).toEqual([15])
  })

  it('says who refused, and whom Goskey does not know', async () => {
    const [refused, unknown] = await Promise.all([
      goskey.sent({ recipient: 'vera' }),
      goskey.sent({ recipient: 'darya' }),
    ])

    const declined = await goskey.ended(refused)
    expect([declined.state, declined.signings[0]?.reason]).toEqual(['declined', 'goskey.rejected'])
    const failed = await goskey.ended(unknown)
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
    if (on === 'token') await goskey.sim.call('DELETE', 'tokens')
    await goskey.fault(on, kind)
    const envelope = await goskey.hurryUntil(await goskey.sent(), hasEnded)

    expect(envelope.state).toBe('completed')
    expect(await goskey.pushed()).toHaveLength(1)
  })

  it('429 puts an order off and repeats none', async () => {
    await goskey.fault('order', '429')
    const envelope = await goskey.hurryUntil(await goskey.sent(), hasEnded)

    expect(envelope.state).toBe('completed')
    expect(await goskey.newOrders()).toHaveLength(1)
  })

  it('a token that ends while the package goes up is replaced', async () => {
    await goskey.fault('chunked', '401')
    const envelope = await goskey.ended(await goskey.sent())

    expect(envelope.state).toBe('completed')
    expect(await goskey.newOrders()).toHaveLength(1)
  })
})

describe('Goskey, when the portal tells less than it should', () => {
  it('no order in the details: the package goes up once, and is heard of later', async () => {
    await goskey.sim.call('PUT', 'switches', { orderAs: 'null' })
    const id = await goskey.sent()
    await goskey.hurryUntil(id, (envelope) => requestOf(envelope)?.state === 'open', 6_000)
    await goskey.hurry(5_000)
    expect((await world.api.read(id)).state).toBe('sent')

    await goskey.sim.call('PUT', 'switches', { orderAs: 'string' })
    const envelope = await goskey.hurryUntil(id, hasEnded, 601_000)
    expect(envelope.state).toBe('completed')
    expect(await goskey.pushed()).toHaveLength(1)
  })

  it('NOT_FOUND in a list ends nothing', async () => {
    await goskey.sim.call('PUT', 'switches', { bulkNotFound: true })
    const envelope = await goskey.hurryUntil(await goskey.sent(), hasEnded, 601_000)

    expect(envelope.state).toBe('completed')
    expect(await goskey.pushed()).toHaveLength(1)
  })

  it('a list of changes that cannot be read: the order is heard of by its number', async () => {
    await goskey.fault('updated', '500', 1_000)
    const id = await goskey.sent({ recipient: 'vera' })
    const envelope = await goskey.hurryUntil(id, hasEnded, 601_000)

    expect(envelope.state).toBe('declined')
    // Its connection is left alone for a while; not in the tests to come.
    await goskey.sim.call('DELETE', 'faults')
    await goskey.hurry(901_000)
  })

  it('a download that leads to another host is not followed, and is made when it leads home', async () => {
    await goskey.sim.call('PUT', 'switches', { redirectDownloads: 'other-host' })
    const id = await goskey.sent()
    await goskey.hurryUntil(id, (envelope) => requestOf(envelope)?.state === 'open', 6_000)
    for (let turn = 0; turn < 20 && (await downloads()).length === 0; turn += 1) {
      await goskey.hurry(6_000)
      await goskey.untilQuiet()
    }
    expect(await downloads()).not.toEqual([])
    const kept = await world.api.read(id)
    expect(kept.signings[0]?.artifacts).toEqual([])
    // Signed by word of the service, and kept back: the clerk is told at once, not when the day is over.
    expect(attentionOf(kept)).toBe('collect-refused')

    await goskey.sim.call('PUT', 'switches', { redirectDownloads: 'none' })
    expect((await goskey.hurryUntil(id, hasEnded)).state).toBe('completed')
  })
})

describe('Goskey, when results are not what was asked for', () => {
  const stays = async (id: string, code: string) => {
    const envelope = await goskey.hurryUntil(id, (each) => attentionOf(each) === code, 6_000)
    expect(envelope.state).toBe('sent')

    return envelope
  }

  it('signed by another person: never completed, and a person is told', async () => {
    await goskey.sim.call('PUT', 'settings', { signFault: 'other-person' })
    const id = await goskey.sent()
    const envelope = await goskey.hurryUntil(id, (each) => attentionOf(each) !== undefined, 6_000)

    expect(envelope.state).toBe('sent')
    expect(requestOf(envelope)?.attention?.kind).toBe('person')
  })

  it('no signature of one document of fifteen: the others are kept, nothing is completed', async () => {
    await goskey.sim.call('PUT', 'settings', {
      signFault: { kind: 'missing', file: 'document_7.pdf' },
    })
    const id = await goskey.sent({ names: fifteen })
    await stays(id, 'goskey.signature-missing')
    const envelope = await goskey.hurryUntil(
      id,
      ({ signings }) =>
        signings[0]?.artifacts.filter(({ standing }) => standing === 'accepted').length === 14,
      6_000,
    )

    expect(envelope.state).toBe('sent')
    await goskey.hurry(61_000)
    await goskey.untilQuiet()
    // Of this order alone: what another test left may be fetched meanwhile.
    const byOrder = Map.groupBy(await downloads(), ({ path }) => path)
    expect(Math.max(...[...byOrder.values()].map((calls) => calls.length))).toBe(14)
  })

  it.each([
    ['two-signatures', 'goskey.unexpected-file'],
    ['two-signers', 'identity-mismatch'],
  ])('%s for one document: nothing is completed', async (kind, code) => {
    await goskey.sim.call('PUT', 'settings', { signFault: { kind, file: 'contract.pdf' } })
    const id = await goskey.sent()
    const envelope = await goskey.hurryUntil(id, (each) => attentionOf(each) !== undefined, 6_000)

    expect([envelope.state, attentionOf(envelope)]).toEqual(['sent', code])
  })

  it('signed after it was voided: kept as evidence alone', async () => {
    const id = await goskey.sent({ recipient: 'anna' })
    await goskey.hurryUntil(id, (envelope) => requestOf(envelope)?.state === 'open', 6_000)
    await world.api.call(`/v1/envelopes/${id}/void`, { method: 'POST', json: { reason: 'error' } })
    await expect.poll(async () => (await goskey.newOrders()).at(-1)?.isPending).toBe(true)
    const [order] = await goskey.newOrders()
    await goskey.sim.call('POST', `orders/${order?.id}/sign`, {})

    const envelope = await goskey.hurryUntil(
      id,
      ({ signings }) => (signings[0]?.artifacts.length ?? 0) > 0,
      6_000,
    )
    expect(envelope.state).toBe('voided')
    expect(envelope.signings[0]?.artifacts.map(({ standing }) => standing)).toEqual(['late'])
  })
})

type List = {
  readonly items: readonly EnvelopeSummaryBody[]
  readonly counts: { readonly needsPerson: number }
}

describe('Goskey in the list', () => {
  const list = async (query = '') => (await world.api.call<List>(`/v1/envelopes${query}`)).body
  /** Ids of those that need a person, once counter, filter and order are of one mind: all else moves. */
  const urgent = async () => {
    const read = async () => {
      const { items, counts } = await list('?limit=100')
      const ids = items.filter(({ needsPerson }) => needsPerson).map(({ id }) => id)
      const filtered = (await list('?state=attention&limit=100')).items.map(({ id }) => id)
      const first = items.slice(0, counts.needsPerson).map(({ id }) => id)

      return { ids, isAgreed: `${ids}` === `${filtered}` && `${ids}` === `${first}` }
    }
    await expect.poll(async () => (await read()).isAgreed).toBe(true)

    return (await read()).ids
  }

  it('the day that the app waits for its signer is told', async () => {
    const id = await goskey.sent({ recipient: 'anna' })
    const open = await goskey.hurryUntil(id, (each) => requestOf(each)?.state === 'open', 6_000)
    const { items } = await list()
    const shown = items.find((each) => each.id === id)
    expect(shown?.windowEndsAt).toBe(requestOf(open)?.window?.expiresAt)
    expect(shown?.windowEndsAt).toEqual(expect.any(String))
  })

  it('what failed needs a look, and is counted, for a week', async () => {
    const id = await goskey.sent({ recipient: 'darya' })
    expect((await goskey.ended(id)).state).toBe('failed')
    expect(await urgent()).toContain(id)
    await world.passTime(8 * 86_400_000)
    expect(await urgent()).not.toContain(id)
  })
})

describe('Goskey, before anything leaves', () => {
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
    const id = await goskey.sent()
    const envelope = await goskey.hurryUntil(id, (each) => attentionOf(each) !== undefined, 6_000)

    expect(attentionOf(envelope)).toBe('signer-key.revoked')
    expect(await goskey.newOrders()).toEqual([])
  })
})
