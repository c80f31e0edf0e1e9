import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { poolConfig } from '../database/open-database.ts'
import type { EnvelopeBody } from '../http/schemas/envelope-schemas.ts'
import { ensureGoskey, goskeySandboxOf } from '../instance/prepare-goskey.ts'
import {
  createGoskeyWorld,
  type GoskeyWorld,
  type HeldAt,
  type HeldGateway,
  hasEnded,
  type ServerProcess,
  startHeldGateway,
  startServerProcess,
  startTestInstallation,
  type TestInstallation,
} from '../testing/index.ts'

let muhr: TestInstallation
let goskey: GoskeyWorld
let way: HeldGateway
let server: ServerProcess
/** Calls to EPGU that a database session of the test keeps from being claimed. */
let keeper: Client
let offsetMs = 0
let startedAt = new Date()

/** Longer than a call to Goskey may be in the air: by then one without an answer is given up. */
const laterMs = 600_000

beforeAll(async () => {
  muhr = await startTestInstallation()
  goskey = createGoskeyWorld(muhr)
  way = await startHeldGateway(muhr.ready.epgu)
  const { body } = await muhr.api.call<{ organisation: { id: string } }>('/v1/session')
  const sandbox = { ...goskeySandboxOf(muhr.ready), epguUrl: way.url }
  await ensureGoskey(muhr.server.app, body.organisation.id, sandbox)
  await muhr.stopServer()
  keeper = new Client(poolConfig(muhr.outside.database))
  await keeper.connect()
  server = await startServerProcess(muhr, 0)
})

afterAll(async () => {
  await server?.kill()
  await keeper?.end()
  await way?.close()
  await muhr?.stop()
})

beforeEach(() => goskey.begin())

/** The process dies as it stands; another one takes over, so much later. */
async function fall(ms = laterMs): Promise<void> {
  await server.kill()
  offsetMs += ms
  await muhr.passTime(ms)
  startedAt = new Date()
  server = await startServerProcess(muhr, offsetMs)
}

async function untilEnded(id: string): Promise<EnvelopeBody> {
  for (let turn = 0; turn < 40; turn += 1) {
    const envelope = await muhr.api.read(id)
    if (hasEnded(envelope)) {
      return envelope
    }
    await goskey.untilQuiet(startedAt)
    offsetMs += 61_000
    await muhr.passTime(61_000)
    await server.hurry(offsetMs)
  }
  throw new Error(`it stays so: ${JSON.stringify(await muhr.api.read(id), undefined, 1)}`)
}

/** One package at the portal, signed once, nothing lost and nothing completed without its signature. */
async function expectDoneOnce(id: string): Promise<void> {
  const envelope = await untilEnded(id)
  expect(envelope.state).toBe('completed')
  expect(envelope.signings[0]?.artifacts.map(({ standing }) => standing)).toEqual(['accepted'])
  expect(await goskey.pushed()).toHaveLength(1)
  const uploads = (await goskey.newCalls()).filter(({ note, status }) => {
    return note?.startsWith('chunked') === true && status === 200
  })
  expect(uploads).toHaveLength(1)
  const seals = await muhr.sql<{ state: string }>(
    `select state from seals where envelope_id = $1 and state <> 'stale'`,
    [id],
  )
  expect(seals).toEqual([{ state: 'made' }])
  const { body } = await muhr.api.call<{
    readonly items: readonly { readonly type: string }[]
    readonly chain: { readonly intact: boolean }
  }>(`/v1/envelopes/${id}/events`)
  expect(body.chain.intact).toBe(true)
  const count = (type: string) => body.items.filter((event) => event.type === type).length
  expect([count('envelope.sent'), count('envelope.completed')]).toEqual([1, 1])
}

describe('SIGKILL of the server while it sends to Goskey', () => {
  it.each([
    ['the number is asked for and did not reach the portal', /\/order$/, 'request', 1],
    // The first number stays a draft that nothing was sent under: it asks nobody for anything.
    ['the number was given and its answer was not heard', /\/order$/, 'answer', 2],
    ['the number is kept and the package did not leave', /\/push\/chunked$/, 'request', 1],
    ['the package is there and its answer was not heard', /\/push\/chunked$/, 'answer', 1],
    ['it is looked whether the package is there', /\/order\/\d+$/, 'answer', 1],
    ['signatures are fetched', /\/files\/download\//, 'answer', 1],
  ] as const)('when %s', async (_, path, at: HeldAt, numbers) => {
    const held = way.hold(path, at)
    const id = await goskey.sent()
    await heldWithin(held)
    await fall()

    await expectDoneOnce(id)
    expect(await goskey.newOrders()).toHaveLength(numbers)
  })

  it('when the seal is made and no slot was given yet', async () => {
    await keeper.query('begin')
    await keeper.query(`select from quota_buckets where provider = 'goskey' for update`)
    const id = await goskey.sent()
    await expectAttempt(id, 'recorded')
    await server.kill()
    await keeper.query('rollback')
    await fall()

    await expectDoneOnce(id)
    expect(await goskey.newOrders()).toHaveLength(1)
  })

  it('when it had just told the database to claim the call', async () => {
    // The database is slow: it writes the claim when its client is dead already.
    await keeper.query('select pg_advisory_lock(4711)')
    await muhr.sql(`create or replace function test_wait() returns trigger language plpgsql as
      $$ begin perform pg_advisory_xact_lock_shared(4711); return new; end $$`)
    await muhr.sql(`create trigger test_wait before update on attempts for each row
      when (new.state = 'claimed') execute function test_wait()`)
    const id = await goskey.sent()
    await expect
      .poll(() =>
        muhr.sql(`select 1 from pg_locks where locktype = 'advisory' and not granted
        and objid = 4711`),
      )
      .toHaveLength(1)
    await server.kill()
    await keeper.query('select pg_advisory_unlock(4711)')
    await expect
      .poll(() => muhr.sql(`select 1 from pg_locks where locktype = 'advisory' and objid = 4711`))
      .toEqual([])
    await muhr.sql('drop trigger test_wait on attempts')
    await expectAttempt(id, 'claimed')
    expect(await goskey.newCalls()).toEqual([])
    await fall()

    await expectDoneOnce(id)
    expect(await goskey.newOrders()).toHaveLength(1)
  })
})

async function expectAttempt(envelope: string, state: string): Promise<void> {
  await expect
    .poll(() => muhr.sql('select state from attempts where envelope_id = $1', [envelope]))
    .toEqual([{ state }])
}

async function heldWithin(held: Promise<unknown>): Promise<void> {
  const gaveUp = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('the call was never made')), 20_000).unref()
  })
  await Promise.race([held, gaveUp])
}
