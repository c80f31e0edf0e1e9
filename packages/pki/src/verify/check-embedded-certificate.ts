import { equalOctets, fromHex } from '../asn1/index.ts'
import type { PkiErrorCode } from '../error.ts'
import { type SignatureFinding, signatureSchemes } from '../keys/index.ts'
import { type Certificate, matchNames } from '../x509/index.ts'
import { isNearCopy } from './near-copy.ts'
import { isRepairable } from './repair.ts'
import type { SignatureChecker } from './signature-budget.ts'

/**
 * What can be said of a certificate inside a container, whether a path uses it or not.
 * `anchor`: it is a trusted one. `intact`: its issuer is at hand and its signature holds. `damaged`:
 * octets were changed after it was signed. `unknown-issuer` and `unsupported`: nobody can tell.
 */
export type EmbeddedStatus = 'anchor' | 'intact' | 'damaged' | 'unknown-issuer' | 'unsupported'

const keyIdentifierOf = (certificate: Certificate): Uint8Array | undefined => {
  const keyIdentifier = certificate.extensions.subjectKeyIdentifier?.keyIdentifier
  return keyIdentifier === undefined ? undefined : fromHex(keyIdentifier)
}

/**
 * Is this the key that the certificate says it was signed with? Without identifiers on both sides the
 * name decides; an identifier that is off by one octet is a damaged one, since keys' identifiers are
 * hashes.
 */
const claimsKey = (certificate: Certificate, issuer: Certificate): boolean => {
  const claimed = certificate.extensions.authorityKeyIdentifier?.keyIdentifier
  const identifier = keyIdentifierOf(issuer)
  if (claimed === undefined || identifier === undefined) {
    return true
  }
  const claimedBytes = fromHex(claimed)
  return equalOctets(claimedBytes, identifier) || isNearCopy(claimedBytes, identifier)
}

/** What a certificate that is signed by its own key cannot be, whatever algorithms we know. */
const contradictions: readonly PkiErrorCode[] = [
  'scheme.key-mismatch',
  'scheme.digest-mismatch',
  'key.not-on-curve',
]

/**
 * A self-signed certificate whose key is of another kind than its signature contradicts itself. Of the
 * parameter sets of Russia some are merely unknown to us; Kazakhstan has one to each key algorithm.
 */
const contradictsItself = ({ spki }: Certificate, code: PkiErrorCode): boolean =>
  contradictions.includes(code) ||
  (code === 'scheme.parameter-set-mismatch' &&
    signatureSchemes.some(
      ({ country, keyOid }) => country === 'KZ' && keyOid === spki.algorithm.oid,
    ))

/** A self-signed certificate has two names to damage, any other only its issuer's. */
const hasDamagedName = (
  certificate: Certificate,
  { issuer, checkSigned }: { readonly issuer: Certificate; readonly checkSigned: SignatureChecker },
): boolean => {
  const issuerName = certificate.issuer.bytes
  const subject = certificate.subject.bytes
  return (
    isRepairable(certificate, {
      damaged: issuerName,
      right: issuer.subject.bytes,
      issuer,
      checkSigned,
    }) ||
    (issuer === certificate &&
      isRepairable(certificate, { damaged: subject, right: issuerName, issuer, checkSigned }))
  )
}

/**
 * Looks whether a certificate inside a container is as its issuer made it. Every octet of a container
 * either changes nothing that anybody relies on, or must be checked: an unused certificate too.
 */
export const checkEmbeddedCertificate = (
  certificate: Certificate,
  {
    anchors,
    atHand,
    checkSigned,
  }: {
    readonly anchors: readonly Certificate[]
    /** Every other certificate known: of the container, of the store, of the caller. */
    readonly atHand: readonly Certificate[]
    readonly checkSigned: SignatureChecker
  },
): EmbeddedStatus => {
  if (anchors.some(({ sha256 }) => sha256 === certificate.sha256)) {
    return 'anchor'
  }
  const others = [...anchors, ...atHand].filter(({ sha256 }) => sha256 !== certificate.sha256)
  if (others.some((other) => isNearCopy(certificate.bytes, other.bytes))) {
    return 'damaged'
  }
  const findings: { readonly issuer: Certificate; readonly finding: SignatureFinding }[] = []
  for (const issuer of [certificate, ...others]) {
    if (matchNames(certificate.issuer, issuer.subject)) {
      const finding = checkSigned(certificate, issuer.spki)
      if (finding.status === 'valid') {
        return 'intact'
      }
      findings.push({ issuer, finding })
    }
  }
  const isRefuted = findings.some(({ issuer, finding }) =>
    finding.status === 'refused'
      ? issuer === certificate && contradictsItself(certificate, finding.code)
      : claimsKey(certificate, issuer),
  )
  if (isRefuted) {
    return 'damaged'
  }
  if (findings.some(({ finding }) => finding.status === 'refused')) {
    return 'unsupported'
  }
  const claimed = certificate.extensions.authorityKeyIdentifier?.keyIdentifier
  const isMisnamed = [certificate, ...others].some(
    (issuer) =>
      hasDamagedName(certificate, { issuer, checkSigned }) ||
      (claimed !== undefined &&
        claimed === issuer.extensions.subjectKeyIdentifier?.keyIdentifier &&
        checkSigned(certificate, issuer.spki).status === 'invalid'),
  )
  return isMisnamed ? 'damaged' : 'unknown-issuer'
}
