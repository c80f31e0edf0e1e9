import { type BundleFiles, readBundle } from '@muhr/evidence'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { EnvelopeBody } from '../http/schemas/envelope-schemas.ts'
import { sweepOwed } from '../jobs/sweep-owed.ts'
import {
  codeOf,
  logIn,
  type RestClient,
  samplePdf,
  startTestInstallation,
  type TestInstallation,
  wishFor,
} from '../testing/index.ts'

describe('a signature that cannot be decided yet', () => {
  let muhr: TestInstallation
  let owner: RestClient

  beforeAll(async () => {
    muhr = await startTestInstallation()
    const session = await muhr.api.call<{ organisation: { id: string } }>('/v1/session')
    owner = await logIn(muhr, { organisation: session.body.organisation.id, role: 'owner' })
  })
  afterAll(() => muhr?.stop())
  afterEach(async () => {
    await muhr.phone.faults({ ocsp: 'none', tsa: 'none' })
    await muhr.sql(`update connections set settings = settings - 'whenIndeterminate'`)
  })

  async function open(): Promise<EnvelopeBody> {
    const { body } = await muhr.api.upload(samplePdf())

    return (await muhr.api.create(wishFor(muhr.ready, [body.id]))).body
  }

  async function hold(): Promise<EnvelopeBody> {
    const sent = await open()
    await muhr.phone.faults({ ocsp: 'try-later' })
    await muhr.phone.act(codeOf(sent), { algorithm: 'rsa-2048' })
    const held = await muhr.api.read(sent.id)
    expect(held.signings[0]?.state).toBe('held')

    return held
  }

  const recheck = async () => {
    await muhr.passTime(61_000)
    expect(await sweepOwed(muhr.server.app)).toBeGreaterThan(0)
  }

  const bundleOf = async (id: string): Promise<BundleFiles> =>
    readBundle((await muhr.api.call<Buffer>(`/v1/envelopes/${id}/evidence`)).body)

  const manifestOf = (files: BundleFiles) =>
    JSON.parse(Buffer.from(files.get('manifest.json') ?? []).toString('utf8')) as {
      envelope: { state: string }
      signatures: readonly Record<string, unknown>[]
    }

  const accept = (client: RestClient, envelope: EnvelopeBody, reason: string) =>
    client.call<EnvelopeBody & { code: string; fields?: readonly { code: string }[] }>(
      `/v1/signings/${envelope.signings[0]?.id}/accept`,
      { method: 'POST', json: { reason } },
    )

  const typesOf = async (id: string) =>
    (
      await muhr.api.call<{ items: { type: string }[] }>(`/v1/envelopes/${id}/events`)
    ).body.items.map(({ type }) => type)

  it.each(['try-later', 'down', 'unknown', 'stale', 'wrong-nonce'] as const)(
    'while OCSP is %s is held, never valid, and signed by itself when it is well again',
    async (ocsp) => {
      const sent = await open()
      await muhr.phone.faults({ ocsp })
      const result = await muhr.phone.act(codeOf(sent), { algorithm: 'rsa-2048', language: 'en' })
      expect(result.outcome).toMatchObject({
        kind: 'refused',
        answers: [
          {
            status: 403,
            message: 'The signature cannot be checked yet. Repeat in a few minutes.',
          },
        ],
      })
      const held = await muhr.api.read(sent.id)
      expect(held.state).toBe('sent')
      expect(held.signings[0]).toMatchObject({
        state: 'held',
        requests: [{ state: 'open' }],
        artifacts: [{ standing: 'held', indication: 'INDETERMINATE', subIndication: 'TRY_LATER' }],
      })
      expect(held.display).toEqual({ state: 'held', attention: 'held' })
      const list = await muhr.api.call<{
        items: { id: string }[]
        counts: { needsPerson: number }
      }>('/v1/envelopes?state=attention')
      expect(list.body.items.map(({ id }) => id)).toEqual([sent.id])
      expect(list.body.counts.needsPerson).toBe(1)

      await recheck()
      await expect.poll(async () => await typesOf(sent.id)).toContain('artifact.rechecked')
      expect((await muhr.api.read(sent.id)).signings[0]?.state).toBe('held')
      await muhr.phone.faults({ ocsp: 'none' })
      await recheck()
      const done = await muhr.api.until(sent.id, ({ state }) => state === 'completed')
      expect(done.signings[0]?.report).toMatchObject({ indication: 'TOTAL-PASSED' })
      expect(done.signings[0]?.acceptedBy).toBeUndefined()
    },
  )

  it('may be told as taken where the connection says so; it is held all the same', async () => {
    await muhr.sql(
      `update connections set settings = settings || '{"whenIndeterminate":"accept-and-recheck"}'`,
    )
    const sent = await open()
    await muhr.phone.faults({ ocsp: 'down' })
    const result = await muhr.phone.act(codeOf(sent), { algorithm: 'rsa-2048' })
    expect(result.outcome).toMatchObject({ kind: 'accepted', answers: [{ status: 200 }] })
    expect((await muhr.api.read(sent.id)).signings[0]?.state).toBe('held')
  })

  it('is bettered by a second signature over the same link', async () => {
    const held = await hold()
    await muhr.phone.faults({ ocsp: 'none' })
    const result = await muhr.phone.act(codeOf(held), { algorithm: 'kz-2015-512' })
    expect(result.outcome?.kind).toBe('accepted')
    const done = await muhr.api.read(held.id)
    expect(done.state).toBe('completed')
    expect(done.signings[0]?.artifacts.map(({ standing }) => standing)).toEqual([
      'held',
      'accepted',
    ])
    await recheckQuietly(muhr)
    expect((await muhr.api.read(held.id)).signings[0]?.artifacts[0]?.standing).toBe('held')
  })

  describe('may be accepted', () => {
    it('by no key, by no sender, and not without a reason', async () => {
      const held = await hold()
      expect(await accept(muhr.api, held, 'checked by telephone')).toMatchObject({
        status: 403,
        body: { code: 'auth.forbidden' },
      })
      const session = await muhr.api.call<{ organisation: { id: string } }>('/v1/session')
      const organisation = session.body.organisation.id
      const sender = await logIn(muhr, { organisation, role: 'sender' })
      expect((await accept(sender, held, 'x')).body.code).toBe('auth.forbidden')
      expect((await accept(owner, held, '   ')).body).toMatchObject({
        code: 'request.invalid',
        field: 'reason',
      })
      expect((await muhr.api.read(held.id)).version).toBe(held.version)
    })

    it('by an owner by name, which is shown for ever and stands in the evidence', async () => {
      const held = await hold()
      const accepted = await accept(owner, held, 'Телефонмен тексерілді')
      expect(accepted.status).toBe(200)
      const me = await owner.call<{ user: { id: string } }>('/v1/session')
      const by = {
        actor: { kind: 'user', id: me.body.user.id },
        reason: 'Телефонмен тексерілді',
      }
      expect(accepted.body).toMatchObject({
        state: 'completed',
        signings: [{ state: 'signed', acceptedBy: by, artifacts: [{ standing: 'held' }] }],
        documents: [{ signatures: 1 }],
        evidence: { proven: 1, of: 1 },
      })
      expect(accepted.body.signings[0]?.report?.indication).toBe('INDETERMINATE')
      const signer = await fetch(`${held.signings[0]?.signerUrl}/api/view`)
      expect(await signer.json()).toMatchObject({
        state: 'signed',
        report: { indication: 'INDETERMINATE' },
      })
      expect((await fetch(`${held.signings[0]?.signerUrl}/api/signature/0`)).status).toBe(200)

      await expect
        .poll(() => muhr.sql('select 1 from evidence where envelope_id = $1', [held.id]))
        .toHaveLength(1)
      const manifest = manifestOf(await bundleOf(held.id))
      expect(manifest.signatures).toMatchObject([
        {
          standing: 'held',
          indication: 'INDETERMINATE',
          acceptedBy: { actor: me.body.user.id, reason: 'Телефонмен тексерілді' },
        },
      ])
      const before = (await muhr.api.call<Buffer>(`/v1/envelopes/${held.id}/evidence`)).body

      // What is learned later changes neither the state nor what was handed out.
      await muhr.phone.faults({ ocsp: 'none' })
      await recheckQuietly(muhr)
      const after = await muhr.api.read(held.id)
      expect(after.signings[0]).toMatchObject({ acceptedBy: by, artifacts: [{ standing: 'held' }] })
      const again = (await muhr.api.call<Buffer>(`/v1/envelopes/${held.id}/evidence`)).body
      expect(again.equals(before)).toBe(true)
    })

    it('only while it is held', async () => {
      const sent = await open()
      expect(await accept(owner, sent, 'x')).toMatchObject({
        status: 409,
        body: { code: 'signing.state', fields: [{ code: 'signing.not-held' }] },
      })
      await muhr.phone.act(codeOf(sent), { algorithm: 'rsa-2048' })
      expect(await accept(owner, sent, 'x')).toMatchObject({
        status: 409,
        body: { fields: [{ code: 'signing.ended' }] },
      })
    })
  })

  it('is completed without its time-stamp when the service is away, and stamped when it is back', async () => {
    const held = await hold()
    await muhr.phone.faults({ ocsp: 'none', tsa: 'rejected' })
    await recheck()
    await muhr.api.until(held.id, ({ state }) => state === 'completed')
    const evidence = () =>
      muhr.sql<{ timestamp_sha256: string | null }>(
        'select timestamp_sha256 from evidence where envelope_id = $1',
        [held.id],
      )
    await expect.poll(evidence).toEqual([{ timestamp_sha256: null }])
    const without = await bundleOf(held.id)
    expect(without.has('timestamps/manifest.tst')).toBe(false)

    await muhr.phone.faults({ tsa: 'none' })
    await muhr.passTime(61_000)
    await sweepOwed(muhr.server.app)
    await expect
      .poll(evidence)
      .toEqual([{ timestamp_sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }])
    const stamped = await bundleOf(held.id)
    expect(stamped.has('timestamps/manifest.tst')).toBe(true)
    expect(manifestOf(stamped)).toEqual(manifestOf(without))
    await sweepOwed(muhr.server.app)
    expect((await bundleOf(held.id)).get('timestamps/manifest.tst')).toEqual(
      stamped.get('timestamps/manifest.tst'),
    )
  })

  it('does not take a time-stamp over something else for one', async () => {
    const held = await hold()
    await muhr.phone.faults({ ocsp: 'none', tsa: 'wrong-imprint' })
    await recheck()
    await muhr.api.until(held.id, ({ state }) => state === 'completed')
    await expect
      .poll(() =>
        muhr.sql('select timestamp_sha256 from evidence where envelope_id = $1', [held.id]),
      )
      .toEqual([{ timestamp_sha256: null }])
  })
})

/** Everything that is due is done once more; nothing need come of it. */
async function recheckQuietly(muhr: TestInstallation): Promise<void> {
  await muhr.passTime(61_000)
  await sweepOwed(muhr.server.app)
  await expect
    .poll(() =>
      muhr.sql(
        `select 1 from pgboss.job where state in ('created','active') and start_after <= now()`,
      ),
    )
    .toEqual([])
}
