import { decodeContainer, latin1Of, readPem } from '../asn1/index.ts'
import { parseCertificate } from '../x509/index.ts'
import type { AnchorOrigin, TrustAnchor } from './trust-store.ts'

/**
 * The certificates of a trust file as anchors: one in DER or base64, or any number in PEM (blocks of
 * other labels are left out).
 *
 * Throws `container.unreadable`, and the codes of `parseCertificate` for whatever is no certificate.
 */
export const readTrustAnchors = (
  file: Uint8Array,
  origin: AnchorOrigin,
): readonly TrustAnchor[] => {
  const text = latin1Of(file)
  const encoded = text.includes('-----BEGIN ')
    ? readPem(text).flatMap(({ label, bytes }) => (label.endsWith('CERTIFICATE') ? [bytes] : []))
    : [decodeContainer(file)]
  return encoded.map((bytes) => ({ certificate: parseCertificate(bytes), origin }))
}
