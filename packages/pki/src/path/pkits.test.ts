import { describe, expect, it } from 'vitest'
import { checkCrls } from '../revocation/check-crl.ts'
import { parseCrl } from '../revocation/parse-crl.ts'
import { fixtureCertificate, listFixtures, readFixture } from '../test-support/fixtures.ts'
import { matchNames } from '../x509/match-names.ts'
import type { Certificate } from '../x509/parse-certificate.ts'
import { findPath } from './find-path.ts'

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

/** Other keys of an issuer's name on a valid path. */
const namesakes = (issuer: Certificate): readonly Certificate[] =>
  intermediates.filter(
    (candidate) =>
      candidate.sha256 !== issuer.sha256 &&
      matchNames(candidate.subject, issuer.subject) &&
      findPath({ certificate: candidate, anchors, intermediates }, requirements).status === 'valid',
  )

/** Those of them that are not revoked: their keys sign lists. */
const listSigners = (issuer: Certificate): readonly Certificate[] =>
  namesakes(issuer).filter((candidate) => judgeWith(candidate, namesakes) !== 'revoked')

/** `valid`, or the first code: of the path, then of revocation from the leaf up. */
const judgeWith = (
  certificate: Certificate,
  signersOf: (issuer: Certificate) => readonly Certificate[],
): string => {
  const path = findPath({ certificate, anchors, intermediates }, requirements)
  if (path.status === 'invalid') {
    return path.code
  }
  for (const [index, subject] of path.chain.entries()) {
    const issuer = path.chain[index + 1]
    if (issuer !== undefined) {
      const signers = signersOf(issuer)
      const fact = checkCrls({ ...requirements, certificate: subject, issuer, crls, signers })
      const status = fact?.status === 'unusable' ? fact.code : fact?.status
      if (status !== 'good') {
        return status ?? 'no-list'
      }
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
  InvalidNameChainingOrderTest2EE: 'issuer-not-found',
  InvalidNameChainingTest1EE: 'issuer-not-found',
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
const isDsaTest = (name: string): boolean => /DSAParameterInheritance/.test(name)
const named = (prefix: string): readonly string[] =>
  [...certificates.keys()].filter((name) => name.startsWith(prefix) && /Test\d+EE$/.test(name))
const judge = (name: string): string => {
  const certificate = certificates.get(name)
  return certificate === undefined ? 'no such certificate' : judgeWith(certificate, listSigners)
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

  it.each(named('Valid').filter((name) => !isPolicyTest(name) && !isDsaTest(name)))(
    '%s: valid',
    (name) => {
      expect(judge(name)).toBe('valid')
    },
  )

  it.each(named('Valid').filter(isDsaTest))('%s: not verified, so not valid', (name) => {
    expect(judge(name)).toBe('algorithm-unsupported')
  })

  it('takes no chain whose CAs constrain policies, which are not processed', () => {
    const verdicts = named('Invalid').filter(isPolicyTest).map(judge)
    expect(new Set(verdicts)).toEqual(new Set(['unknown-critical-extension']))
  })
})
