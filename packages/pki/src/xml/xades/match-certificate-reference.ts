import { readDer } from '../../asn1/index.ts'
import { matchSigningCertificate, parseIssuerSerial } from '../../cms/signing-certificate.ts'
import { isPkiError } from '../../error.ts'
import { type Certificate, serialText } from '../../x509/index.ts'
import type { CertificateReference } from './read-signed-properties.ts'

type IssuerAndSerial = { readonly issuer?: Uint8Array; readonly serialNumber: string }

/** `undefined`: none is written. `null`: it is malformed, so that nothing matches it. */
const issuerAndSerialOf = ({
  issuerSerial,
  serialNumber,
}: CertificateReference): IssuerAndSerial | undefined | null => {
  if (issuerSerial !== undefined) {
    try {
      return parseIssuerSerial(readDer(issuerSerial))
    } catch (error) {
      if (isPkiError(error)) {
        return null
      }
      throw error
    }
  }
  if (serialNumber === undefined) {
    return undefined
  }
  return /^\d{1,60}$/.test(serialNumber) ? { serialNumber: serialText(BigInt(serialNumber)) } : null
}

/**
 * Does SigningCertificate(V2) mean this certificate? Its digest and, when written, its serial number
 * and (V2) its issuer (ETSI EN 319 132-1 §5.2.2). X509IssuerName of the first version is text that
 * every tool writes in its own way; the digest binds the issuer anyway.
 */
export const matchCertificateReference = (
  reference: CertificateReference,
  certificate: Certificate,
): 'match' | 'mismatch' | 'unsupported' => {
  const named = issuerAndSerialOf(reference)
  if (named === null) {
    return 'mismatch'
  }
  if (reference.digestOid === undefined) {
    return 'unsupported'
  }
  return matchSigningCertificate(
    {
      digestOid: reference.digestOid,
      certificateHash: reference.digestValue,
      issuer: named?.issuer,
      serialNumber: named?.serialNumber,
    },
    certificate,
  )
}
