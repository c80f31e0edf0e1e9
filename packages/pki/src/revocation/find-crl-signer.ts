import { checkSigned } from '../keys/check-signed.ts'
import type { SchemeId } from '../keys/schemes.ts'
import { matchNames } from '../x509/match-names.ts'
import type { Certificate } from '../x509/parse-certificate.ts'
import type { CertificateList } from './parse-crl.ts'
import type { RevocationFailureCode } from './types.ts'

/** Why a list says nothing. */
export type CrlRefusal = { readonly code: RevocationFailureCode; readonly detail?: string }

/** Who signed a list, and how. */
export type CrlSigner = { readonly signer: Certificate; readonly scheme: SchemeId }

/** Certificates of one name whose keys are tried on one list: more is a pile, not a roll-over. */
const maxCandidates = 8

/**
 * Finds the key that signed a list among certificates of its issuer's name (RFC 5280 §6.3.3 (f), (g)),
 * or the refusal of the last one tried: wrong signature, no cRLSign, a scheme that was not allowed.
 */
export const findCrlSigner = (
  crl: CertificateList,
  {
    candidates,
    allowedSchemes,
  }: {
    readonly candidates: readonly Certificate[]
    readonly allowedSchemes: readonly SchemeId[]
  },
): CrlSigner | CrlRefusal => {
  let refusal: CrlRefusal = { code: 'signer-not-found' }
  const named = candidates.filter(({ subject }) => matchNames(subject, crl.issuer))
  for (const signer of named.slice(0, maxCandidates)) {
    const finding = checkSigned(crl, signer.spki)
    const { keyUsage } = signer.extensions
    if (finding.status === 'refused') {
      refusal = { code: 'algorithm-unsupported', detail: finding.code }
    } else if (finding.status === 'invalid') {
      refusal = { code: 'signature-invalid' }
    } else if (keyUsage !== undefined && !keyUsage.usages.includes('cRLSign')) {
      refusal = { code: 'no-crl-sign' }
    } else if (!allowedSchemes.includes(finding.scheme.id)) {
      refusal = { code: 'algorithm-weak', detail: finding.scheme.id }
    } else {
      return { signer, scheme: finding.scheme.id }
    }
  }
  return refusal
}
