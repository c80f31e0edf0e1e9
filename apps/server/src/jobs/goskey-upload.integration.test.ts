import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ensureGoskey, goskeySandboxOf } from '../instance/prepare-goskey.ts'
import {
  createGoskeyWorld,
  type GoskeyWorld,
  goskeyRecipient,
  type HeldAt,
  type HeldGateway,
  hasEnded,
  samplePdf,
  startHeldGateway,
  startTestInstallation,
  type TestInstallation,
} from '../testing/index.ts'

let muhr: TestInstallation
let goskey: GoskeyWorld
let way: HeldGateway
/** Too large for one chunk. */
let document: string

const chunked = /\/push\/chunked$/
const windowMs = 300_000

beforeAll(async () => {
  muhr = await startTestInstallation({ isClockStill: true })
  goskey = createGoskeyWorld(muhr)
  way = await startHeldGateway(muhr.ready.epgu)
  const { body } = await muhr.api.call<{ organisation: { id: string } }>('/v1/session')
  const sandbox = { ...goskeySandboxOf(muhr.ready), epguUrl: way.url }
  await ensureGoskey(muhr.server.app, body.organisation.id, sandbox)
  const bytes = samplePdf({ bytes: 50_500_000 })
  document = (await muhr.api.upload(bytes, { fileName: 'large.pdf' })).body.id
})

afterAll(async () => {
  await way?.close()
  await muhr?.stop()
})

beforeEach(() => goskey.begin())

async function send(): Promise<string> {
  const { body } = await muhr.api.create({
    title: 'Договор 17',
    documents: [{ id: document }],
    recipients: [goskeyRecipient(muhr.ready, 'boris')],
    send: true,
  })

  return body.id
}

/** Answers of the portal to the chunks, in their order. */
const chunkAnswers = async () =>
  (await goskey.newCalls()).filter(({ path }) => chunked.test(path)).map(({ status }) => status)

/** Sends, and stops at the last of the three chunks. */
async function sendUpToLast(
  at: HeldAt,
): Promise<{ readonly id: string; readonly goOn: () => void }> {
  let next = way.hold(chunked, 'answer')
  const id = await send()
  for (const hold of ['answer', at] as const) {
    const release = await next
    next = way.hold(chunked, hold)
    release()
  }

  return { id, goOn: await next }
}

async function expectDoneOnce(id: string): Promise<void> {
  const envelope = await goskey.hurryUntil(id, hasEnded, 61_000)
  expect(envelope.state).toBe('completed')
  expect(await goskey.newOrders()).toHaveLength(1)
  expect(await goskey.pushed()).toHaveLength(1)
}

describe('A package of several chunks', () => {
  it('whose five minutes end between two chunks goes up again from the first, once', async () => {
    const held = way.hold(chunked, 'answer')
    const id = await send()
    const release = await held
    await muhr.passTime(windowMs)
    release()

    await expectDoneOnce(id)
    expect(await chunkAnswers()).toEqual([206, 206, 206, 200])
  })

  it('whose last chunk comes to the portal too late goes up again from the first, once', async () => {
    const { id, goOn } = await sendUpToLast('request')
    await muhr.passTime(windowMs + 1_000)
    goOn()

    await expectDoneOnce(id)
    expect(await chunkAnswers()).toEqual([206, 206, 400, 206, 206, 200])
  })

  it('whose last answer is lost after the five minutes is not sent again', async () => {
    const { id } = await sendUpToLast('answer')
    await muhr.passTime(windowMs + 1_000)
    way.cut()

    await expectDoneOnce(id)
    expect(await chunkAnswers()).toEqual([206, 206, 200])
  })

  it('whose token runs out between two chunks goes on with another one', async () => {
    await goskey.sim.call('DELETE', 'tokens')
    await goskey.sim.call('PUT', 'settings', { tokenLifetimeSeconds: 180 })
    const { id, goOn } = await sendUpToLast('request')
    await muhr.passTime(200_000)
    goOn()

    await expectDoneOnce(id)
    expect(await chunkAnswers()).toEqual([206, 206, 401, 200])
  })
})
