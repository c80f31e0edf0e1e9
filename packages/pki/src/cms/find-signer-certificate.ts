import { equalOctets, toHex } from '../asn1/index.ts'
import type { Certificate } from '../x509/index.ts'
import type { SignerIdentifier } from './types.ts'

/** Does a SignerIdentifier name this certificate (RFC 5652 §5.3)? */
export const namesCertificate = (
  identifier: SignerIdentifier,
  certificate: Certificate,
): boolean => {
  if (identifier.kind === 'issuer-and-serial') {
    return (
      identifier.serialNumber === certificate.serialNumber &&
      equalOctets(identifier.issuer, certificate.issuer.bytes)
    )
  }
  return (
    certificate.extensions.subjectKeyIdentifier?.keyIdentifier === toHex(identifier.keyIdentifier)
  )
}

/** The distinct certificates that a SignerIdentifier names: one, or the signature is ambiguous. */
export const findSignerCertificates = (
  identifier: SignerIdentifier,
  certificates: readonly Certificate[],
): readonly Certificate[] => {
  const named = certificates.filter((certificate) => namesCertificate(identifier, certificate))
  return [...new Map(named.map((certificate) => [certificate.sha256, certificate])).values()]
}
