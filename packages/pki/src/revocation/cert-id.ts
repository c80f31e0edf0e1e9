import { expectEnd, expectSequence, integerOf, octetsOf } from '../asn1/access.ts'
import { equalOctets } from '../asn1/bytes.ts'
import type { Asn1Node } from '../asn1/node.ts'
import { der } from '../asn1/write.ts'
import { isPkiError } from '../error.ts'
import { expectNoParameters, parseAlgorithmIdentifier } from '../keys/algorithm-identifier.ts'
import { digestOf } from '../keys/digests.ts'
import type { Certificate } from '../x509/parse-certificate.ts'
import { serialOf, serialText } from '../x509/serial-number.ts'

/** CertID of RFC 6960 §4.1.1: a certificate named by its issuer's name, its issuer's key, its number. */
export type CertId = {
  readonly hashOid: string
  readonly issuerNameHash: Uint8Array
  readonly issuerKeyHash: Uint8Array
  /** Hex, lower-case, without leading zeros. */
  readonly serialNumber: string
}

/** Whom a question or answer is about. */
export type CertificateAndIssuer = {
  readonly certificate: Certificate
  readonly issuer: Certificate
}

/** Names a certificate under a digest. Throws `digest.unsupported`. */
export const certIdOf = (
  { certificate, issuer }: CertificateAndIssuer,
  hashOid: string,
): CertId => ({
  hashOid,
  issuerNameHash: digestOf(hashOid, issuer.subject.bytes),
  issuerKeyHash: digestOf(hashOid, issuer.spki.subjectPublicKey),
  serialNumber: certificate.serialNumber,
})

/**
 * Does the CertID name exactly this certificate of this issuer: name hash and key hash and number? The
 * name is the one in the certificate asked about (RFC 6960 §4.1.1) or, where the issuer writes its own
 * otherwise, that one. An unknown digest matches nothing.
 */
export const certIdMatches = (id: CertId, subject: CertificateAndIssuer): boolean => {
  if (id.serialNumber !== subject.certificate.serialNumber) {
    return false
  }
  try {
    const expected = certIdOf(subject, id.hashOid)
    const isNamed =
      equalOctets(id.issuerNameHash, expected.issuerNameHash) ||
      equalOctets(id.issuerNameHash, digestOf(id.hashOid, subject.certificate.issuer.bytes))
    return isNamed && equalOctets(id.issuerKeyHash, expected.issuerKeyHash)
  } catch (error) {
    if (isPkiError(error, 'digest.unsupported')) {
      return false
    }
    throw error
  }
}

/** Reads a CertID. Throws the `asn1.*` codes and `key.bad-parameters`. */
export const parseCertId = (node: Asn1Node | undefined): CertId => {
  const parts = expectSequence(node)
  expectEnd(parts, 4)
  const algorithm = parseAlgorithmIdentifier(parts[0])
  expectNoParameters(algorithm)
  return {
    hashOid: algorithm.oid,
    issuerNameHash: octetsOf(parts[1]),
    issuerKeyHash: octetsOf(parts[2]),
    serialNumber: serialText(integerOf(parts[3])),
  }
}

/** Writes a CertID. */
export const encodeCertId = (id: CertId): Uint8Array =>
  der.sequence(
    der.sequence(der.oid(id.hashOid), der.null()),
    der.octets(id.issuerNameHash),
    der.octets(id.issuerKeyHash),
    der.integer(serialOf(id.serialNumber)),
  )
