import { beforeAll, describe, expect, it } from 'vitest'
import { algorithmOid, schemeById } from '../keys/index.ts'
import { policies } from '../policy/index.ts'
import type { Certificate } from '../x509/index.ts'
import { judgeAlgorithms, judgeCurves, judgeKey } from './judge-algorithms.ts'
import { gostKey } from './testing/gost-key.ts'
import { createSampleFacts, linesOf, type SampleFacts } from './testing/sample-facts.ts'
import { issue } from './testing/test-pki.ts'
import type { SignerFacts } from './types.ts'

let sample: SampleFacts
let signer: SignerFacts
beforeAll(async () => {
  sample = await createSampleFacts()
  signer = sample.signer
})

const basic = policies['etsi-basic']
const check = (changed: Partial<SignerFacts['check']>): SignerFacts => ({
  ...signer,
  check: { ...signer.check, ...changed },
})

describe('the algorithm of a signature', () => {
  it('passes where the policy lists it, and fails where not', () => {
    expect(linesOf(judgeAlgorithms(signer, basic))).toEqual(['algorithms passed'])
    const policy = { ...basic, signerSchemes: basic.infrastructureSchemes.slice(0, 3) }
    expect(linesOf(judgeAlgorithms(signer, policy))).toEqual([
      'algorithms failed CRYPTO_CONSTRAINTS_FAILURE algorithm-weak rsa-sha256',
    ])
  })

  it('that is superseded passes with a word', () => {
    expect(linesOf(judgeAlgorithms(check({ scheme: schemeById('kz-2004') }), basic))).toEqual([
      'algorithms passed warning.algorithm-legacy kz-2004',
    ])
  })

  it('fails with an RSA key below the bits of the policy', () => {
    expect(linesOf(judgeAlgorithms(signer, { ...basic, minRsaBits: 2049 }))).toEqual([
      'algorithms failed CRYPTO_CONSTRAINTS_FAILURE key-too-short 2048',
    ])
    expect(linesOf(judgeAlgorithms(signer, { ...basic, minRsaBits: 2048 }))).toEqual([
      'algorithms passed',
    ])
  })

  it('asks no bits of a key that has none', async () => {
    const { certificate } = await issue({ commonName: 'TEST GOST', kind: 'kz-2015-512' })
    const gost = { ...check({ scheme: schemeById('kz-2015-512') }), certificate }
    expect(linesOf(judgeAlgorithms(gost, { ...basic, minRsaBits: 99_999 }))).toEqual([
      'algorithms passed',
    ])
  })

  it('that has ended fails when a time-stamp proves that it was used later, else is open', () => {
    const at = new Date('2020-01-01T00:00:00Z')
    const policy = { ...basic, schemesUntil: { 'rsa-sha256': at.toISOString() } }
    const judge = (ms: number, referenceSource: SignerFacts['referenceSource']) =>
      linesOf(
        judgeAlgorithms(
          { ...signer, referenceTime: new Date(at.getTime() + ms), referenceSource },
          policy,
        ),
      )
    expect(judge(-1, 'time-stamp')).toEqual(['algorithms passed'])
    expect(judge(0, 'time-stamp')).toEqual([
      'algorithms failed CRYPTO_CONSTRAINTS_FAILURE algorithm-ended rsa-sha256',
    ])
    expect(judge(0, 'validation-time')).toEqual([
      'algorithms indeterminate CRYPTO_CONSTRAINTS_FAILURE_NO_POE algorithm-ended rsa-sha256',
    ])
  })

  it('is not asked where it, or the certificate, is not known', () => {
    expect(judgeAlgorithms(check({ scheme: undefined }), basic)).toEqual([])
    expect(judgeAlgorithms({ ...signer, certificate: undefined }, basic)).toEqual([])
  })
})

describe('the key of a signature that does not hold', () => {
  it('is named when no signature of it can hold', async () => {
    const { certificate } = await issue({ commonName: 'TEST GOST', kind: 'kz-2015-512' })
    const { key } = certificate.spki
    if (key.type !== 'gost') {
      throw new Error('Not a GOST key.')
    }
    const point = key.point.map((octet, index) => (index === 0 ? octet ^ 1 : octet))
    const off: Certificate = {
      ...certificate,
      spki: { ...certificate.spki, key: { ...key, point } },
    }
    const scheme = schemeById('kz-2015-512')
    const judge = (facts: Partial<SignerFacts['check']>, of = off) =>
      linesOf(judgeKey({ ...check({ scheme, ...facts }), certificate: of }))
    expect(judge({ signature: 'invalid' })).toEqual([
      'algorithms failed SIG_CRYPTO_FAILURE key.not-on-curve',
    ])
    expect(judge({ signature: 'valid' })).toEqual([])
    expect(judge({ signature: 'unchecked' })).toEqual([])
    expect(judge({ signature: 'invalid' }, certificate)).toEqual([])
  })

  it('is not looked at for its size, nor where certificate or algorithm are not known', () => {
    const invalid = check({ signature: 'invalid' })
    expect(judgeKey(invalid)).toEqual([])
    expect(judgeKey({ ...invalid, certificate: undefined })).toEqual([])
    expect(judgeKey(check({ signature: 'invalid', scheme: undefined }))).toEqual([])
  })
})

describe('the curve of a key', () => {
  const set = algorithmOid.uzParameterSet2
  const certificateOf = async (curve: 'cryptopro-B' | 'cryptopro-C') => {
    const key = gostKey({ scheme: 'uz-1092-2', parameters: [set], curve, seed: 3 })
    const { certificate } = await issue({ commonName: 'TEST UZ', key })
    return certificate
  }

  it('other than its set names is open, unless the policy lists the set; each set is told once', async () => {
    const certificate = await certificateOf('cryptopro-C')
    const chain = [certificate, sample.pki.root.certificate, certificate]
    expect(linesOf(judgeCurves('certificate-path', chain, basic))).toEqual([
      `certificate-path indeterminate CRYPTO_CONSTRAINTS_FAILURE curve-by-point ${set} cryptopro-C`,
    ])
    const listing = { ...basic, parameterSetsByPoint: [set] }
    expect(linesOf(judgeCurves('time-stamp', chain, listing))).toEqual([
      `time-stamp passed warning.curve-by-point ${set} cryptopro-C`,
    ])
  })

  it('that its set names, or of a country that has no such sets, is not told of', async () => {
    const kazakh = await issue({ commonName: 'TEST KZ', kind: 'kz-2015-512' })
    const chain = [await certificateOf('cryptopro-B'), kazakh.certificate]
    expect(judgeCurves('curve-by-point', chain, basic)).toEqual([])
    expect(judgeCurves('curve-by-point', [], basic)).toEqual([])
  })
})
