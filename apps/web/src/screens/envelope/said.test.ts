import { describe, expect, it } from 'vitest'
import type { ArtifactView, JournalEvent, RequestView, Signing } from '../../api/types.ts'
import { isVouched, provenOf, saidOf } from './said.ts'

const artifact = (patch: Partial<ArtifactView> = {}): ArtifactView => ({
  id: 'art_1',
  sha256: 'aa',
  document: 'doc_1',
  standing: 'accepted',
  receivedAt: '2026-11-30T10:00:00Z',
  indication: 'TOTAL-PASSED',
  format: 'CMS',
  detached: true,
  ...patch,
})
const request = (patch: Partial<RequestView> = {}): RequestView => ({
  id: 'req_1',
  provider: 'signme',
  method: 'PERSON',
  state: 'open',
  round: 1,
  ...patch,
})
const signing = (patch: Partial<Signing> = {}): Signing => ({
  id: 'sgn_1',
  state: 'sent',
  since: '2026-11-30T10:00:00Z',
  orderGroup: 1,
  round: 1,
  recipient: { id: 'rcp_1', name: 'Тестов', locale: 'ru', identifiersMasked: {} },
  methods: [{ provider: 'signme', method: 'PERSON' }],
  requests: [request()],
  artifacts: [],
  ...patch,
})
const heard = (signingId: string): JournalEvent => ({
  seq: 1,
  at: '2026-11-30T10:00:00Z',
  type: 'request.observed',
  actor: { kind: 'provider' },
  signingId,
  data: { observation: 'said-signed' },
  hash: 'aa',
})

describe('what a service says beside what was verified', () => {
  it('is nothing while nothing was said and nothing came', () => {
    expect(saidOf(signing(), [])).toBeUndefined()
    expect(provenOf(signing())).toEqual({ kind: 'none' })
  })

  it('its "signed" fills no seal: only the report of an own check does', () => {
    expect(saidOf(signing(), [heard('sgn_1')])).toBe('signed')
    expect(provenOf(signing({ state: 'received' }))).toEqual({ kind: 'none' })
    expect(provenOf(signing({ artifacts: [artifact({ standing: 'pending' })] }))).toEqual({
      kind: 'seal',
      seal: 'received',
    })
    expect(provenOf(signing({ artifacts: [artifact()] }))).toEqual({ kind: 'seal', seal: 'passed' })
  })

  it('a signature that was refused stands beside "signed" as another one', () => {
    const wrong = signing({ artifacts: [artifact({ standing: 'refused' })] })

    expect(saidOf(wrong, [heard('sgn_1')])).toBe('signed')
    expect(provenOf(wrong)).toEqual({ kind: 'seal', seal: 'mismatch' })
  })

  it('what was said of another signing is not said of this one', () => {
    expect(saidOf(signing(), [heard('sgn_2')])).toBeUndefined()
  })

  it('a rejection and a deleted file are told as such, and no signature will come', () => {
    const declined = signing({
      state: 'declined',
      requests: [request({ state: 'closed', outcome: 'declined' })],
    })

    expect(saidOf(declined, [])).toBe('declined')
    expect(provenOf(declined)).toEqual({ kind: 'never' })
    expect(saidOf(signing({ state: 'failed', reason: 'signme.deleted' }), [])).toBe('deleted')
  })

  it('somebody is vouched for only by a signature that counts', () => {
    expect(isVouched(signing({ artifacts: [artifact({ vouched: true })] }))).toBe(true)
    expect(isVouched(signing({ artifacts: [artifact()] }))).toBe(false)
    expect(
      isVouched(signing({ artifacts: [artifact({ vouched: true, standing: 'refused' })] })),
    ).toBe(false)
  })
})
