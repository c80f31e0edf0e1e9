import { describe, expect, it } from 'vitest'
import { parseCrl } from '../revocation/parse-crl.ts'
import { fixtureCertificate, listFixtures, readFixture } from '../test-support/fixtures.ts'
import { checkPathRevocation } from './check-path-revocation.ts'
import { findPath } from './find-path.ts'
import type { PathResult, PolicyInputs } from './types.ts'

/** NIST PKITS: certificates of 2001 to 2011, RSA-1024 with SHA-1. */
const folder = 'crypto/pkits'
const requirements = {
  at: new Date('2005-01-01T00:00:00Z'),
  allowedSchemes: ['rsa-sha1', 'rsa-sha256', 'dsa-sha1'],
  minRsaBits: 1024,
} as const

const files = listFixtures(`${folder}/certs`)
const certificates = new Map(
  files.map((file) => [file.replace(/\.crt$/, ''), fixtureCertificate(`${folder}/certs/${file}`)]),
)
const crls = listFixtures(`${folder}/crls`).map((file) =>
  parseCrl(readFixture(`${folder}/crls/${file}`)),
)
const anchors = [certificates.get('TrustAnchorRootCertificate')].filter(
  (anchor) => anchor !== undefined,
)
const intermediates = [...certificates]
  .filter(([name]) => !/Test\d+EE$/.test(name))
  .map(([, certificate]) => certificate)

/** `valid`, or the first code: of the path, then of revocation from the leaf up. */
const outcomeOf = (path: PathResult): string => {
  if (path.status === 'invalid') {
    return path.code
  }
  const { chain } = path
  for (const { fact } of checkPathRevocation({
    chain,
    certificates: intermediates,
    crls,
    requirements,
  })) {
    const status = fact?.status === 'unusable' ? fact.code : fact?.status
    if (status !== 'good') {
      return status ?? 'no-list'
    }
  }
  return 'valid'
}

/** What each test named Invalid… must be refused for, outside the policy sections. */
const refusals: Readonly<Record<string, string>> = {
  InvalidBadCRLSignatureTest4EE: 'signature-invalid',
  InvalidBasicSelfIssuedCRLSigningKeyTest7EE: 'revoked',
  InvalidBasicSelfIssuedCRLSigningKeyTest8EE: 'not-a-ca',
  InvalidBasicSelfIssuedNewWithOldTest5EE: 'revoked',
  InvalidBasicSelfIssuedOldWithNewTest2EE: 'revoked',
  InvalidCASignatureTest2EE: 'signature-invalid',
  InvalidCAnotAfterDateTest5EE: 'expired',
  InvalidCAnotBeforeDateTest1EE: 'not-yet-valid',
  InvalidDSASignatureTest6EE: 'signature-invalid',
  InvalidEESignatureTest3EE: 'signature-invalid',
  InvalidEEnotAfterDateTest6EE: 'expired',
  InvalidEEnotBeforeDateTest2EE: 'not-yet-valid',
  InvalidLongSerialNumberTest18EE: 'revoked',
  InvalidMissingCRLTest1EE: 'issuer-mismatch',
  InvalidMissingbasicConstraintsTest1EE: 'not-a-ca',
  InvalidNameChainingOrderTest2EE: 'name-chaining',
  InvalidNameChainingTest1EE: 'name-chaining',
  InvalidNegativeSerialNumberTest15EE: 'revoked',
  InvalidOldCRLnextUpdateTest11EE: 'stale',
  InvalidRevokedCATest2EE: 'revoked',
  InvalidRevokedEETest3EE: 'revoked',
  InvalidSelfIssuedpathLenConstraintTest16EE: 'path-length-exceeded',
  InvalidSeparateCertificateandCRLKeysTest20EE: 'revoked',
  InvalidSeparateCertificateandCRLKeysTest21EE: 'signature-invalid',
  InvalidUnknownCRLEntryExtensionTest8EE: 'unknown-critical-extension',
  InvalidUnknownCRLExtensionTest9EE: 'unknown-critical-extension',
  InvalidUnknownCRLExtensionTest10EE: 'unknown-critical-extension',
  InvalidUnknownCriticalCertificateExtensionTest2EE: 'unknown-critical-extension',
  InvalidWrongCRLTest6EE: 'issuer-mismatch',
  InvalidcAFalseTest2EE: 'not-a-ca',
  InvalidcAFalseTest3EE: 'not-a-ca',
  InvalidkeyUsageCriticalcRLSignFalseTest4EE: 'no-crl-sign',
  InvalidkeyUsageCriticalkeyCertSignFalseTest1EE: 'no-key-cert-sign',
  InvalidkeyUsageNotCriticalcRLSignFalseTest5EE: 'no-crl-sign',
  InvalidkeyUsageNotCriticalkeyCertSignFalseTest2EE: 'no-key-cert-sign',
  InvalidpathLenConstraintTest5EE: 'path-length-exceeded',
  InvalidpathLenConstraintTest6EE: 'path-length-exceeded',
  InvalidpathLenConstraintTest9EE: 'path-length-exceeded',
  InvalidpathLenConstraintTest10EE: 'path-length-exceeded',
  InvalidpathLenConstraintTest11EE: 'path-length-exceeded',
  InvalidpathLenConstraintTest12EE: 'path-length-exceeded',
  Invalidpre2000CRLnextUpdateTest12EE: 'stale',
  Invalidpre2000UTCEEnotAfterDateTest7EE: 'expired',
}

const isPolicyTest = (name: string): boolean => /Polic/.test(name)

/** NIST test policy n. */
const policy = (n: number): string => `2.16.840.1.101.3.2.1.48.${n}`
const explicit: PolicyInputs = { requireExplicitPolicy: true }
const only = (...numbers: readonly number[]): PolicyInputs => ({
  initialPolicySet: numbers.map(policy),
})

/** Sections 4.8 to 4.12: inputs and outcome as the document of PKITS states them. */
const policyTests: readonly (readonly [name: string, inputs: PolicyInputs, outcome: string])[] = [
  ['ValidCertificatePathTest1EE', explicit, 'valid'],
  ['ValidCertificatePathTest1EE', { ...explicit, ...only(1) }, 'valid'],
  ['ValidCertificatePathTest1EE', { ...explicit, ...only(2) }, 'policy-required'],
  ['ValidCertificatePathTest1EE', { ...explicit, ...only(1, 2) }, 'valid'],
  ['AllCertificatesNoPoliciesTest2EE', {}, 'valid'],
  ['AllCertificatesNoPoliciesTest2EE', explicit, 'policy-required'],
  ['DifferentPoliciesTest3EE', {}, 'valid'],
  ['DifferentPoliciesTest3EE', explicit, 'policy-required'],
  ['DifferentPoliciesTest3EE', { ...explicit, ...only(1, 2) }, 'policy-required'],
  ['DifferentPoliciesTest4EE', {}, 'policy-required'],
  ['DifferentPoliciesTest5EE', {}, 'policy-required'],
  ['OverlappingPoliciesTest6EE', {}, 'valid'],
  ['OverlappingPoliciesTest6EE', only(1), 'valid'],
  ['OverlappingPoliciesTest6EE', only(2), 'policy-required'],
  ['DifferentPoliciesTest7EE', {}, 'policy-required'],
  ['DifferentPoliciesTest8EE', {}, 'policy-required'],
  ['DifferentPoliciesTest9EE', {}, 'policy-required'],
  ['AllCertificatesSamePoliciesTest10EE', {}, 'valid'],
  ['AllCertificatesSamePoliciesTest10EE', only(1), 'valid'],
  ['AllCertificatesSamePoliciesTest10EE', only(2), 'valid'],
  ['AllCertificatesanyPolicyTest11EE', {}, 'valid'],
  ['AllCertificatesanyPolicyTest11EE', only(1), 'valid'],
  ['DifferentPoliciesTest12EE', {}, 'policy-required'],
  ['AllCertificatesSamePoliciesTest13EE', only(1), 'valid'],
  ['AllCertificatesSamePoliciesTest13EE', only(2), 'valid'],
  ['AllCertificatesSamePoliciesTest13EE', only(3), 'valid'],
  ['AnyPolicyTest14EE', only(1), 'valid'],
  ['AnyPolicyTest14EE', only(2), 'policy-required'],
  ['UserNoticeQualifierTest15EE', {}, 'valid'],
  ['UserNoticeQualifierTest16EE', {}, 'valid'],
  ['UserNoticeQualifierTest17EE', {}, 'valid'],
  ['UserNoticeQualifierTest18EE', only(1), 'valid'],
  ['UserNoticeQualifierTest18EE', only(2), 'valid'],
  ['UserNoticeQualifierTest19EE', {}, 'valid'],
  ['CPSPointerQualifierTest20EE', { ...explicit, ...only(1) }, 'valid'],
  ['ValidPolicyMappingTest1EE', only(1), 'valid'],
  ['ValidPolicyMappingTest1EE', only(2), 'policy-required'],
  ['ValidPolicyMappingTest1EE', { inhibitPolicyMapping: true }, 'policy-required'],
  ['InvalidPolicyMappingTest2EE', {}, 'policy-required'],
  ['InvalidPolicyMappingTest2EE', { inhibitPolicyMapping: true }, 'policy-required'],
  ['ValidPolicyMappingTest3EE', only(1), 'policy-required'],
  ['ValidPolicyMappingTest3EE', only(2), 'valid'],
  ['InvalidPolicyMappingTest4EE', {}, 'policy-required'],
  ['ValidPolicyMappingTest5EE', only(1), 'valid'],
  ['ValidPolicyMappingTest5EE', only(6), 'policy-required'],
  ['ValidPolicyMappingTest6EE', only(1), 'valid'],
  ['ValidPolicyMappingTest6EE', only(6), 'policy-required'],
  ['InvalidMappingFromanyPolicyTest7EE', {}, 'policy-mapping-invalid'],
  ['InvalidMappingToanyPolicyTest8EE', {}, 'policy-mapping-invalid'],
  ['ValidPolicyMappingTest9EE', {}, 'valid'],
  ['InvalidPolicyMappingTest10EE', {}, 'policy-required'],
  ['ValidPolicyMappingTest11EE', {}, 'valid'],
  ['ValidPolicyMappingTest12EE', only(1), 'valid'],
  ['ValidPolicyMappingTest12EE', only(2), 'valid'],
  ['ValidPolicyMappingTest13EE', {}, 'valid'],
  ['ValidPolicyMappingTest14EE', {}, 'valid'],
  ['inhibitAnyPolicyTest3EE', {}, 'valid'],
  ['inhibitAnyPolicyTest3EE', { inhibitAnyPolicy: true }, 'policy-required'],
]

const named = (prefix: string): readonly string[] =>
  [...certificates.keys()].filter((name) => name.startsWith(prefix) && /Test\d+EE$/.test(name))
const pathOf = (name: string, policies: PolicyInputs): PathResult | undefined => {
  const certificate = certificates.get(name)
  return certificate === undefined
    ? undefined
    : findPath({ certificate, anchors, intermediates }, { ...requirements, policies })
}

const judge = (name: string, policies: PolicyInputs = {}): string => {
  const path = pathOf(name, policies)
  return path === undefined ? 'no such certificate' : outcomeOf(path)
}

describe.skipIf(files.length === 0)('PKITS', () => {
  it('has a refusal in our table for every Invalid test outside the policy sections', () => {
    expect(
      named('Invalid')
        .filter((name) => !isPolicyTest(name))
        .toSorted(),
    ).toEqual(Object.keys(refusals).toSorted())
  })

  it.each(Object.entries(refusals))('%s: %s', (name, code) => {
    expect(judge(name)).toBe(code)
  })

  it.each(named('Valid').filter((name) => !isPolicyTest(name)))('%s: valid', (name) => {
    expect(judge(name)).toBe('valid')
  })

  it.each(named('Valid').filter(isPolicyTest))('%s, any policy: valid', (name) => {
    expect(judge(name)).toBe('valid')
  })

  it.each(named('Invalid').filter(isPolicyTest))('%s, any policy: refused', (name) => {
    expect(judge(name)).toMatch(/^policy-/)
  })

  it.each(policyTests)('%s with %j: %s', (name, inputs, outcome) => {
    expect(judge(name, inputs)).toBe(outcome)
  })

  it('has every test of the policy sections in our tables', () => {
    const rest = [...certificates.keys()].filter(
      (name) => /Test\d+EE$/.test(name) && !/^(Valid|Invalid)/.test(name),
    )
    expect(rest.filter((name) => !policyTests.some(([tested]) => tested === name))).toEqual([])
  })

  it.each([
    ['UserNoticeQualifierTest15EE', {}, [policy(1)]],
    ['UserNoticeQualifierTest16EE', {}, [policy(1)]],
    ['CPSPointerQualifierTest20EE', { ...explicit, ...only(1) }, [policy(1)]],
  ] as const)('%s carries its qualifier to the caller', (name, inputs, policies) => {
    const { user = [] } = pathOf(name, inputs)?.policies ?? {}
    expect(user.map(({ oid }) => oid)).toEqual(policies)
    expect(user.flatMap(({ qualifiers }) => qualifiers)).toHaveLength(1)
  })
})
