import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  connectGoskey,
  createGoskeyWorld,
  type GoskeyWorld,
  type ProblemBody,
  startTestInstallation,
  type TestInstallation,
} from '../testing/index.ts'

const windowMs = 600_000
/** Of UNEP and UKEP of a person alike. */
const serviceCode = '10000000374'

type Account = { readonly id: string; readonly apiKeyHint: string; readonly source: string }
type Quota = { readonly limit: number; readonly free: number; readonly availableAt: string }
type Order = ProblemBody & { readonly state: string; readonly availableAt?: string }

let muhr: TestInstallation
let goskey: GoskeyWorld
/** The one employee in whose name envelopes are sent too. */
let employee: string

beforeAll(async () => {
  muhr = await startTestInstallation({ isClockStill: true })
  goskey = createGoskeyWorld(muhr)
  const { body } = await muhr.api.call<{ organisation: { id: string } }>('/v1/session')
  await connectGoskey(muhr, body.organisation.id, { employees: 1 })
  const accounts = await muhr.api.call<{ items: readonly Account[] }>('/v1/workbench/accounts')
  employee = accounts.body.items.find(({ source }) => source === 'connection')?.id ?? ''
})

afterAll(() => muhr.stop())

beforeEach(async () => {
  // What an earlier test held is free again.
  await muhr.passTime(3 * windowMs)
  await goskey.begin()
})

const order = (account = employee, service = serviceCode) =>
  muhr.api.call<Order>('/v1/workbench/orders', {
    method: 'POST',
    json: { account, serviceCode: service, region: '77' },
  })
const orders = (count: number) => Promise.all(Array.from({ length: count }, () => order()))
const quota = async (account = employee, service = serviceCode) =>
  (await muhr.api.call<Quota>(`/v1/workbench/accounts/${account}/quota?serviceCode=${service}`))
    .body
/** Calls for a number that the portal took, and those that it refused. */
const asked = async () => {
  const calls = (await goskey.newCalls()).filter(({ path }) => path.endsWith('/gusmev/order'))

  return {
    taken: calls.filter(({ status }) => status === 200).length,
    refused: calls.filter(({ status }) => status !== 200).length,
  }
}
const inMs = (ms: number) => new Date(muhr.server.app.now().getTime() + ms).toISOString()

describe('Envelopes and orders of the workbench in the name of one employee', () => {
  it('together start twenty orders in ten minutes, and the portal refuses none', async () => {
    const [made, ids] = await Promise.all([
      orders(14),
      Promise.all(Array.from({ length: 14 }, () => goskey.sent({ method: 'UNEP' }))),
    ])
    await goskey.untilQuiet()
    expect(await asked()).toEqual({ taken: 20, refused: 0 })
    const granted = made.filter(({ status }) => status === 201).length
    const full = made.filter(({ status }) => status !== 201)
    for (const { status, body } of full) {
      expect([status, body.code, body.fields?.[0]?.code]).toEqual([
        409,
        'workbench.refused',
        'epgu.quota-full',
      ])
      expect(body.availableAt).toBe(inMs(windowMs))
    }
    expect(await quota()).toMatchObject({ limit: 20, free: 0, availableAt: inMs(windowMs) })

    // Within the window nothing more leaves, whoever asks.
    await goskey.hurry(windowMs - 1_000)
    await goskey.untilQuiet()
    expect((await order()).status).toBe(409)
    expect(await asked()).toEqual({ taken: 20, refused: 0 })

    await goskey.hurry(2_000)
    await goskey.untilQuiet()
    const envelopesLeft = 14 - (20 - granted)
    expect(await asked()).toEqual({ taken: 20 + envelopesLeft, refused: 0 })
    expect((await quota()).free).toBe(20 - envelopesLeft)
    for (const id of ids) {
      expect((await goskey.ended(id)).state).toBe('completed')
    }
  })

  it('a workbench that used up the window makes an envelope wait, which is told its time', async () => {
    expect((await orders(20)).map(({ status }) => status)).toEqual(Array(20).fill(201))
    expect((await order()).body.availableAt).toBe(inMs(windowMs))
    const id = await goskey.sent({ method: 'UNEP' })
    await goskey.untilQuiet()
    const { signings } = await muhr.api.read(id)
    expect(signings[0]?.requests[0]?.expectedDispatchAt).toBe(inMs(windowMs))
    expect(await asked()).toEqual({ taken: 20, refused: 0 })
    await goskey.hurry(windowMs - 60_000)
    expect((await goskey.ended(id)).state).toBe('completed')
    expect(await asked()).toEqual({ taken: 21, refused: 0 })
  })

  it('another service has a quota of its own', async () => {
    await orders(20)
    expect((await quota(employee, '60025907')).free).toBe(20)
    expect((await order(employee, '60025907')).status).toBe(201)
  })

  it('a slot whose call never came to the portal is free again', async () => {
    const [key] = await muhr.sql<{ id: string }>('select id from signer_keys')
    const { body } = await muhr.api.call<Account>('/v1/workbench/accounts', {
      method: 'POST',
      json: {
        name: 'TEST',
        esiaUrl: muhr.ready.esia,
        epguUrl: muhr.ready.epgu,
        apiKey: '00000000-0000-4000-8000-00000000ffff',
        signerKey: key?.id,
      },
    })
    expect((await order(body.id)).body.fields?.[0]?.code).toBe('ESIA-037218')
    expect((await quota(body.id)).free).toBe(20)
  })

  it('cannot be exceeded by any path: the database refuses', async () => {
    await orders(20)
    const one = muhr.sql(
      `insert into quota_other_slots (id, provider, bucket, organisation_id, granted_at, held_until)
        select 'one more', provider, bucket, organisation_id, $1, $1
        from quota_other_slots limit 1`,
      [muhr.server.app.now().toISOString()],
    )
    await expect(one).rejects.toMatchObject({ code: 'MU008' })
  })
})
