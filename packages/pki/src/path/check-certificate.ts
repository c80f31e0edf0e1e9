import { isSelfIssued } from '../x509/match-names.ts'
import { extensionOid } from '../x509/oids.ts'
import type { Certificate } from '../x509/parse-certificate.ts'
import type { PathFailureCode } from './types.ts'

/** Nothing, or why a check failed. */
export type Verdict = { readonly code: PathFailureCode; readonly detail?: string } | undefined

/**
 * Extensions whose meaning is taken into account here or by whoever asks for the path. A critical one
 * outside this list makes the path invalid (RFC 5280 §4.2).
 */
const understood: ReadonlySet<string> = new Set([
  extensionOid.basicConstraints,
  extensionOid.keyUsage,
  extensionOid.extKeyUsage,
  extensionOid.certificatePolicies,
  extensionOid.policyMappings,
  extensionOid.policyConstraints,
  extensionOid.inhibitAnyPolicy,
  extensionOid.nameConstraints,
  extensionOid.subjectAltName,
  extensionOid.issuerAltName,
  extensionOid.subjectKeyIdentifier,
  extensionOid.authorityKeyIdentifier,
  extensionOid.crlDistributionPoints,
  extensionOid.freshestCrl,
  extensionOid.authorityInfoAccess,
  extensionOid.ocspNoCheck,
])

/** RFC 5280 §6.1.3 (a)(2): both ends of the period belong to it. */
export const checkValidity = ({ notBefore, notAfter }: Certificate, at: Date): Verdict => {
  if (at < notBefore) {
    return { code: 'not-yet-valid', detail: notBefore.toISOString() }
  }
  return at > notAfter ? { code: 'expired', detail: notAfter.toISOString() } : undefined
}

/** RFC 5280 §6.1.4 (o), §6.1.5 (f). */
export const checkCriticalExtensions = ({ extensions }: Certificate): Verdict => {
  const unknown = extensions.all.find(({ oid, critical }) => critical && !understood.has(oid))
  return unknown === undefined
    ? undefined
    : { code: 'unknown-critical-extension', detail: unknown.oid }
}

/** RFC 5280 §4.2.1.10: a CA that constrains nothing by its constraints meant something that is lost. */
export const checkConstraintSyntax = ({ extensions }: Certificate): Verdict => {
  const { nameConstraints } = extensions
  return nameConstraints !== undefined &&
    nameConstraints.permitted === undefined &&
    nameConstraints.excluded === undefined
    ? { code: 'name-constraints-unsupported', detail: 'empty' }
    : undefined
}

/**
 * RFC 5280 §6.1.4 (k). An anchor of version 1 has no extensions to say it, and was trusted as it is by
 * whoever configured it; a later one that does not say so was trusted as an end, not as an issuer.
 */
export const checkBasicConstraints = (
  issuer: Certificate,
  { isAnchor }: { readonly isAnchor: boolean },
): Verdict =>
  issuer.extensions.basicConstraints?.ca === true || (isAnchor && issuer.version === 1)
    ? undefined
    : { code: 'not-a-ca' }

/** RFC 5280 §6.1.4 (n). */
export const checkKeyCertSign = ({ extensions }: Certificate): Verdict =>
  extensions.keyUsage === undefined || extensions.keyUsage.usages.includes('keyCertSign')
    ? undefined
    : { code: 'no-key-cert-sign' }

/** RFC 5280 §4.2.1.9: intermediate certificates below, self-issued ones not counted, leaf not counted. */
export const checkPathLength = (issuer: Certificate, below: readonly Certificate[]): Verdict => {
  const limit = issuer.extensions.basicConstraints?.pathLength
  const intermediates = below.slice(1).filter((certificate) => !isSelfIssued(certificate)).length
  return limit === undefined || intermediates <= limit
    ? undefined
    : { code: 'path-length-exceeded', detail: `${intermediates} > ${limit}` }
}

/** Is an RSA key long enough? */
export const checkRsaStrength = ({ spki }: Certificate, minRsaBits: number): Verdict =>
  spki.key.type === 'rsa' && spki.key.bits < minRsaBits
    ? { code: 'algorithm-weak', detail: `RSA ${spki.key.bits}` }
    : undefined
