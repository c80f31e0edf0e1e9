import { beforeAll, describe, expect, it } from 'vitest'
import { policies, type VerificationPolicy } from '../policy/index.ts'
import { extension, extKeyUsageOid } from '../x509/index.ts'
import { isUnder, judgeCertificatePolicies, judgeKeyUsage } from './judge-purpose.ts'
import { createSampleFacts, linesOf, type SampleFacts } from './testing/sample-facts.ts'
import { issue, type TestCertificateSpec } from './testing/test-pki.ts'

let sample: SampleFacts
beforeAll(async () => {
  sample = await createSampleFacts()
})

const basic = policies['etsi-basic']
const certificateOf = async (spec: Partial<TestCertificateSpec>) =>
  (await issue({ commonName: 'TEST PURPOSE', key: sample.pki.signer.key, ...spec })).certificate

describe('key usage', () => {
  const judge = async (
    spec: Partial<TestCertificateSpec>,
    {
      country = 'KZ',
      ...rules
    }: { country?: 'KZ' | 'RU' | null } & Partial<VerificationPolicy> = {},
  ) => {
    const certificate = await certificateOf(spec)
    const { identity } = sample.signer
    const owner = identity === undefined || country === null ? undefined : { ...identity, country }
    return linesOf(
      judgeKeyUsage({ ...sample.signer, certificate, identity: owner }, { ...basic, ...rules }),
    )
  }
  const needs = (...usages: readonly string[]) => [
    `key-usage failed CHAIN_CONSTRAINTS_FAILURE key-usage-needs ${usages.join(' ')}`,
  ]

  it('is by the country of the signer: one of those that its policy names', async () => {
    const signing = { keyUsages: ['digitalSignature'] } as const
    expect(await judge(signing)).toEqual(needs('nonRepudiation'))
    expect(await judge(signing, { country: 'RU' })).toEqual(['key-usage passed'])
    expect(await judge(signing, { country: null })).toEqual(['key-usage passed'])
    expect(await judge({ keyUsages: ['nonRepudiation'] })).toEqual(['key-usage passed'])
    expect(await judge({ keyUsages: ['keyAgreement'] }, { country: 'RU' })).toEqual(
      needs('nonRepudiation', 'digitalSignature'),
    )
  })

  it('that is not stated passes where the policy accepts that', async () => {
    expect(await judge({ keyUsages: [] })).toEqual(['key-usage passed'])
    expect(await judge({ keyUsages: [] }, { allowAbsentKeyUsage: false })).toEqual([
      'key-usage failed CHAIN_CONSTRAINTS_FAILURE key-usage-absent',
    ])
  })

  it('of a service, and of nothing else, signs no documents', async () => {
    const foreign = ['key-usage failed CHAIN_CONSTRAINTS_FAILURE key-purpose-foreign']
    const { serverAuth, timeStamping, ocspSigning, emailProtection } = extKeyUsageOid
    for (const oid of [serverAuth, timeStamping, ocspSigning]) {
      expect(await judge({ extKeyUsages: [oid] })).toEqual(foreign)
      expect(await judge({ extKeyUsages: [oid, emailProtection] })).toEqual(['key-usage passed'])
    }
    expect(await judge({ extKeyUsages: [serverAuth, ocspSigning], keyUsages: [] })).toEqual(foreign)
    expect(await judge({ extKeyUsages: [emailProtection] })).toEqual(['key-usage passed'])
  })

  it('is not asked without a certificate', () => {
    expect(judgeKeyUsage({ ...sample.signer, certificate: undefined }, basic)).toEqual([])
  })
})

describe('certificate policies', () => {
  const rule = (requirement: 'required' | 'if-available') => ({
    ...basic,
    certificatePolicies: { KZ: { requirement, oids: ['1.2.398.', '2.5'] }, other: null },
  })
  const judge = async (oids: readonly string[], requirement: 'required' | 'if-available') => {
    const moreExtensions =
      oids.length === 0 ? [] : [extension.certificatePolicies(oids.map((oid) => ({ oid })))]
    const certificate = await certificateOf({ moreExtensions })
    return linesOf(judgeCertificatePolicies({ ...sample.signer, certificate }, rule(requirement)))
  }

  it('that the rules name, one of them, pass; others alone fail', async () => {
    for (const requirement of ['required', 'if-available'] as const) {
      expect(await judge(['1.2.398.3'], requirement)).toEqual(['certificate-policies passed'])
      expect(await judge(['1.1.1', '2.5'], requirement)).toEqual(['certificate-policies passed'])
      expect(await judge(['1.2.3981.3'], requirement)).toEqual([
        'certificate-policies failed CHAIN_CONSTRAINTS_FAILURE certificate-policies-foreign',
      ])
    }
  })

  it('that are not stated leave the signature open where they are required', async () => {
    expect(await judge([], 'if-available')).toEqual([])
    expect(await judge([], 'required')).toEqual([
      'certificate-policies indeterminate CHAIN_CONSTRAINTS_FAILURE certificate-policies-absent',
    ])
  })

  it('are not looked at for other countries, nor without a certificate', () => {
    const { signer } = sample
    expect(judgeCertificatePolicies(signer, basic)).toEqual([])
    const nobody = { ...signer, identity: undefined }
    expect(judgeCertificatePolicies(nobody, rule('required'))).toEqual([])
    const unknown = { ...signer, certificate: undefined }
    expect(judgeCertificatePolicies(unknown, rule('required'))).toEqual([])
  })
})

describe('an arc', () => {
  it('ends in a dot and covers what is below it; an OID covers itself', () => {
    expect(isUnder('1.2.398.3', ['1.2.398.'])).toBe(true)
    expect(isUnder('1.2.398', ['1.2.398.'])).toBe(false)
    expect(isUnder('1.2.3989', ['1.2.398.'])).toBe(false)
    expect(isUnder('1.2.398.3', ['1.2.398'])).toBe(false)
    expect(isUnder('1.2.398', ['2.5', '1.2.398'])).toBe(true)
    expect(isUnder('1.2.398', [])).toBe(false)
  })
})
