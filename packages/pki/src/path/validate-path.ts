import { checkSigned } from '../keys/check-signed.ts'
import { type SchemeId, signatureSchemes } from '../keys/schemes.ts'
import { isSelfIssued, matchNames } from '../x509/match-names.ts'
import { extensionOid } from '../x509/oids.ts'
import type { Certificate } from '../x509/parse-certificate.ts'
import type {
  PathCheck,
  PathCheckName,
  PathFailureCode,
  PathRequirements,
  PathResult,
} from './types.ts'

/**
 * Extensions whose meaning is taken into account here or by whoever asks for the path. A critical one
 * outside this list makes the path invalid (RFC 5280 §4.2).
 */
const understood: ReadonlySet<string> = new Set([
  extensionOid.basicConstraints,
  extensionOid.keyUsage,
  extensionOid.extKeyUsage,
  extensionOid.certificatePolicies,
  extensionOid.subjectAltName,
  extensionOid.subjectKeyIdentifier,
  extensionOid.authorityKeyIdentifier,
  extensionOid.crlDistributionPoints,
  extensionOid.freshestCrl,
  extensionOid.authorityInfoAccess,
  extensionOid.ocspNoCheck,
  // Named apart below, with a code of its own.
  extensionOid.nameConstraints,
])

/** Schemes that chains may use unless told otherwise: the digest is not broken. */
const defaultSchemes: readonly SchemeId[] = signatureSchemes
  .filter(({ historic }) => !historic)
  .map(({ id }) => id)

type Verdict = { readonly code: PathFailureCode; readonly detail?: string } | undefined

const validity = ({ notBefore, notAfter }: Certificate, at: Date): Verdict => {
  if (at < notBefore) {
    return { code: 'not-yet-valid', detail: notBefore.toISOString() }
  }
  return at > notAfter ? { code: 'expired', detail: notAfter.toISOString() } : undefined
}

const criticalExtensions = ({ extensions }: Certificate): Verdict => {
  const unknown = extensions.all.find(({ oid, critical }) => critical && !understood.has(oid))
  return unknown === undefined
    ? undefined
    : { code: 'unknown-critical-extension', detail: unknown.oid }
}

/** Constraining names is a promise to others: refused even when not critical, since we cannot keep it. */
const nameConstraints = ({ extensions }: Certificate): Verdict =>
  extensions.nameConstraints === undefined ? undefined : { code: 'name-constraints-unsupported' }

/**
 * RFC 5280 §6.1.4 (k). An anchor of version 1 has no extensions to say it, and was trusted as it is by
 * whoever configured it; a later one that does not say so was trusted as an end, not as an issuer.
 */
const basicConstraints = (issuer: Certificate, isAnchor: boolean): Verdict =>
  issuer.extensions.basicConstraints?.ca === true || (isAnchor && issuer.version === 1)
    ? undefined
    : { code: 'not-a-ca' }

const keyCertSign = ({ extensions }: Certificate): Verdict =>
  extensions.keyUsage === undefined || extensions.keyUsage.usages.includes('keyCertSign')
    ? undefined
    : { code: 'no-key-cert-sign' }

/** RFC 5280 §4.2.1.9: intermediate certificates below, self-issued ones not counted, leaf not counted. */
const pathLength = (issuer: Certificate, below: readonly Certificate[]): Verdict => {
  const limit = issuer.extensions.basicConstraints?.pathLength
  const intermediates = below.slice(1).filter((certificate) => !isSelfIssued(certificate)).length
  return limit === undefined || intermediates <= limit
    ? undefined
    : { code: 'path-length-exceeded', detail: `${intermediates} > ${limit}` }
}

const rsaStrength = ({ spki }: Certificate, minRsaBits: number): Verdict =>
  spki.key.type === 'rsa' && spki.key.bits < minRsaBits
    ? { code: 'algorithm-weak', detail: `RSA ${spki.key.bits}` }
    : undefined

/** Signature of a child under its issuer, and whether its scheme was allowed: two checks. */
const signature = (
  child: Certificate,
  { issuer, allowed }: { issuer: Certificate; allowed: readonly SchemeId[] },
): { signature: Verdict; algorithm: Verdict } => {
  const finding = checkSigned(child, issuer.spki)
  if (finding.status === 'refused') {
    return {
      signature: { code: 'algorithm-unsupported', detail: finding.code },
      algorithm: { code: 'algorithm-unsupported', detail: finding.code },
    }
  }
  return {
    signature: finding.status === 'valid' ? undefined : { code: 'signature-invalid' },
    algorithm: allowed.includes(finding.scheme.id)
      ? undefined
      : { code: 'algorithm-weak', detail: finding.scheme.id },
  }
}

/**
 * Judges one chain by RFC 5280 §6.1, without policy trees: signatures, names, validity of each
 * certificate at the reference time (periods need not nest, kz-egov-mobile.md §12.1; the anchor's
 * counts too), basicConstraints, path length, keyCertSign, critical extensions. Purpose and usage of the
 * leaf are for the caller, who knows what it signed.
 *
 * `chain` is leaf first and ends with the anchor; every check of every certificate is reported, and the
 * code is the first failure from the anchor down.
 */
export const validatePath = (
  chain: readonly Certificate[],
  { at, allowedSchemes = defaultSchemes, minRsaBits = 2048 }: PathRequirements,
): PathResult => {
  const checks: PathCheck[] = []
  const record = (certificate: Certificate, name: PathCheckName, verdict: Verdict): void => {
    checks.push(
      verdict === undefined
        ? { name, certificate: certificate.sha256, result: 'passed' }
        : { name, certificate: certificate.sha256, result: 'failed', ...verdict },
    )
  }
  const anchor = chain.at(-1) ?? null
  for (const [index, certificate] of [...chain.entries()].toReversed()) {
    const issuer = chain[index + 1]
    const below = chain.slice(0, index)
    if (issuer !== undefined) {
      const verdicts = signature(certificate, { issuer, allowed: allowedSchemes })
      record(certificate, 'signature', verdicts.signature)
      record(certificate, 'algorithm', verdicts.algorithm)
      record(
        certificate,
        'name-chaining',
        matchNames(certificate.issuer, issuer.subject) ? undefined : { code: 'name-chaining' },
      )
    }
    record(certificate, 'validity', validity(certificate, at))
    record(certificate, 'algorithm', rsaStrength(certificate, minRsaBits))
    record(certificate, 'critical-extensions', criticalExtensions(certificate))
    record(certificate, 'name-constraints', nameConstraints(certificate))
    if (below.length > 0) {
      record(
        certificate,
        'basic-constraints',
        basicConstraints(certificate, certificate === anchor),
      )
      record(certificate, 'key-cert-sign', keyCertSign(certificate))
      record(certificate, 'path-length', pathLength(certificate, below))
    }
  }
  const failure = checks.find((check) => check.result === 'failed')
  return failure === undefined
    ? { status: 'valid', chain, anchor, checks }
    : { status: 'invalid', code: failure.code, chain, anchor, checks }
}
