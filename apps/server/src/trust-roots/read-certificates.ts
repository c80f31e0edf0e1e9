import { type Certificate, readTrustAnchors } from '@muhr/pki'

/**
 * Every certificate of a file: one as DER or base64, or any number of PEM blocks.
 * @throws PkiError `x509.*`, `asn1.*`, `container.unreadable`
 */
export function readCertificates(bytes: Uint8Array): readonly Certificate[] {
  return readTrustAnchors(bytes, 'explicit').map(({ certificate }) => certificate)
}

/** May this certificate stand at the end of a path: is it an authority's, or its own issuer's? */
export function isAuthority({ extensions, subject, issuer }: Certificate): boolean {
  const isSelfIssued = Buffer.compare(subject.bytes, issuer.bytes) === 0

  return extensions.basicConstraints?.ca === true || isSelfIssued
}
