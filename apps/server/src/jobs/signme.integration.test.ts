import { instantAfter, instantOf } from '@muhr/envelope'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { EnvelopeBody } from '../http/schemas/envelope-schemas.ts'
import { startTestInstallation, type TestInstallation } from '../testing/index.ts'
import { samplePdf } from '../testing/sample-pdf.ts'
import { createSignmeWorld, type SignmeWorld } from '../testing/signme-world.ts'
import { openRequestsOf } from '../watching/open-requests.ts'

const requestOf = ({ signings }: EnvelopeBody, signing = 0) => signings[signing]?.requests.at(-1)
const isOpen =
  (signing = 0) =>
  (envelope: EnvelopeBody) =>
    requestOf(envelope, signing)?.state === 'open'
const isEnded = ({ state }: EnvelopeBody) => state !== 'sent' && state !== 'draft'
const companyInn = '9999000045'

describe('a sending to Sign.Me', () => {
  let muhr: TestInstallation
  let signme: SignmeWorld
  beforeAll(async () => {
    muhr = await startTestInstallation()
    signme = createSignmeWorld(muhr)
  })
  afterAll(() => muhr?.stop())
  afterEach(() => signme.forget())

  it('of one file is completed by a signature that was verified over our bytes', async () => {
    const { body } = await signme.send({ user: 'anna' })
    const open = await signme.until(body.id, isOpen())
    expect(requestOf(open)?.presentation?.frame).toMatch(/\/signapi\/sjson\/\d+\/[0-9a-f]{32}$/)
    const { id } = await signme.lastRequest()
    await signme.act(id, 'sign', { user: 'anna' })
    const done = await signme.until(body.id, isEnded)
    expect(done).toMatchObject({
      state: 'completed',
      signings: [{ state: 'signed', artifacts: [{ standing: 'accepted', detached: true }] }],
    })
  })

  it('of a group is completed by a signature over each file', async () => {
    const { body } = await signme.send({ user: 'zoya', files: 3 })
    const open = await signme.until(body.id, isOpen())
    expect(requestOf(open)?.presentation?.frame).toMatch(/\/signapi\/multijson\/[0-9a-f-]{36}$/)
    const { id } = await signme.lastRequest()
    await signme.act(id, 'sign', { user: 'zoya' })
    const done = await signme.until(body.id, isEnded)
    expect(done.state).toBe('completed')
    expect(done.signings[0]?.artifacts.map(({ standing }) => standing)).toEqual([
      'accepted',
      'accepted',
      'accepted',
    ])
  })

  it('of a group whose files are signed one by one (status 4) waits for the last', async () => {
    const { body } = await signme.send({ user: 'zoya', files: 2 })
    await signme.until(body.id, isOpen())
    const { id, files } = await signme.lastRequest()
    await signme.act(id, 'sign', { user: 'zoya', rid: files[0]?.rid })
    expect((await signme.lastRequest()).status).toBe(4)
    await signme.turn(2, 40_000)
    expect(await muhr.api.read(body.id)).toMatchObject({
      state: 'sent',
      signings: [{ state: 'sent', artifacts: [] }],
    })
    await signme.act(id, 'sign', { user: 'zoya', rid: files[1]?.rid })
    expect((await signme.until(body.id, isEnded)).state).toBe('completed')
  })

  it('to a company is signed by one of its staff, whose certificate has its INN', async () => {
    const { body } = await signme.send({
      user: 'zoya',
      method: 'COMPANY',
      identifiers: { inn: companyInn },
    })
    await signme.until(body.id, isOpen())
    const { id } = await signme.lastRequest()
    await signme.act(id, 'sign', { user: 'zoya' })
    expect(await signme.until(body.id, isEnded)).toMatchObject({
      state: 'completed',
      signings: [{ report: { signer: { organisation: expect.stringContaining('TEST') } } }],
    })
  })

  it('with RSA, and with the content inside the container, is verified the same', async () => {
    await signme.control('switches', 'PUT', { attached: true })
    const { body } = await signme.send({ user: 'maria' })
    await signme.until(body.id, isOpen())
    await signme.act((await signme.lastRequest()).id, 'sign', { user: 'maria' })
    const done = await signme.until(body.id, isEnded)
    await signme.control('switches', 'PUT', { attached: false })
    expect(done).toMatchObject({
      state: 'completed',
      signings: [{ artifacts: [{ standing: 'accepted', detached: false }] }],
    })
  })

  it('known by phone alone is proven by the word of Sign.Me, which stands with the report', async () => {
    const { body } = await signme.send({ user: 'anna', identifiers: {} })
    await signme.until(body.id, isOpen())
    await signme.act((await signme.lastRequest()).id, 'sign', { user: 'anna' })
    const done = await signme.until(body.id, isEnded)
    expect(done.state).toBe('completed')
    const [artifact] = await muhr.sql<{ verdict: object }>(
      'select verdict from artifacts where envelope_id = $1',
      [body.id],
    )
    expect(artifact?.verdict).toMatchObject({ identity: 'match', vouched: true })
  })

  it('known by phone alone is refused before it leaves where the connection trusts no contact', async () => {
    const connection = await signme.connect({ trustsContact: false })
    const before = await signme.count()
    const refused = await signme.send({ user: 'anna', identifiers: {}, connection })
    expect(refused.status).toBe(422)
    expect(JSON.stringify(refused.body)).toContain('signme.contact-proves-nothing')
    expect(await signme.count()).toBe(before)
  })

  it('to two signers in order asks the second, over the same bytes, after the first was verified', async () => {
    const before = await signme.count()
    const { body } = await signme.send(
      { user: 'zoya', method: 'COMPANY', identifiers: { inn: companyInn } },
      { user: 'anna' },
    )
    await signme.until(body.id, isOpen(0))
    await signme.turn(2)
    expect(await signme.count()).toBe(before + 1)
    const first = await signme.lastRequest()
    await signme.act(first.id, 'sign', { user: 'zoya' })
    await signme.until(body.id, isOpen(1))
    const second = await signme.lastRequest()
    expect(second.id).not.toBe(first.id)
    expect(second.files[0]?.md5).toBe(first.files[0]?.md5)
    await signme.turn(2, 40_000)
    // The first one's signature stands under the same MD5, and is nobody's here.
    expect((await muhr.api.read(body.id)).signings[1]).toMatchObject({
      state: 'sent',
      artifacts: [],
    })
    await signme.act(second.id, 'sign', { user: 'anna' })
    const done = await signme.until(body.id, isEnded)
    expect(done.state).toBe('completed')
    expect(done.signings.map(({ artifacts }) => artifacts.length)).toEqual([1, 1])
  })

  it('again, of a file that the same person signed before, wants a signature of its own (T15)', async () => {
    const contents = [samplePdf()]
    const first = await signme.sendThese({ contents }, { user: 'anna' })
    await signme.until(first.body.id, isOpen())
    await signme.act((await signme.lastRequest()).id, 'sign', { user: 'anna' })
    await signme.until(first.body.id, isEnded)
    await muhr.passTime(3_600_000)
    const again = await signme.sendThese({ contents }, { user: 'anna' })
    await signme.until(again.body.id, isOpen())
    const request = await signme.lastRequest()
    // Signed by status, and its own container is not there yet: only the one of the hour before.
    await signme.act(request.id, 'sign', { user: 'anna', fault: 'missing' })
    await signme.until(again.body.id, (envelope) => requestOf(envelope)?.attention !== undefined)
    expect(await muhr.api.read(again.body.id)).toMatchObject({
      state: 'sent',
      signings: [
        {
          artifacts: [],
          requests: [{ attention: { kind: 'person', code: 'signme.signed-earlier' } }],
        },
      ],
    })
  })

  it('that is signed under another request over the same file stays open, as Sign.Me says (T16)', async () => {
    const contents = [samplePdf()]
    const first = await signme.sendThese({ contents }, { user: 'anna' })
    await signme.until(first.body.id, isOpen())
    const one = await signme.lastRequest()
    const second = await signme.sendThese({ contents }, { user: 'anna' })
    await signme.until(second.body.id, isOpen())
    await signme.act(one.id, 'sign', { user: 'anna' })
    expect((await signme.until(first.body.id, isEnded)).state).toBe('completed')
    await signme.turn(2, 40_000)
    expect((await muhr.api.read(second.body.id)).state).toBe('sent')
  })

  it('that its signer refuses ends with the comment', async () => {
    const { body } = await signme.send({ user: 'anna' })
    await signme.until(body.id, isOpen())
    const { id } = await signme.lastRequest()
    await signme.act(id, 'reject', { reason: 'Не согласен с ценой' })
    expect(await signme.until(body.id, isEnded)).toMatchObject({
      state: 'declined',
      signings: [{ state: 'declined', reason: 'Не согласен с ценой' }],
    })
  })

  it('survives a wrong password (T21): the second try signs', async () => {
    const { body } = await signme.send({ user: 'anna' })
    await signme.until(body.id, isOpen())
    const { id } = await signme.lastRequest()
    const { phone, password } = signme.userOf('anna')
    const wrong = await signme.act(id, 'sign', { login: phone, password: 'wrong' })
    expect(wrong.errno).toBe(1)
    await signme.turn(2)
    expect((await muhr.api.read(body.id)).state).toBe('sent')
    await signme.act(id, 'sign', { login: phone, password })
    expect((await signme.until(body.id, isEnded)).state).toBe('completed')
  })

  it('to somebody who is not registered is refused in the words of Sign.Me', async () => {
    const { body } = await signme.send({ user: 'darya' })
    expect(await signme.until(body.id, isEnded)).toMatchObject({
      state: 'failed',
      signings: [{ requests: [{ state: 'closed', outcome: 'refused' }] }],
    })
  })

  it('to somebody who is not registered leaves no document there where it is asked before', async () => {
    await signme.control('switches', 'PUT', { newerApi: true })
    const connection = await signme.connect({ precheck: true })
    const before = await signme.count()
    const { body } = await signme.send({ user: 'darya', connection })
    const done = await signme.until(body.id, isEnded)
    await signme.control('switches', 'PUT', { newerApi: false })
    expect(done.state).toBe('failed')
    expect(await signme.count()).toBe(before)
  })

  it('whose browser comes back is looked at, and sent on to our page', async () => {
    const connection = await signme.connect({ returnBy: 'browser' })
    const { body } = await signme.send({ user: 'anna', connection })
    await signme.until(body.id, isOpen())
    const request = await signme.lastRequest()
    const { url } = await signme.control(`requests/${request.id}`)
    expect(url).toMatch(/\/cb\/signme\/[\w-]{22,}\/back$/)
    await signme.act(request.id, 'sign', { user: 'anna' })
    const back = await fetch(`${url}?signed=true`, { redirect: 'manual' })
    expect(back.status).toBe(303)
    expect(back.headers.get('location')).toBe((await muhr.api.read(body.id)).signings[0]?.signerUrl)
    expect((await signme.until(body.id, isEnded)).state).toBe('completed')
  })

  it('that is voided is taken back, and nobody can sign it any more', async () => {
    const { body } = await signme.send({ user: 'anna' })
    await signme.until(body.id, isOpen())
    await muhr.api.call(`/v1/envelopes/${body.id}/void`, {
      method: 'POST',
      json: { reason: 'wrong price' },
    })
    await signme.until(body.id, (envelope) => requestOf(envelope)?.state === 'closed')
    expect(requestOf(await muhr.api.read(body.id))?.outcome).toBe('cancelled')
    expect((await signme.lastRequest()).status).toBe(2)
  })

  it('that is signed before it is voided keeps the signature as late evidence (T18)', async () => {
    await signme.outcome({ push: 'lost' })
    const { body } = await signme.send({ user: 'anna' })
    await signme.until(body.id, isOpen())
    const { id } = await signme.lastRequest()
    await signme.act(id, 'sign', { user: 'anna' })
    await muhr.api.call(`/v1/envelopes/${body.id}/void`, {
      method: 'POST',
      json: { reason: 'wrong price' },
    })
    const late = await signme.until(body.id, ({ signings }) => signings[0]?.artifacts.length === 1)
    expect(late).toMatchObject({
      state: 'voided',
      signings: [{ state: 'voided', artifacts: [{ standing: 'late' }] }],
    })
    expect((await signme.lastRequest()).status).toBe(1)
  })

  it('that is fresh is found among many that are due for longer: its sending is a hint', async () => {
    const [old, fresh] = [await signme.send({}), await signme.send({})]
    const [oldRequest, freshRequest] = await Promise.all(
      [old, fresh].map(async ({ body }) => requestOf(await signme.until(body.id, isOpen()))?.id),
    )
    const now = instantOf(muhr.server.app.now())
    const [row] = await muhr.sql<{ connection_id: string }>(
      `update request_looks set due_at = $2::timestamptz - interval '1 day',
        hinted_at = $2::timestamptz - interval '1 day'
        where request_id = $1 returning connection_id`,
      [oldRequest, now],
    )
    await muhr.sql('update request_looks set due_at = $2 where request_id = $1', [
      freshRequest,
      now,
    ])
    const open = openRequestsOf(muhr.server.app.db, row?.connection_id ?? '')
    const longest = await open.due(now, 1)
    expect(longest).toMatchObject([{ id: oldRequest, dueAt: instantAfter(now, -86_400_000) }])
    const hinted = await open.due(now, 100, { hintedSince: instantAfter(now, -60_000) })
    expect(hinted.map(({ id }) => id)).toContain(freshRequest)
    expect(hinted.map(({ id }) => id)).not.toContain(oldRequest)
  })
})
