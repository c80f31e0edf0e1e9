import { beforeAll, describe, expect, it } from 'vitest'
import { policies } from '../policy/index.ts'
import { judgeRevocation } from './judge-revocation.ts'
import { createSampleFacts, linesOf, type SampleFacts } from './testing/sample-facts.ts'
import type { RevocationFact } from './types.ts'

let sample: SampleFacts
beforeAll(async () => {
  sample = await createSampleFacts()
})

type Changed = Partial<RevocationFact>

/** Of the leaf, then of its authority; both good where nothing is changed. */
const judge = (
  [leafFact, authorityFact]: readonly [Changed, Changed?],
  {
    required = false,
    signingTime,
    leaf = 'signer',
  }: {
    readonly required?: boolean
    readonly signingTime?: Date
    readonly leaf?: 'signer' | 'timeStampAuthority'
  } = {},
): readonly string[] => {
  const { path } = sample.signer
  if (path === undefined) {
    throw new Error('The sample has no path.')
  }
  const good = { status: 'good', source: 'crl', problems: [] } as const
  const revocation = [leafFact, authorityFact ?? {}].map((changed, index) => ({
    certificate: path.result.chain[index] ?? sample.pki.root.certificate,
    ...good,
    ...changed,
  }))
  const policy = policies['etsi-basic']
  const none = policy.revocation
  const only = {
    signer: { ...none, signer: 'required' },
    timeStampAuthority: { ...none, timeStampAuthority: 'required' },
  } as const
  return linesOf(
    judgeRevocation('revocation', {
      path: { ...path, revocation },
      leaf,
      policy: { ...policy, revocation: required ? only[leaf] : none },
      signingTime,
    }),
  )
}

describe('revocation', () => {
  const revokedAt = new Date('2026-01-20T00:00:00Z')
  const later = new Date(revokedAt.getTime() + 1)
  const earlier = new Date(revokedAt.getTime() - 1)

  it('known to be none passes, in one word for the whole path', () => {
    expect(judge([{}])).toEqual(['revocation passed'])
  })

  it('of the signer fails when he signed later by his own word, at that moment too', () => {
    const revoked = { status: 'revoked', revokedAt } as const
    const failed = ['revocation failed REVOKED certificate-revoked']
    const open = ['revocation failed REVOKED_NO_POE certificate-revoked']
    expect(judge([revoked], { signingTime: later })).toEqual(failed)
    expect(judge([revoked], { signingTime: revokedAt })).toEqual(failed)
    expect(judge([revoked], { signingTime: earlier })).toEqual(open)
    expect(judge([revoked])).toEqual(open)
    expect(judge([{ status: 'revoked' }], { signingTime: later })).toEqual(open)
  })

  it('of an authority is not of the signer, whatever he says', () => {
    expect(judge([{}, { status: 'revoked', revokedAt }], { signingTime: later })).toEqual([
      'revocation failed REVOKED_CA_NO_POE authority-revoked',
    ])
  })

  it('that may end, or of which the responder knows nothing, leaves it open', () => {
    for (const status of ['on-hold', 'unknown'] as const) {
      expect(judge([{ status }, { status }])).toEqual([
        `revocation indeterminate TRY_LATER certificate-${status}`,
        `revocation indeterminate TRY_LATER authority-${status}`,
      ])
    }
  })

  it('without data passes with a word where it is not required, each problem told once', () => {
    const problems = ['ocsp.stale', 'crl.stale', 'ocsp.stale']
    const unavailable = { status: 'unavailable', source: 'none', problems } as const
    expect(judge([unavailable, { ...unavailable, problems: [] }])).toEqual([
      'revocation passed certificate-revocation-unavailable ocsp.stale crl.stale',
      'revocation passed authority-revocation-unavailable',
    ])
  })

  it('without data leaves it open where it is required, of the leaf and of authorities apart', () => {
    const unavailable = { status: 'unavailable', source: 'none' } as const
    const open = ['revocation indeterminate TRY_LATER certificate-revocation-unavailable']
    expect(judge([unavailable], { required: true })).toEqual(open)
    expect(judge([unavailable], { required: true, leaf: 'timeStampAuthority' })).toEqual(open)
    expect(judge([{}, unavailable], { required: true })).toEqual([
      'revocation passed authority-revocation-unavailable',
    ])
  })

  it('is not asked without a path, nor where the signer is the anchor', () => {
    const policy = policies['kz-500']
    const ask = (path: Parameters<typeof judgeRevocation>[1]['path']) =>
      judgeRevocation('revocation', { path, leaf: 'signer', policy })
    expect(ask(undefined)).toEqual([])
    const { path } = sample.signer
    expect(ask(path === undefined ? path : { ...path, revocation: [] })).toEqual([])
  })
})
