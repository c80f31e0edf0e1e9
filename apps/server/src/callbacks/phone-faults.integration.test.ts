import { refusals } from '@muhr/egov-mobile'
import { checkInvariants } from '@muhr/envelope'
import { type FaultMode, faultModes } from '@muhr/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadAggregate } from '../envelopes/load-aggregate.ts'
import type { EnvelopeBody } from '../http/schemas/envelope-schemas.ts'
import {
  codeOf,
  openOwnPhone,
  recipientOf,
  samplePdf,
  startTestInstallation,
  type TestInstallation,
} from '../testing/index.ts'

type Refusal = keyof typeof refusals

type Expected = {
  /** What the app is told: a refusal in the signer's language, or an HTTP status without a text. */
  readonly told: Refusal | 'nothing'
  readonly state: EnvelopeBody['signings'][number]['state']
  /** What a person is shown; absent when there is nothing to look at. */
  readonly attention?: { readonly kind: string; readonly code: string }
  readonly algorithm?: 'rsa-2048'
  readonly documents?: number
}

/**
 * Every fault that signs nothing, and what the spec wants of it (kz-egov-mobile §5, §7, §12–16; design §4):
 * a refused signature leaves the signing where it is, one that cannot be decided holds it, and in both
 * cases the link stays open.
 */
const refused: Partial<Record<FaultMode, Expected>> = {
  cancel: { told: 'signature-missing', state: 'viewed' },
  'wrong-token': { told: 'unauthenticated', state: 'viewed' },
  'changed-id': {
    told: 'documents-changed',
    state: 'viewed',
    attention: { kind: 'format', code: 'documents-changed' },
  },
  'swapped-documents': {
    told: 'other-content',
    state: 'received',
    documents: 2,
    attention: { kind: 'content', code: 'HASH_FAILURE' },
  },
  'other-bytes': {
    told: 'other-content',
    state: 'received',
    attention: { kind: 'content', code: 'HASH_FAILURE' },
  },
  'wrong-byte-order': {
    told: 'signature-invalid',
    state: 'received',
    attention: { kind: 'verifier', code: 'SIG_CRYPTO_FAILURE' },
  },
  'foreign-ca': { told: 'certificate-untrusted', state: 'held' },
  'expired-certificate': {
    told: 'certificate-expired',
    state: 'received',
    attention: { kind: 'verifier', code: 'EXPIRED' },
  },
  'revoked-certificate': {
    told: 'certificate-revoked',
    state: 'received',
    attention: { kind: 'verifier', code: 'REVOKED' },
  },
  'auth-certificate': {
    told: 'certificate-purpose',
    state: 'received',
    algorithm: 'rsa-2048',
    attention: { kind: 'verifier', code: 'CHAIN_CONSTRAINTS_FAILURE' },
  },
  'other-person': {
    told: 'other-person',
    state: 'received',
    attention: { kind: 'person', code: 'identity-mismatch' },
  },
  'missing-timestamp': { told: 'timestamp-missing', state: 'held' },
  // A token over something else is no time-stamp of this signature: the container is malformed.
  'timestamp-over-content': {
    told: 'signature-unreadable',
    state: 'received',
    attention: { kind: 'verifier', code: 'FORMAT_FAILURE' },
  },
  'truncated-body': { told: 'malformed-body', state: 'viewed' },
  'dropped-connection': { told: 'nothing', state: 'viewed' },
  'lower-case-fields': { told: 'malformed-body', state: 'viewed' },
}

/** Those that sign in the end: once, whatever the phone repeats. */
const accepted: Partial<Record<FaultMode, readonly number[]>> = {
  'double-put': [200, 200],
  'double-put-at-once': [200, 200],
  'double-put-changed': [200, 409],
  'slow-put': [200],
}

describe('a phone that errs', () => {
  let muhr: TestInstallation

  beforeAll(async () => {
    muhr = await startTestInstallation()
  })
  afterAll(() => muhr?.stop())

  async function open(documents = 1): Promise<EnvelopeBody> {
    const ids = await Promise.all(
      Array.from({ length: documents }, async () => (await muhr.api.upload(samplePdf())).body.id),
    )
    const { body } = await muhr.api.create({
      title: 'Үлгі шарт',
      documents: ids.map((id) => ({ id })),
      recipients: [
        recipientOf(muhr.ready),
        recipientOf(muhr.ready, { account: 'second', orderGroup: 2 }),
      ],
      send: true,
    })

    return body
  }

  const soundly = async (id: string) => {
    const aggregate = await loadAggregate(muhr.server.app.db, { envelope: id })
    expect(aggregate === undefined ? ['gone'] : checkInvariants(aggregate)).toEqual([])
  }

  it('is simulated in every way there is but those that eGov does not sign by', () => {
    const elsewhere: readonly FaultMode[] = ['cancel-with-status', 'object-instead-of-string']
    expect([...Object.keys(refused), ...Object.keys(accepted), ...elsewhere].toSorted()).toEqual(
      faultModes.toSorted(),
    )
  })

  it.each(Object.entries(refused))(
    'by %s is refused, completes nothing, and may sign rightly over the same link',
    async (fault, expected) => {
      const { algorithm, documents, told, state, attention } = expected
      const sent = await open(documents)
      const code = codeOf(sent)
      const result = await muhr.phone.act(code, {
        language: 'kk',
        ...(fault === 'cancel'
          ? { action: 'cancel', mode: 'without-status' }
          : { fault, algorithm: algorithm ?? 'kz-2015-512' }),
      })
      expect(result.outcome?.answers).toMatchObject(
        told === 'nothing'
          ? []
          : [{ status: refusals[told].status, message: refusals[told].text.kk }],
      )
      const after = await muhr.api.read(sent.id)
      expect(after.state).toBe('sent')
      expect(after.signings[0]).toMatchObject({ state, requests: [{ state: 'open' }] })
      const shown = after.signings[0]?.requests[0]?.attention
      expect(shown && { kind: shown.kind, code: shown.code }).toEqual(attention)
      expect(after.display.attention).toBe(
        attention === undefined ? (state === 'held' ? 'held' : null) : 'mismatch',
      )
      expect(after.signings[1]?.state).toBe('waiting')
      expect(codeOf(after)).toBe(code)
      await soundly(sent.id)

      const right = await muhr.phone.act(code, { algorithm: 'rsa-2048' })
      expect(right.outcome).toMatchObject({ kind: 'accepted', answers: [{ status: 200 }] })
      const signed = await muhr.api.until(
        sent.id,
        ({ signings }) => signings[0]?.state === 'signed' && signings[1]?.state === 'sent',
      )
      expect(signed.display.attention).toBeNull()
      const last = await muhr.phone.act(codeOf(signed, 1), {
        account: 'second',
        algorithm: 'rsa-2048',
      })
      expect(last.outcome?.kind).toBe('accepted')
      expect((await muhr.api.read(sent.id)).state).toBe('completed')
      await soundly(sent.id)
    },
  )

  it.each(Object.entries(accepted))('by %s signs once and counts once', async (fault, statuses) => {
    const sent = await open()
    const phone = await openOwnPhone(muhr.ready, { algorithm: 'rsa-2048' })
    await phone.scan(codeOf(sent))
    const outcome = await phone.sign({ fault: fault as FaultMode })
    expect(outcome.answers.map(({ status }) => status)).toEqual(statuses)
    const after = await muhr.api.until(sent.id, ({ signings }) => signings[1]?.state === 'sent')
    expect(after.state).toBe('sent')
    expect(after.signings[0]).toMatchObject({ state: 'signed' })
    expect(
      after.signings[0]?.artifacts.filter(({ standing }) => standing === 'accepted'),
    ).toHaveLength(1)
    await soundly(sent.id)
  })

  it('by declining with a status ends the envelope as declined', async () => {
    const sent = await open()
    const result = await muhr.phone.act(codeOf(sent), { action: 'cancel', mode: 'with-status' })
    expect(result.outcome).toMatchObject({
      answers: [{ status: 200, message: 'canceled' }],
    })
    const after = await muhr.api.read(sent.id)
    expect(after.state).toBe('declined')
    expect(after.signings.map(({ state }) => state)).toEqual(['declined', 'voided'])
    const again = await muhr.phone.act(codeOf(sent))
    expect(again).toMatchObject({ status: 400, code: 'http.status' })
    await soundly(sent.id)
  })
})
