import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { EnvelopeBody } from '../http/schemas/envelope-schemas.ts'
import { startTestInstallation, type TestInstallation } from '../testing/index.ts'
import { samplePdf } from '../testing/sample-pdf.ts'
import { createSignmeWorld, type SignmeWorld } from '../testing/signme-world.ts'

const requestOf = ({ signings }: EnvelopeBody, signing = 0) => signings[signing]?.requests.at(-1)
const isIn =
  (state: string, signing = 0) =>
  (envelope: EnvelopeBody) =>
    requestOf(envelope, signing)?.state === state
const isEnded = ({ state }: EnvelopeBody) => state !== 'sent' && state !== 'draft'
const companyInn = '9999000045'

describe('at Sign.Me', () => {
  let muhr: TestInstallation
  let signme: SignmeWorld
  beforeAll(async () => {
    muhr = await startTestInstallation()
    signme = createSignmeWorld(muhr)
  })
  afterAll(() => muhr?.stop())
  afterEach(() => signme.forget())
  const voidIt = (id: string) =>
    muhr.api.call(`/v1/envelopes/${id}/void`, { method: 'POST', json: { reason: 'wrong price' } })

  it('a request that a person called absent was there: the signature under it counts', async () => {
    await signme.fault({ on: 'sign', fault: 'drop-answer', isDone: true })
    const { body } = await signme.send({ user: 'anna' })
    const unknown = await signme.until(body.id, isIn('unknown'))
    const first = await signme.lastRequest()
    await muhr.api.call(`/v1/requests/${requestOf(unknown)?.id}/resolve`, {
      method: 'POST',
      json: { to: 'absent' },
    })
    await signme.until(body.id, isIn('open'))
    expect((await signme.lastRequest()).id).not.toBe(first.id)
    await signme.act(first.id, 'sign', { user: 'anna' })
    expect((await signme.until(body.id, isEnded, 10_000)).state).toBe('completed')
  })

  it.each(['html', 'drop-answer', 'drop-after-body'])(
    'a request that is voided while its rejection meets %s is taken back later',
    async (fault) => {
      const { body } = await signme.send({ user: 'anna' })
      await signme.until(body.id, isIn('open'))
      await signme.control('faults', 'PUT', {
        faults: [
          { on: 'reject', fault, isDone: false },
          { on: 'status', fault: 'html', isDone: false },
        ],
      })
      await voidIt(body.id)
      const done = await signme.until(body.id, isIn('closed'), 10_000)
      // A rejection that was done and whose answer was lost may be read in the status before it is made again.
      expect(['cancelled', 'declined']).toContain(requestOf(done)?.outcome)
      expect(Number((await signme.lastRequest()).status)).toBe(2)
    },
  )

  it.each([
    { known: 'SNILS', wish: { user: 'zoya' } },
    { known: 'phone alone', wish: { user: 'zoya', identifiers: {} } },
  ])(
    'who signs for a company has not signed for themselves (known by $known), though the request for that was lost',
    async ({ wish }) => {
      const company = { user: 'zoya', method: 'COMPANY', identifiers: { inn: companyInn } } as const
      const { body } = await signme.send(company, wish)
      await signme.until(body.id, isIn('open'))
      const { id } = await signme.lastRequest()
      await signme.fault({ on: 'sign', fault: 'drop-after-body', isDone: false })
      await signme.act(id, 'sign', { user: 'zoya' })
      await signme.until(body.id, isIn('unknown', 1))
      await signme.turn(3, 40_000)
      const after = await muhr.api.read(body.id)
      expect(after.state).toBe('sent')
      expect(after.signings[1]?.artifacts).toEqual([])
    },
  )

  it('a signature that was there before an envelope was sent settles no lost request of it (T15)', async () => {
    const contents = [samplePdf()]
    const first = await signme.sendThese({ contents }, { user: 'anna' })
    await signme.until(first.body.id, isIn('open'))
    await signme.act((await signme.lastRequest()).id, 'sign', { user: 'anna' })
    await signme.until(first.body.id, isEnded)
    await muhr.passTime(60_000)
    await signme.fault({ on: 'sign', fault: 'drop-after-body', isDone: false })
    const second = await signme.sendThese({ contents }, { user: 'anna' })
    await signme.until(second.body.id, isIn('unknown'))
    await signme.turn(3, 10_000)
    expect(await muhr.api.read(second.body.id)).toMatchObject({
      state: 'sent',
      signings: [{ artifacts: [], requests: [{ state: 'unknown' }] }],
    })
  })

  it('a colleague who signs for the same company has not signed for who was never asked', async () => {
    const forCompany = {
      method: 'COMPANY',
      identifiers: { inn: companyInn },
      orderGroup: 1,
    } as const
    await signme.fault({
      on: 'sign',
      fault: 'drop-after-body',
      isDone: false,
      match: signme.userOf('zoya').phone.slice(1),
    })
    const { body } = await signme.send(
      { user: 'zoya', ...forCompany },
      { user: 'ivan', ...forCompany },
    )
    await signme.until(body.id, ({ signings }) => signings[1]?.state === 'signed', 10_000)
    await signme.until(body.id, isIn('unknown'))
    await signme.turn(3, 40_000)
    const after = await muhr.api.read(body.id)
    expect(after.state).toBe('sent')
    expect(after.signings[0]?.artifacts).toEqual([])
  })

  it('a rejection of a request whose name was lost cannot be asked about: a person is told', async () => {
    await signme.fault({ on: 'sign', fault: 'drop-answer', isDone: true })
    const { body } = await signme.send({ user: 'anna' })
    await signme.until(body.id, isIn('unknown'))
    await signme.act((await signme.lastRequest()).id, 'reject', { reason: 'Нет' })
    const told = await signme.until(
      body.id,
      (each) => requestOf(each)?.attention?.code === 'signme.said-rejected',
    )
    await signme.turn(2, 40_000)
    expect(requestOf(await muhr.api.read(body.id))).toMatchObject({
      state: 'open',
      attention: { kind: 'provider', code: 'signme.said-rejected' },
    })
    expect(told.state).toBe('sent')
  })

  it('a group of which one file was signed and that is voided keeps that signature as late evidence', async () => {
    const { body } = await signme.send({ user: 'anna', files: 2 })
    await signme.until(body.id, isIn('open'))
    const { id, files } = await signme.lastRequest()
    await signme.act(id, 'sign', { user: 'anna', rid: files[0]?.rid })
    await voidIt(body.id)
    const late = await signme.until(body.id, ({ signings }) => signings[0]?.artifacts.length === 1)
    expect(late).toMatchObject({
      state: 'voided',
      signings: [
        {
          state: 'voided',
          artifacts: [{ standing: 'late' }],
          requests: [{ state: 'closed', outcome: 'cancelled' }],
        },
      ],
    })
  })

  it('a file that was signed and then deleted there is collected as long as its container is', async () => {
    await signme.outcome({ push: 'lost' })
    const { body } = await signme.send({ user: 'anna' })
    await signme.until(body.id, isIn('open'))
    const { id } = await signme.lastRequest()
    await signme.act(id, 'sign', { user: 'anna' })
    await signme.act(id, 'delete')
    expect((await signme.until(body.id, isEnded, 10_000)).state).toBe('completed')
  })
})
