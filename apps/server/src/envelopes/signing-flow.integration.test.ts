import { createHash } from 'node:crypto'
import { checkForward, checkInvariants, type EnvelopeAggregate } from '@muhr/envelope'
import { readBundle } from '@muhr/evidence'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { availableEngines } from '../database/testing/index.ts'
import type { EnvelopeBody } from '../http/schemas/envelope-schemas.ts'
import {
  api1Of,
  codeOf,
  openEvents,
  recipientOf,
  samplePdf,
  startTestInstallation,
  type TestInstallation,
  wishFor,
} from '../testing/index.ts'
import { loadAggregate } from './load-aggregate.ts'

describe.each(availableEngines())('from upload to proof, on %s PostgreSQL', (engine) => {
  let muhr: TestInstallation

  beforeAll(async () => {
    muhr = await startTestInstallation({ engine })
  })
  afterAll(() => muhr?.stop())

  const aggregate = (id: string) => loadAggregate(muhr.server.app.db, { envelope: id })

  it('three documents go to two people one after the other, and are proven', async () => {
    const { api, phone, ready } = muhr
    const { identifiers } = recipientOf(ready)
    const files = [samplePdf({ bytes: 200_000 }), samplePdf(), samplePdf()]
    const documents = []
    for (const [index, file] of files.entries()) {
      const uploaded = await api.upload(file, { fileName: `Акт № ${index + 1}.pdf` })
      expect(uploaded.status).toBe(201)
      expect(uploaded.body.sha256).toBe(createHash('sha256').update(file).digest('hex'))
      documents.push({ id: uploaded.body.id, meta: [{ name: 'Сумма', value: '100' }] })
    }
    const created = await api.create({
      title: 'Үлгі шарт',
      documents,
      recipients: [
        recipientOf(ready, { method: 'CMS_WITH_DATA' }),
        recipientOf(ready, { account: 'second', orderGroup: 2 }),
      ],
      send: true,
    })
    expect(created.status, JSON.stringify(created.body)).toBe(201)
    const { id } = created.body
    expect(created.body.signings.map(({ state }) => state)).toEqual(['sent', 'waiting'])
    expect(created.body.signings[0]?.recipient.identifiersMasked['iin']).toMatch(/^·{8}\d{4}$/)

    const headers = { authorization: `Bearer ${muhr.access.apiKey}` }
    const stream = await openEvents(`${muhr.server.url}/v1/envelopes/${id}/stream`, headers)
    const list = await openEvents(`${muhr.server.url}/v1/envelopes/stream`, headers)
    const signerUrl = created.body.signings[0]?.signerUrl ?? ''
    const signer = await openEvents(`${signerUrl}/api/stream`)
    expect((await stream.next())?.data).toMatchObject({ id, state: 'sent' })
    expect((await signer.next())?.data).toMatchObject({ state: 'sent', title: 'Үлгі шарт' })
    const waiting = (created.body.signings[1]?.signerUrl ?? '').replace(muhr.server.url, '')
    expect((await api.call(`${waiting}/api/view`)).body).toMatchObject({ state: 'not-your-turn' })

    const first = await phone.act(codeOf(created.body), {
      account: 'person',
      algorithm: 'kz-2015-512',
      language: 'kk',
    })
    expect(first.outcome).toMatchObject({ kind: 'accepted', answers: [{ status: 200 }] })
    const between = await api.until(id, ({ signings }) => signings[1]?.state === 'sent')
    expect(between.state).toBe('sent')
    expect(between.documents.map(({ signatures }) => signatures)).toEqual([1, 1, 1])
    const other = await phone.act(codeOf(between, 1), { account: 'second', algorithm: 'rsa-2048' })
    expect(other.outcome).toMatchObject({ kind: 'accepted', answers: [{ status: 200 }] })
    const ended = await api.read(id)
    expect(ended.state).toBe('completed')
    expect(ended.signings.map(({ report }) => report?.indication)).toEqual([
      'TOTAL-PASSED',
      'TOTAL-PASSED',
    ])
    expect(ended.signings[0]?.report?.signer?.iin).toBe(identifiers.iin)
    expect(ended.signings[0]?.report?.timestamp).toMatch(/Z$/)
    expect(ended.signings[0]?.requests[0]?.presentation).toBeUndefined()
    expect(ended.documents.map(({ signatures }) => signatures)).toEqual([2, 2, 2])
    expect(ended.evidence).toMatchObject({ ready: true, proven: 2, of: 2 })
    expect(ended.display).toEqual({ state: 'completed', attention: null })

    // Every version that was shown went forward, and the last one is what is stored.
    const seen: string[] = []
    for (let event = await stream.next(); ; event = await stream.next()) {
      const shown = event?.data as EnvelopeBody
      seen.push(shown.signings[0]?.state ?? '')
      // The time-stamp of the evidence comes after the last version, and may be seen with it.
      expect(event?.id).toBe(`${shown.version}${shown.evidence.timestamped ? 't' : ''}`)
      if (shown.state === 'completed') {
        break
      }
    }
    expect(seen).toContain('viewed')
    expect(seen.at(-1)).toBe('signed')
    const ids: unknown[] = []
    for (let event = await list.next(); ; event = await list.next()) {
      const change = event?.data as { readonly id: string; readonly state: string }
      ids.push(change.id)
      if (change.state === 'completed') {
        break
      }
    }
    expect(new Set(ids)).toEqual(new Set([id]))
    for (let event = await signer.next(); ; event = await signer.next()) {
      const view = event?.data as { readonly state: string; readonly report?: unknown }
      if (view.state === 'signed') {
        expect(view.report).toMatchObject({ indication: 'TOTAL-PASSED' })
        break
      }
    }
    for (const reader of [stream, list, signer]) {
      reader.close()
    }

    const stored = (await aggregate(id)) as EnvelopeAggregate
    expect(checkInvariants(stored)).toEqual([])
    expect(checkForward(stored, stored)).toEqual([])
  })

  it('gives each signature, its report, its events and one evidence, always the same', async () => {
    const { api } = muhr
    const { body: page } = await api.call<{ items: { id: string }[] }>('/v1/envelopes')
    const envelope = await api.read(page.items[0]?.id ?? '')
    const { id } = envelope
    const artifact = envelope.signings[0]?.artifacts[0]
    const container = await api.call<Buffer>(`/v1/artifacts/${artifact?.sha256}`)
    expect(createHash('sha256').update(container.body).digest('hex')).toBe(artifact?.sha256)
    expect(artifact).toMatchObject({ standing: 'accepted', format: 'CMS', detached: false })
    expect(envelope.signings[1]?.artifacts[0]?.detached).toBe(true)

    const report = await api.call<{ report: { signatures: { format: string }[] }; history: [] }>(
      `/v1/signings/${envelope.signings[0]?.id}/report`,
    )
    expect(report.status).toBe(200)
    expect(report.body.report).toMatchObject({ indication: 'TOTAL-PASSED', sandbox: true })
    // Each was judged once, where it came: the net below did not judge it again.
    expect(report.body.history).toHaveLength(3)

    const events = await api.call<{ items: { type: string }[]; chain: object }>(
      `/v1/envelopes/${id}/events`,
    )
    expect(events.body.chain).toEqual({ intact: true })
    const types = events.body.items.map(({ type }) => type)
    expect(types.filter((type) => type === 'artifact.rechecked')).toEqual([])
    expect(types.slice(0, 3)).toEqual(['envelope.created', 'envelope.sent', 'signing.started'])
    expect(types.at(-1)).toBe('envelope.completed')

    await expect
      .poll(() => muhr.sql('select timestamp_sha256 from evidence where envelope_id = $1', [id]))
      .toEqual([{ timestamp_sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }])
    const bundle = await api.call<Buffer>(`/v1/envelopes/${id}/evidence`)
    const again = await api.call<Buffer>(`/v1/envelopes/${id}/evidence`)
    expect(bundle.headers.get('content-type')).toBe('application/zip')
    expect(bundle.body.equals(again.body)).toBe(true)
    expect(await readBundle(bundle.body)).toBeDefined()
  })

  it('resumes each stream after the version that its reader has', async () => {
    const { api } = muhr
    const { body } = await api.upload(samplePdf())
    const { body: created } = await api.create(wishFor(muhr.ready, [body.id]))
    const headers = { authorization: `Bearer ${muhr.access.apiKey}` }
    const url = `${muhr.server.url}/v1/envelopes/${created.id}/stream`
    const current = await openEvents(url, { ...headers, 'last-event-id': String(created.version) })
    const behind = await openEvents(url, { ...headers, 'last-event-id': '1' })
    const signer = await openEvents(`${created.signings[0]?.signerUrl}/api/stream`, {
      'last-event-id': String(created.version),
    })
    expect((await behind.next())?.id).toBe(String(created.version))

    await fetch(api1Of(codeOf(created)))
    for (const reader of [current, behind, signer]) {
      expect((await reader.next())?.id).toBe(String(created.version + 1))
      reader.close()
    }
  })

  it('ends a stream whose key was revoked, instead of telling it more', async () => {
    const { api } = muhr
    const { body } = await api.upload(samplePdf())
    const { body: created } = await api.create(wishFor(muhr.ready, [body.id]))
    const stream = await openEvents(`${muhr.server.url}/v1/envelopes/${created.id}/stream`, {
      authorization: `Bearer ${muhr.access.apiKey}`,
    })
    await muhr.sql('update api_keys set revoked_at = now()')
    const { version } = created
    await fetch(api1Of(codeOf(created)))
    // What had happened before may still be told.
    for (let told = await stream.next(); told !== undefined; told = await stream.next()) {
      expect(Number(told.id)).toBeLessThanOrEqual(version)
    }
    await muhr.sql('update api_keys set revoked_at = null')
  })

  it('takes a draft, shows it to nobody, and sends it once', async () => {
    const { api } = muhr
    const { body } = await api.upload(samplePdf())
    const { body: draft } = await api.create({ ...wishFor(muhr.ready, [body.id]), send: false })
    expect(draft.state).toBe('draft')
    const link = (draft.signings[0]?.signerUrl ?? '').replace(muhr.server.url, '')
    expect((await api.call(`${link}/api/view`)).status).toBe(404)
    const sent = await api.call<EnvelopeBody>(`/v1/envelopes/${draft.id}/send`, { method: 'POST' })
    expect(sent.body.state).toBe('sent')
    const open = await api.until(draft.id, ({ signings }) => signings[0]?.state === 'sent')
    await api.call(`/v1/envelopes/${draft.id}/send`, { method: 'POST' })
    expect((await api.read(draft.id)).version).toBe(open.version)
    expect((await api.call(`${link}/api/view`)).status).toBe(200)
  })
})
