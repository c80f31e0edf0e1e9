import { contentTypeOid } from './oids.ts'

/** What the version of a SignedData depends on. */
export type VersionedParts = {
  readonly contentType: string
  /** Every CertificateChoices as encoded. */
  readonly certificateChoices: readonly Uint8Array[]
  /** Every RevocationInfoChoice as encoded. */
  readonly revocationChoices: readonly Uint8Array[]
  readonly signerInfos: readonly { readonly version: number }[]
}

/** First octet of the alternatives of CertificateChoices and RevocationInfoChoice. */
const choiceTag = { attributeV1: 0xa1, attributeV2: 0xa2, otherCertificate: 0xa3, other: 0xa1 }

/** The version that a SignedData must carry (RFC 5652 §5.1). */
export const signedDataVersion = ({
  contentType,
  certificateChoices,
  revocationChoices,
  signerInfos,
}: VersionedParts): number => {
  const hasCertificate = (tag: number): boolean =>
    certificateChoices.some(([first]) => first === tag)
  if (
    hasCertificate(choiceTag.otherCertificate) ||
    revocationChoices.some(([first]) => first === choiceTag.other)
  ) {
    return 5
  }
  if (hasCertificate(choiceTag.attributeV2)) {
    return 4
  }
  const isThree =
    hasCertificate(choiceTag.attributeV1) ||
    contentType !== contentTypeOid.data ||
    signerInfos.some(({ version }) => version === 3)
  return isThree ? 3 : 1
}
