import { requestView, type SealId } from '@muhr/envelope'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadAggregate } from '../envelopes/load-aggregate.ts'
import { handleJob } from '../jobs/handle-job.ts'
import { sweepOwed } from '../jobs/sweep-owed.ts'
import { createOtherOrganisation } from '../testing/index.ts'
import {
  connectPaced,
  type PacedInstallation,
  startPacedInstallation,
} from '../testing/paced-installation.ts'
import { watchDue } from '../watching/watch-due.ts'
import { grantSlots } from './grant-slots.ts'

const windowMs = 600_000

describe('a service that wants seals, counts its calls and is watched', () => {
  let paced: PacedInstallation

  beforeAll(async () => {
    paced = await startPacedInstallation({ stubFetch: (fetch) => vi.stubGlobal('fetch', fetch) })
  })
  afterAll(async () => {
    await paced?.stop()
    vi.unstubAllGlobals()
  })
  // A quota that is not used, and nobody who waits.
  beforeEach(() => paced.muhr.passTime(windowMs + 60_000))
  afterEach(async () => {
    expect(paced.service.counterpart.overrun?.()).toBe(0)
  })

  const untilOpen = (id: string) =>
    paced.muhr.api.until(id, ({ signings }) => signings[0]?.requests[0]?.state === 'open')
  const requestOf = async (id: string) => {
    const aggregate = await loadAggregate(paced.muhr.server.app.db, { envelope: id })
    const request = aggregate?.requests[0]
    const view = aggregate && request && requestView(aggregate, request.id)
    if (aggregate === undefined || request === undefined || view === undefined) {
      throw new Error('the envelope has no request')
    }

    return { aggregate, request, view }
  }
  /** Nobody may take a number until time passes; what is sent meanwhile waits. */
  const close = async (ms: number) => {
    const until = new Date(paced.muhr.server.app.now().getTime() + ms).toISOString()
    for (const key of ['key-1', 'key-2']) {
      await paced.muhr.sql(
        `insert into quota_buckets (provider, id, slots, window_ms, blocked_until)
          values ('fake-paced', $1, 2, $2, $3)
          on conflict (provider, id) do update set blocked_until = excluded.blocked_until`,
        [key, windowMs, until],
      )
    }
  }
  const openOf = async (ids: readonly string[]) => {
    const rows = await paced.muhr.sql(
      `select id from requests where state = 'open' and envelope_id = any($1)`,
      [ids],
    )

    return rows.length
  }
  /** Calls that are sealed and wait for nothing but a slot. */
  const readyOf = async (ids: readonly string[]) => {
    const rows = await paced.muhr.sql(
      `select id from attempts where state = 'recorded' and envelope_id = any($1)`,
      [ids],
    )

    return rows.length
  }
  const slots = () =>
    paced.muhr.sql<{ bucket: string; organisation_id: string; envelope_id: string }>(
      `select s.* from quota_slots s join attempts a on a.id = s.attempt_id
        where a.state in ('recorded','claimed') or a.since > $1`,
      [new Date(paced.muhr.server.app.now().getTime() - windowMs).toISOString()],
    )

  it('is sent one package of fifteen documents, sealed file by file, and asked once', async () => {
    const [id = ''] = await paced.send(1, { documents: 15 })
    await untilOpen(id)
    const { aggregate, request, view } = await requestOf(id)
    expect(paced.service.counterpart.asked?.(view)).toBe(1)
    expect(request.bucket).toMatch(/^key-[12]$/)
    expect(request.contents).toHaveLength(15)
    expect(aggregate.seals).toMatchObject([{ state: 'made', built: true, key: 'unattended' }])
    expect(aggregate.seals[0]?.items).toHaveLength(16)
    expect(aggregate.seals[0]?.artifacts).toHaveLength(16)
    const opened = Date.parse(request.window?.opensAt ?? '')
    expect(opened).toBeGreaterThan(paced.muhr.server.app.now().getTime() - 60_000)
  })

  it('tells by its watch who signed, and every signature is fetched and judged', async () => {
    const [id = ''] = await paced.send(1, { documents: 3 })
    await untilOpen(id)
    const { view } = await requestOf(id)
    await paced.service.counterpart.act(
      { request: view, presentation: { links: [] }, fetch },
      { kind: 'sign', person: 0 },
    )
    await paced.muhr.passTime(31_000)
    const done = await paced.muhr.api.until(
      id,
      ({ signings }) =>
        signings[0]?.artifacts.length === 3 &&
        signings[0].artifacts.every((artifact) => artifact.standing !== 'pending'),
    )
    // Toy signatures are none to the verifier of the product.
    expect(done.signings[0]?.artifacts.map((artifact) => artifact.standing)).toEqual([
      'refused',
      'refused',
      'refused',
    ])
  })

  it('gets no more calls than its quota allows; the others are told when they leave', async () => {
    const ids = await paced.send(7)
    await expect.poll(() => openOf(ids)).toBe(4)
    const waiting = []
    for (const id of ids) {
      const { signings } = await paced.muhr.api.read(id)
      waiting.push(...(signings[0]?.requests ?? []).filter(({ state }) => state === 'planned'))
    }
    expect(waiting).toHaveLength(3)
    const now = paced.muhr.server.app.now().getTime()
    for (const request of waiting) {
      const at = Date.parse(request.expectedDispatchAt ?? '')
      expect(at).toBeGreaterThan(now + windowMs - 120_000)
      expect(at).toBeLessThanOrEqual(now + windowMs)
    }
    await paced.muhr.passTime(windowMs)
    await sweepOwed(paced.muhr.server.app, { patienceMs: 0 })
    for (const id of ids) {
      await untilOpen(id)
    }
  })

  it('tells before sending when a call would leave', async () => {
    await close(300_000)
    const { body: document } = await paced.muhr.api.upload(Buffer.from('%PDF-1.4 preflight'))
    const { body } = await paced.muhr.api.call<{
      readonly dispatches: readonly { readonly recipient: number; readonly expectedAt: string }[]
    }>('/v1/envelopes/preflight', {
      method: 'POST',
      json: {
        title: 'x',
        documents: [{ id: document.id }],
        recipients: [
          {
            name: 'Үлгіұлы Сынақ',
            identifiers: { pinfl: '12345678900017' },
            methods: [{ provider: 'fake-paced', method: 'PACKAGE' }],
          },
        ],
      },
    })
    const [dispatch] = body.dispatches
    expect(dispatch?.recipient).toBe(0)
    const ahead = Date.parse(dispatch?.expectedAt ?? '') - paced.muhr.server.app.now().getTime()
    expect(ahead).toBeGreaterThan(280_000)
    expect(ahead).toBeLessThanOrEqual(300_000)
    await close(0)
  })

  it('shares its slots between two organisations, whoever came first', async () => {
    const other = await createOtherOrganisation(paced.muhr)
    await connectPaced(paced.muhr, paced.service.settings, other.id)
    const theirs = await other.withKey()
    await close(100_000)
    const ours = await paced.send(5)
    const late = await paced.send(2, { api: theirs })
    await expect.poll(() => readyOf(late)).toBe(2)
    await expect.poll(() => readyOf(ours)).toBeGreaterThanOrEqual(2)
    await paced.muhr.passTime(101_000)
    await grantSlots(paced.muhr.server.app, 'fake-paced')
    const held = await slots()
    expect(held.filter((slot) => slot.organisation_id === other.id)).toHaveLength(2)
    expect(held).toHaveLength(4)
    await expect.poll(() => openOf([...ours, ...late])).toBe(4)
    await paced.muhr.passTime(windowMs)
    await sweepOwed(paced.muhr.server.app, { patienceMs: 0 })
    for (const id of ours) {
      await untilOpen(id)
    }
  })

  it('is not overrun by granters of several processes at the same moment', async () => {
    const second = await paced.muhr.startSecond()
    expect(second.url).not.toBe(paced.muhr.server.url)
    await close(100_000)
    const ids = await paced.send(9)
    await expect.poll(() => readyOf(ids)).toBeGreaterThanOrEqual(4)
    await paced.muhr.passTime(101_000)
    const granted = await Promise.all(
      Array.from({ length: 8 }, () => grantSlots(paced.muhr.server.app, 'fake-paced')),
    )
    expect(granted.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(4)
    expect(await slots()).toHaveLength(4)
    for (const open of [4, 8, 9]) {
      await expect.poll(() => openOf(ids)).toBe(open)
      await paced.muhr.passTime(windowMs)
      await sweepOwed(paced.muhr.server.app, { patienceMs: 0 })
    }
  })

  it('cannot be granted more than its quota by any path: the database refuses', async () => {
    const ids = await paced.send(5)
    await expect.poll(() => openOf(ids)).toBe(4)
    // Its seal is made when its turn is near, and its turn is not yet.
    await paced.muhr.passTime(windowMs - 100_000)
    await sweepOwed(paced.muhr.server.app, { patienceMs: 0 })
    await expect.poll(() => readyOf(ids)).toBe(1)
    const refused = paced.muhr.sql(
      `insert into quota_slots
        select a.id, 'fake-paced', 'key-1', a.organisation_id, a.envelope_id, $2
        from attempts a where a.state = 'recorded' and a.envelope_id = any($1)`,
      [ids, paced.muhr.server.app.now().toISOString()],
    )
    await expect(refused).rejects.toMatchObject({ code: 'MU008' })
    await paced.muhr.passTime(windowMs)
  })

  it('is sent once although seal and call are delivered again and again', async () => {
    const [id = ''] = await paced.send(1)
    const { app } = paced.muhr.server
    for (let round = 0; round < 6; round += 1) {
      const now = await loadAggregate(app.db, { envelope: id })
      const jobs = [
        ...(now?.seals ?? []).map((seal) => ({ kind: 'seal', seal: seal.id as SealId }) as const),
        ...(now?.attempts ?? [])
          // One that is in the air is not delivered again here: it would be called unknown, rightly.
          .filter((attempt) => attempt.state !== 'claimed')
          .map(
            (attempt) => ({ kind: 'attempt', attempt: attempt.id, action: 'dispatch' }) as const,
          ),
      ]
      await Promise.all([...jobs, ...jobs].map((job) => handleJob(app, { envelope: id, job })))
    }
    await paced.muhr.passTime(60_000)
    await sweepOwed(app, { patienceMs: 0 })
    await untilOpen(id)
    const { aggregate, view } = await requestOf(id)
    expect(paced.service.counterpart.asked?.(view)).toBe(1)
    expect(aggregate.seals).toHaveLength(1)
  })

  it('is sent once although answers are lost', async () => {
    paced.service.counterpart.loseReplies?.(2)
    const [id = ''] = await paced.send(1)
    await expect
      .poll(async () => {
        await paced.muhr.passTime(5_000)
        await sweepOwed(paced.muhr.server.app, { patienceMs: 0 })

        return openOf([id])
      })
      .toBe(1)
    const { view } = await requestOf(id)
    expect(paced.service.counterpart.asked?.(view)).toBe(1)
  })

  it('is looked at once by several watchers, and keeps its cursor after what was said', async () => {
    const [id = ''] = await paced.send(1)
    await untilOpen(id)
    await paced.muhr.passTime(31_000)
    const before = paced.calls.filter((call) => call === 'GET /updates').length
    const watched = await Promise.all(
      Array.from({ length: 5 }, () => watchDue(paced.muhr.server.app)),
    )
    expect(watched.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(2)
    await expect
      .poll(() => paced.calls.filter((call) => call === 'GET /updates').length)
      .toBeLessThanOrEqual(before + 2)
    const [row] = await paced.muhr.sql<{ cursor: number }>(
      'select cursor from connections where id = $1',
      [paced.connection],
    )
    expect(row?.cursor).toBeGreaterThan(0)
  })

  it('that breaks down flags its connection and is left alone longer each time', async () => {
    const [id = ''] = await paced.send(1)
    await untilOpen(id)
    paced.breakDown(true)
    const flag = async () => {
      const [row] = await paced.muhr.sql<{ failures: number; failed_code: string | null }>(
        'select failures, failed_code from connection_watches where connection_id = $1',
        [paced.connection],
      )

      return row
    }
    await paced.muhr.passTime(31_000)
    await expect.poll(async () => (await flag())?.failures).toBeGreaterThan(0)
    expect((await flag())?.failed_code).toBe('watch.failed')
    const { body } = await paced.muhr.api.call<{
      readonly items: readonly {
        readonly connections: readonly {
          readonly id: string
          readonly failing?: { readonly code: string }
        }[]
      }[]
    }>('/v1/providers')
    const shown = body.items.flatMap((item) => item.connections)
    expect(shown.find(({ id }) => id === paced.connection)?.failing?.code).toBe('watch.failed')
    paced.breakDown(false)
    await paced.muhr.passTime(900_000)
    await expect.poll(async () => (await flag())?.failures).toBe(0)
  })
})

describe('a quota that others use up as well', () => {
  let paced: PacedInstallation

  beforeAll(async () => {
    paced = await startPacedInstallation({ stubFetch: (fetch) => vi.stubGlobal('fetch', fetch) })
  })
  afterAll(async () => {
    await paced?.stop()
    vi.unstubAllGlobals()
  })

  it('puts calls off without losing or repeating one, and closes the bucket meanwhile', async () => {
    const { service, muhr } = paced
    for (const key of ['key-1', 'key-1', 'key-2', 'key-2']) {
      const credential = service.sealItem?.(Buffer.from(key), 'CMS') ?? new Uint8Array()
      await service.network?.('https://fake-paced.test/reserve', {
        method: 'POST',
        headers: { 'x-key': key, 'x-credential': Buffer.from(credential).toString('base64') },
        body: '{}',
      })
    }
    const [id = ''] = await paced.send(1)
    await expect
      .poll(async () => {
        const rows = await muhr.sql(`select id from quota_buckets where blocked_until is not null`)

        return rows.length
      })
      .toBe(2)
    const events = await muhr.sql<{ type: string }>(
      `select type from events where envelope_id = $1 and type = 'request.deferred'`,
      [id],
    )
    expect(events).toHaveLength(2)
    // Each key said so once; nobody asked again while its bucket was closed.
    expect(service.counterpart.overrun?.()).toBe(2)
    await muhr.passTime(windowMs + 1_000)
    await sweepOwed(muhr.server.app, { patienceMs: 0 })
    await muhr.api.until(id, ({ signings }) => signings[0]?.requests[0]?.state === 'open')
    expect(service.counterpart.overrun?.()).toBe(2)
  })
})
