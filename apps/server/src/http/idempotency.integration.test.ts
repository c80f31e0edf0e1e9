import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiKey } from '../auth/api-keys.ts'
import { scopes } from '../auth/roles.ts'
import { availableEngines } from '../database/testing/index.ts'
import {
  createRestClient,
  type RestClient,
  recipientOf,
  samplePdf,
  startTestInstallation,
  type TestInstallation,
  wishFor,
} from '../testing/index.ts'
import type { EnvelopeBody } from './schemas/envelope-schemas.ts'

describe.each(availableEngines())('an Idempotency-Key, on %s PostgreSQL', (engine) => {
  let muhr: TestInstallation
  let document: string

  beforeAll(async () => {
    muhr = await startTestInstallation({ engine })
    document = (await muhr.api.upload(samplePdf())).body.id
  })
  afterAll(() => muhr?.stop())

  const count = async (table: 'envelopes' | 'documents' | 'idempotency_keys') =>
    (await muhr.sql<{ count: number }>(`select count(*)::int as count from ${table}`))[0]?.count ??
    0
  const wish = (title = 'Үлгі шарт') => ({ ...wishFor(muhr.ready, [document]), title })
  const withKey = (key: string) => ({ 'idempotency-key': key })

  it('repeated gives the same answer, and makes nothing again', async () => {
    const key = randomUUID()
    const first = await muhr.api.create(wish(), withKey(key))
    const before = await count('envelopes')
    const again = await muhr.api.create(wish(), withKey(key))
    expect(first.headers.get('idempotent-replayed')).toBeNull()
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(again.status).toBe(201)
    expect(again.body).toEqual(first.body)
    expect(await count('envelopes')).toBe(before)
  })

  it('with another body is 422, and makes nothing', async () => {
    const key = randomUUID()
    await muhr.api.create(wish(), withKey(key))
    const before = await count('envelopes')
    const other = await muhr.api.create(wish('Басқа шарт'), withKey(key))
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency.mismatch' } })
    expect(await count('envelopes')).toBe(before)
  })

  it('of many requests at once makes one envelope: the others conflict or get its answer', async () => {
    const key = randomUUID()
    const before = await count('envelopes')
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => muhr.api.create(wish(), withKey(key))),
    )
    expect(await count('envelopes')).toBe(before + 1)
    const made = answers.filter(({ status }) => status === 201)
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(1)
    for (const { status, body } of answers) {
      expect(status === 201 || body.code === 'idempotency.in-flight').toBe(true)
    }
    expect((await muhr.api.create(wish(), withKey(key))).status).toBe(201)
  })

  it('of two processes at once makes one envelope, whose answer both give', async () => {
    const second = await muhr.startSecond()
    for (let round = 0; round < 5; round += 1) {
      const key = randomUUID()
      const before = await count('envelopes')
      const answers = await Promise.all([
        muhr.api.create(wish(), withKey(key)),
        second.api.create(wish(), withKey(key)),
      ])
      expect(answers.map(({ status }) => status)).toEqual([201, 201])
      expect(answers[0]?.body).toEqual(answers[1]?.body)
      expect(await count('envelopes')).toBe(before + 1)
      const other = await second.api.create(wish('Басқа шарт'), withKey(key))
      expect(other.body.code).toBe('idempotency.mismatch')
    }
  })

  it('that is still running is a conflict that says so', async () => {
    const key = randomUUID()
    const socket = connect(muhr.config.port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write(
      [
        'POST /v1/documents?fileName=slow.pdf HTTP/1.1',
        `host: 127.0.0.1:${muhr.config.port}`,
        `authorization: Bearer ${muhr.access.apiKey}`,
        `idempotency-key: ${key}`,
        'content-length: 200',
        '',
        '%PDF-1.4',
      ].join('\r\n'),
    )
    await expect.poll(() => muhr.server.app.inFlight.size).toBe(1)
    const second = await muhr.api.upload(samplePdf(), {
      fileName: 'slow.pdf',
      headers: withKey(key),
    })
    expect(second).toMatchObject({ status: 409, body: { code: 'idempotency.in-flight' } })
    socket.destroy()
    await expect.poll(() => muhr.server.app.inFlight.size).toBe(0)
    const third = await muhr.api.upload(samplePdf(), {
      fileName: 'slow.pdf',
      headers: withKey(key),
    })
    expect(third.status).toBe(201)
  })

  it('of a refused request may be used again: nothing had happened', async () => {
    const key = randomUUID()
    const refused = await muhr.api.create({ ...wish(), recipients: [] }, withKey(key))
    expect(refused.status).toBe(400)
    const late = await muhr.api.create(
      { ...wish(), deadline: '2020-01-01T00:00:00Z' },
      withKey(key),
    )
    expect(late.status).toBe(422)
    expect((await muhr.api.create(wish(), withKey(key))).status).toBe(201)
  })

  it('stands or falls with its effect: they are one transaction', async () => {
    const key = randomUUID()
    const { body } = await muhr.api.create(wish(), withKey(key))
    const [row] = await muhr.sql(
      `select e.xmin = k.xmin and k.xmin = v.xmin as together
        from envelopes e, idempotency_keys k, events v
        where e.id = $1 and k.key = $2 and v.envelope_id = e.id and v.seq = 1`,
      [body.id, key],
    )
    expect(row).toEqual({ together: true })
  })

  it('outlives a crash between the effect and its answer: the repeat gives the answer', async () => {
    const key = randomUUID()
    const before = await count('envelopes')
    const text = JSON.stringify(wish())
    const socket = connect(muhr.config.port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write(
      [
        'POST /v1/envelopes HTTP/1.1',
        `host: 127.0.0.1:${muhr.config.port}`,
        `authorization: Bearer ${muhr.access.apiKey}`,
        'content-type: application/json',
        `idempotency-key: ${key}`,
        `content-length: ${Buffer.byteLength(text)}`,
        '',
        text,
      ].join('\r\n'),
    )
    // The effect has happened, and nobody ever reads the answer.
    await expect.poll(() => count('envelopes'), { timeout: 20_000 }).toBe(before + 1)
    socket.destroy()
    await expect.poll(() => muhr.server.app.inFlight.size).toBe(0)
    const repeat = await muhr.api.create(wish(), withKey(key))
    expect(repeat.status).toBe(201)
    expect(repeat.headers.get('idempotent-replayed')).toBe('true')
    expect(await count('envelopes')).toBe(before + 1)
  })

  it('belongs to its caller, its path and its query', async () => {
    const key = randomUUID()
    const first = await muhr.api.create(wish(), withKey(key))
    const other = await otherKey(muhr)
    const second = await other.create(wish(), withKey(key))
    expect(second.status).toBe(201)
    expect(second.body.id).not.toBe(first.body.id)
    const sent = await muhr.api.call(`/v1/envelopes/${first.body.id}/void`, {
      method: 'POST',
      json: { reason: 'x' },
      headers: withKey(key),
    })
    expect(sent.status).toBe(200)

    const bytes = samplePdf()
    const named = await muhr.api.upload(bytes, { fileName: 'a.pdf', headers: withKey(key) })
    expect(named.status).toBe(201)
    const renamed = await muhr.api.upload(bytes, { fileName: 'b.pdf', headers: withKey(key) })
    expect(renamed).toMatchObject({ status: 422, body: { code: 'idempotency.mismatch' } })
  })

  it('of an upload counts with its bytes, though they are as many', async () => {
    const key = randomUUID()
    const bytes = samplePdf({ bytes: 5000 })
    const first = await muhr.api.upload(bytes, { headers: withKey(key) })
    const before = await count('documents')
    const again = await muhr.api.upload(bytes, { headers: withKey(key) })
    expect(again.body).toEqual(first.body)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    const other = await muhr.api.upload(samplePdf({ bytes: 5000 }), { headers: withKey(key) })
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency.mismatch' } })
    expect(await count('documents')).toBe(before)
  })

  it('serves every change of an envelope: each is made once', async () => {
    const { body } = await muhr.api.create({
      ...wish(),
      recipients: [recipientOf(muhr.ready)],
      send: false,
    })
    const post = (path: string, key: string, json?: object) =>
      muhr.api.call<EnvelopeBody>(path, {
        method: 'POST',
        headers: withKey(key),
        ...(json === undefined ? {} : { json }),
      })
    const [sendKey, renewKey, voidKey] = [randomUUID(), randomUUID(), randomUUID()]
    const sent = await post(`/v1/envelopes/${body.id}/send`, sendKey)
    expect(sent.body.state).toBe('sent')
    const open = await muhr.api.until(body.id, ({ signings }) => signings[0]?.state === 'sent')
    const renew = `/v1/signings/${open.signings[0]?.id}/renew`
    const renewed = await post(renew, renewKey)
    expect(renewed.status).toBe(200)
    await muhr.api.until(body.id, ({ signings }) => signings[0]?.requests.length === 2)
    const again = await post(renew, renewKey)
    expect(again.body).toEqual(renewed.body)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    const voided = await post(`/v1/envelopes/${body.id}/void`, voidKey, { reason: 'x' })
    expect(voided.body.state).toBe('voided')
    // A kept answer tells of its moment, not of what came later.
    expect((await post(`/v1/envelopes/${body.id}/send`, sendKey)).body).toEqual(sent.body)
    expect((await muhr.api.read(body.id)).signings[0]?.requests).toHaveLength(2)
  })

  it('keeps no link that a copy of the database could open', async () => {
    const key = randomUUID()
    const { body } = await muhr.api.create(wish(), withKey(key))
    const link = body.signings[0]?.signerUrl?.split('/').at(-1) ?? ''
    const qr = body.signings[0]?.requests[0]?.presentation?.qr?.split('/').at(-2) ?? ''
    expect(link.length).toBeGreaterThan(20)
    expect(qr.length).toBeGreaterThan(20)
    const rows = await muhr.sql(
      `select t::text as text from idempotency_keys t union all select t::text from signings t
        union all select t::text from requests t union all select t::text from events t`,
    )
    const dump = JSON.stringify(rows)
    expect(dump).not.toContain(link)
    expect(dump).not.toContain(qr)
  })

  it.each([
    ['an empty one', ''],
    ['a space in it', 'a b'],
    ['256 letters', 'x'.repeat(256)],
  ])('is refused with %s', async (_, key) => {
    const answer = await muhr.api.create(wish(), withKey(key))
    expect(answer).toMatchObject({ status: 400, body: { code: 'idempotency.key' } })
  })

  it('is forgotten after a day', async () => {
    const key = randomUUID()
    const first = await muhr.api.create(wish(), withKey(key))
    await muhr.sql(`update idempotency_keys set created_at = now() - interval '25 hours'`)
    const { sweepExpired } = await import('../auth/sessions.ts')
    await sweepExpired(muhr.server.app.db, new Date())
    const second = await muhr.api.create(wish(), withKey(key))
    expect(second.body.id).not.toBe(first.body.id)
  })
})

async function otherKey(muhr: TestInstallation): Promise<RestClient> {
  const { app } = muhr.server
  const [row] = await muhr.sql<{ id: string }>('select id from organisations limit 1')
  const key = await createApiKey(app.db, {
    id: app.ids.own('api-key'),
    organisationId: row?.id ?? '',
    name: 'other',
    scopes,
  })

  return createRestClient(muhr.server.url, { authorization: `Bearer ${key}` })
}
