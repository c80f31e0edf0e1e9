import { encodeRevocationChoices } from '../cms/encode-revocation-choices.ts'
import { parseSignedData, signatureTimeStampsOf } from '../cms/index.ts'
import { writeSignedData } from '../cms/write-signed-data.ts'
import { PkiError } from '../error.ts'

/**
 * Turns CAdES-T into CAdES-LT (ETSI EN 319 122-1 §5.4): puts certificates, CRLs and OCSP responses that
 * prove the signatures and their time-stamps into the SignedData, where that standard wants them. What
 * is there stays, nothing stands twice, signatures stay octet for octet. Written as DER.
 *
 * Take what a verification used: the values of its `material`.
 *
 * Throws `cms.no-time-stamp` when a signature has none, and as `parseSignedData`.
 *
 * @example
 * const { material } = await verifySignature({ container: stamped, content, … })
 * const bytesOf = (items: readonly MaterialItem[]) => items.map(({ bytes }) => bytes)
 * const longTerm = augmentToLT(stamped, {
 *   certificates: bytesOf(material.certificates),
 *   ocsp: bytesOf(material.ocsp),
 *   crls: bytesOf(material.crls),
 * })
 */
export const augmentToLT = (
  container: Uint8Array,
  {
    certificates = [],
    ocsp = [],
    crls = [],
  }: {
    readonly certificates?: readonly Uint8Array[]
    /** OCSPResponses. */
    readonly ocsp?: readonly Uint8Array[]
    /** CertificateLists. */
    readonly crls?: readonly Uint8Array[]
  },
): Uint8Array => {
  const data = parseSignedData(container)
  if (data.signerInfos.some((signerInfo) => signatureTimeStampsOf(signerInfo).length === 0)) {
    throw new PkiError({
      code: 'cms.no-time-stamp',
      message: 'A signature of the container has no time-stamp.',
    })
  }
  return writeSignedData({
    ...data,
    certificateChoices: [...data.certificateChoices, ...certificates],
    revocationChoices: [...data.revocationChoices, ...encodeRevocationChoices({ crls, ocsp })],
  })
}
