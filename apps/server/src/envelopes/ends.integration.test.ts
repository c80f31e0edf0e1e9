import { request as httpRequest } from 'node:http'
import { checkInvariants } from '@muhr/envelope'
import { readBundle } from '@muhr/evidence'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { EnvelopeBody } from '../http/schemas/envelope-schemas.ts'
import { sweepOwed } from '../jobs/sweep-owed.ts'
import {
  api1Of,
  codeOf,
  type HeldPut,
  recipientOf,
  samplePdf,
  sendPut,
  signWithoutSending,
  startTestInstallation,
  type TestInstallation,
  wishFor,
} from '../testing/index.ts'
import { loadAggregate } from './load-aggregate.ts'

describe('an envelope ends', () => {
  let muhr: TestInstallation

  beforeAll(async () => {
    muhr = await startTestInstallation()
  })
  afterAll(() => muhr?.stop())

  /** Clocks of earlier tests have moved on: a deadline is counted from the server's own. */
  const inMs = (ms: number) => new Date(muhr.server.app.now().getTime() + ms).toISOString()

  async function open(
    wish: {
      readonly deadline?: string
      readonly persons?: 1 | 2
      readonly groups?: readonly number[]
    } = {},
  ): Promise<EnvelopeBody> {
    const { body } = await muhr.api.upload(samplePdf())
    const groups = wish.groups ?? [1, 1]
    const created = await muhr.api.create({
      ...wishFor(muhr.ready, [body.id]),
      ...(wish.deadline === undefined ? {} : { deadline: wish.deadline }),
      recipients: [
        recipientOf(muhr.ready, { orderGroup: groups[0] ?? 1 }),
        recipientOf(muhr.ready, { account: 'second', orderGroup: groups[1] ?? 1 }),
      ].slice(0, wish.persons ?? 1),
    })
    expect(created.status, JSON.stringify(created.body)).toBe(201)

    return created.body
  }

  const post = <Body = EnvelopeBody & { code: string; fields?: readonly { code: string }[] }>(
    path: string,
    json?: object,
  ) => muhr.api.call<Body>(path, { method: 'POST', ...(json === undefined ? {} : { json }) })

  const signerPath = (envelope: EnvelopeBody, index = 0) =>
    (envelope.signings[index]?.signerUrl ?? '').replace(muhr.server.url, '')

  const eventsOf = async (id: string) =>
    (
      await muhr.api.call<{ items: { type: string; actor: { kind: string } }[] }>(
        `/v1/envelopes/${id}/events`,
      )
    ).body.items

  const soundly = async (id: string) => {
    const aggregate = await loadAggregate(muhr.server.app.db, { envelope: id })
    expect(aggregate === undefined ? ['gone'] : checkInvariants(aggregate)).toEqual([])
  }

  describe('by its deadline', () => {
    it('whether or not its tick came: all that is open expires, and takes no signature more', async () => {
      const sent = await open({ deadline: inMs(120_000) })
      const put = await signWithoutSending(muhr.ready, codeOf(sent), { algorithm: 'rsa-2048' })
      expect(sent.signings[0]?.requests[0]?.window?.expiresAt).toBe(sent.deadline)
      await muhr.passTime(120_001)
      expect((await sendPut(put)).status).toBe(410)
      await sweepOwed(muhr.server.app)
      const ended = await muhr.api.until(sent.id, ({ state }) => state === 'expired')
      expect(ended).toMatchObject({
        state: 'expired',
        endedAt: expect.any(String),
        signings: [{ state: 'expired', requests: [{ state: 'closed' }], artifacts: [] }],
      })
      expect((await fetch(api1Of(codeOf(sent)))).status).toBe(410)
      expect((await post(`/v1/signings/${ended.signings[0]?.id}/renew`)).body.code).toBe(
        'signing.state',
      )
      const evidence = await muhr.api.call(`/v1/envelopes/${sent.id}/evidence`)
      expect(evidence).toMatchObject({ status: 409, body: { code: 'evidence.not-ready' } })
      await soundly(sent.id)
    })

    it('keeps what was signed before it, as evidence', async () => {
      const sent = await open({ deadline: inMs(120_000), persons: 2 })
      await muhr.phone.act(codeOf(sent), { algorithm: 'rsa-2048' })
      await muhr.passTime(120_001)
      await sweepOwed(muhr.server.app)
      const ended = await muhr.api.until(sent.id, ({ state }) => state === 'expired')
      expect(ended.signings.map(({ state }) => state)).toEqual(['signed', 'expired'])
      await expect
        .poll(() =>
          muhr.sql('select timestamp_sha256 from evidence where envelope_id = $1', [sent.id]),
        )
        .toEqual([{ timestamp_sha256: expect.any(String) }])
      const bundle = await muhr.api.call<Buffer>(`/v1/envelopes/${sent.id}/evidence`)
      const manifest = JSON.parse(
        Buffer.from(readBundle(bundle.body).get('manifest.json') ?? []).toString('utf8'),
      )
      expect(manifest.envelope.state).toBe('expired')
      expect(manifest.signatures).toHaveLength(1)
      await soundly(sent.id)
    })

    it('is not sent after it, though it lay as a draft until then', async () => {
      const { body } = await muhr.api.upload(samplePdf())
      const draft = await muhr.api.create({
        ...wishFor(muhr.ready, [body.id]),
        deadline: inMs(60_000),
        send: false,
      })
      await muhr.passTime(60_001)
      const answer = await post(`/v1/envelopes/${draft.body.id}/send`)
      expect(answer).toMatchObject({
        status: 409,
        body: { code: 'envelope.state', fields: [{ code: 'envelope.deadline-passed' }] },
      })
    })
  })

  describe('by its sender', () => {
    it('for a reason that is kept; a second time changes nothing', async () => {
      const sent = await open({ persons: 2, groups: [1, 2] })
      expect((await post(`/v1/envelopes/${sent.id}/void`, {})).status).toBe(400)
      expect((await post(`/v1/envelopes/${sent.id}/void`, { reason: ' ' })).body.code).toBe(
        'request.invalid',
      )
      const voided = await post(`/v1/envelopes/${sent.id}/void`, { reason: 'қате баға' })
      expect(voided.body).toMatchObject({
        state: 'voided',
        reason: 'қате баға',
        signings: [{ state: 'voided' }, { state: 'voided' }],
      })
      const again = await post(`/v1/envelopes/${sent.id}/void`, { reason: 'басқа' })
      expect(again.body).toEqual(voided.body)
      expect((await post(`/v1/envelopes/${sent.id}/send`)).body.code).toBe('envelope.state')
      await soundly(sent.id)
    })

    it('but not when it was completed', async () => {
      const sent = await open()
      await muhr.phone.act(codeOf(sent), { algorithm: 'rsa-2048' })
      const answer = await post(`/v1/envelopes/${sent.id}/void`, { reason: 'x' })
      expect(answer).toMatchObject({
        status: 409,
        body: { code: 'envelope.state', fields: [{ code: 'envelope.ended' }] },
      })
    })

    it('while a signature is on its way: it is kept as late evidence, and completes nothing', async () => {
      const sent = await open()
      const put = await signWithoutSending(muhr.ready, codeOf(sent), { algorithm: 'rsa-2048' })
      const looked = vi.spyOn(muhr.server.app.hashes, 'callback')
      const { finish, answer } = sendInHalves(put)
      // The call has found its request, which is open, and waits for the other half.
      await expect.poll(() => looked.mock.calls.length).toBeGreaterThan(0)
      await post(`/v1/envelopes/${sent.id}/void`, { reason: 'x' })
      finish()
      expect(await answer).toBe(410)
      const after = await muhr.api.until(
        sent.id,
        ({ signings }) => signings[0]?.artifacts[0]?.indication !== undefined,
      )
      expect(after.state).toBe('voided')
      expect(after.signings[0]).toMatchObject({
        state: 'voided',
        artifacts: [{ standing: 'late', indication: 'TOTAL-PASSED' }],
      })
      await expect
        .poll(() =>
          muhr.sql('select timestamp_sha256 from evidence where envelope_id = $1', [sent.id]),
        )
        .toEqual([{ timestamp_sha256: expect.any(String) }])
      const bundle = await muhr.api.call<Buffer>(`/v1/envelopes/${sent.id}/evidence`)
      const manifest = JSON.parse(
        Buffer.from(readBundle(bundle.body).get('manifest.json') ?? []).toString('utf8'),
      )
      expect(manifest).toMatchObject({
        envelope: { state: 'voided' },
        signatures: [{ standing: 'late' }],
      })
      await soundly(sent.id)
    })
  })

  describe('by a signer, on their page', () => {
    it('who declines for a reason; the sender reads it, the others are stopped', async () => {
      const sent = await open({ persons: 2 })
      await muhr.phone.act(codeOf(sent, 1), { account: 'second', algorithm: 'rsa-2048' })
      const declined = await post<{ state: string; reason: string }>(
        `${signerPath(sent)}/api/decline`,
        { reason: 'Баға дұрыс емес' },
      )
      expect(declined).toMatchObject({
        status: 200,
        body: { state: 'declined', reason: 'Баға дұрыс емес', envelopeState: 'declined' },
      })
      const after = await muhr.api.read(sent.id)
      expect(after).toMatchObject({ state: 'declined', reason: 'Баға дұрыс емес' })
      expect(after.signings.map(({ state }) => state)).toEqual(['declined', 'signed'])
      expect(
        (await eventsOf(sent.id)).find(({ type }) => type === 'signing.declined')?.actor.kind,
      ).toBe('signer')
      expect((await fetch(api1Of(codeOf(sent)))).status).toBe(410)
      const again = await post(`${signerPath(sent)}/api/decline`, {})
      expect(again.status).toBe(200)
      expect((await muhr.api.read(sent.id)).version).toBe(after.version)
      // Who had signed keeps their own signature.
      expect((await muhr.api.call(`${signerPath(sent, 1)}/api/signature/0`)).status).toBe(200)
      await soundly(sent.id)
    })

    it('who has signed and can no longer decline', async () => {
      const sent = await open()
      await muhr.phone.act(codeOf(sent), { algorithm: 'rsa-2048' })
      const answer = await post(`${signerPath(sent)}/api/decline`, { reason: 'x' })
      expect(answer).toMatchObject({ status: 409, body: { code: 'signing.state' } })
    })

    it('whose link is not known: nothing is said of anybody', async () => {
      for (const path of ['view', 'stream', 'documents/0', 'signature/0']) {
        expect(await muhr.api.call(`/s/${'x'.repeat(24)}/api/${path}`)).toMatchObject({
          status: 404,
          body: { code: 'request.not-found' },
        })
      }
      for (const path of ['renew', 'decline']) {
        expect((await post(`/s/${'x'.repeat(24)}/api/${path}`, {})).status).toBe(404)
      }
    })
  })

  describe('not by an expired code: a signer asks for a new one', () => {
    it('on their page, and signs over it', async () => {
      const sent = await open()
      await muhr.passTime(301_000)
      await sweepOwed(muhr.server.app)
      await muhr.api.until(
        sent.id,
        ({ signings }) => signings[0]?.requests[0]?.outcome === 'expired',
      )
      const view = await muhr.api.call<{ state: string; request: { presentation?: object } }>(
        `${signerPath(sent)}/api/view`,
      )
      expect(view.body).toMatchObject({ state: 'sent', request: { state: 'closed' } })
      expect(view.body.request.presentation).toBeUndefined()
      expect((await post(`${signerPath(sent)}/api/renew`)).status).toBe(200)
      const open2 = await muhr.api.until(
        sent.id,
        ({ signings }) => signings[0]?.requests.some(({ state }) => state === 'open') === true,
      )
      const fresh = open2.signings[0]?.requests.find(({ state }) => state === 'open')
      expect(fresh?.round).toBe(2)
      const result = await muhr.phone.act(fresh?.presentation?.qr ?? '', { algorithm: 'rsa-2048' })
      expect(result.outcome?.kind).toBe('accepted')
      expect((await muhr.api.read(sent.id)).state).toBe('completed')
      await soundly(sent.id)
    })

    it('asked for by many taps at once, there is one open code', async () => {
      const sent = await open()
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => post(`${signerPath(sent)}/api/renew`)),
      )
      for (const { status } of answers) {
        expect([200, 409]).toContain(status)
      }
      const after = await muhr.api.until(
        sent.id,
        ({ signings }) => signings[0]?.requests.some(({ state }) => state === 'open') === true,
      )
      expect(after.signings[0]?.requests.filter(({ state }) => state === 'open')).toHaveLength(1)
      await soundly(sent.id)
    })

    it('but not before their turn', async () => {
      const sent = await open({ persons: 2, groups: [1, 2] })
      const answer = await post(`${signerPath(sent, 1)}/api/renew`)
      expect(answer).toMatchObject({ status: 409, body: { code: 'signing.state' } })
    })
  })

  it('as failed when no way to sign is left, with the reason', async () => {
    const { body } = await muhr.api.upload(samplePdf())
    const draft = await muhr.api.create({ ...wishFor(muhr.ready, [body.id]), send: false })
    await muhr.sql(`update connections set settings = settings || '{"linkLifeSeconds":-1}'`)
    await post(`/v1/envelopes/${draft.body.id}/send`)
    const failed = await muhr.api.until(draft.body.id, ({ state }) => state === 'failed')
    expect(failed.signings[0]?.state).toBe('failed')
    const event = (
      await muhr.api.call<{ items: { type: string; data: { code?: string } }[] }>(
        `/v1/envelopes/${draft.body.id}/events`,
      )
    ).body.items.find(({ type }) => type === 'signing.failed')
    expect(event?.data.code).toBe('connection-unusable')
    await muhr.sql(`update connections set settings = settings - 'linkLifeSeconds'`)
    await soundly(draft.body.id)
  })
})

/** Sends the first half of a PUT at once, and the rest when told. */
function sendInHalves(put: HeldPut) {
  const { promise: answer, resolve, reject } = Promise.withResolvers<number | undefined>()
  const half = Math.floor(put.body.length / 2)
  const request = httpRequest(
    put.url,
    { method: 'PUT', headers: { ...put.headers, 'content-length': put.body.length } },
    (response) => {
      response.resume()
      resolve(response.statusCode)
    },
  )
  request.on('error', reject)
  request.write(put.body.subarray(0, half))

  return { answer, finish: () => request.end(put.body.subarray(half)) }
}
