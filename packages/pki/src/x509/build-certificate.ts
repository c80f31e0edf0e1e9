import { toHex } from '../asn1/bytes.ts'
import { der } from '../asn1/write.ts'
import { PkiError } from '../error.ts'
import { encodeAlgorithmIdentifier } from '../keys/algorithm-identifier.ts'
import type { SignatureScheme } from '../keys/schemes.ts'
import type { Signer } from '../keys/signing-key.ts'
import type { SubjectPublicKeyInfo } from '../keys/spki.ts'

/** What a certificate is to say. */
export type CertificateSpec = {
  /** Positive, at most 20 octets. */
  readonly serialNumber: bigint
  /** Encoded Names: of `buildName`, or `subject.bytes` of the issuer's certificate, octet for octet. */
  readonly issuer: Uint8Array
  readonly subject: Uint8Array
  readonly notBefore: Date
  readonly notAfter: Date
  readonly spki: Pick<SubjectPublicKeyInfo, 'bytes'>
  /** Encoded extensions of `extension.*` and `buildExtension`, in the order to be written. */
  readonly extensions: readonly Uint8Array[]
}

/**
 * AlgorithmIdentifier of a scheme's signature: with NULL for RSA (RFC 4055 §5), Kazakhstan
 * (kz-egov-mobile.md §11.3) and Uzbekistan (uz-eimzo-didox.md §3.4), without parameters for Russia (RFC 9215 §3), ECDSA and DSA (RFC 5758 §3).
 */
export const encodeSignatureAlgorithm = (scheme: SignatureScheme): Uint8Array =>
  encodeAlgorithmIdentifier(
    scheme.signatureOid,
    scheme.family === 'rsa' || scheme.country === 'KZ' || scheme.country === 'UZ'
      ? der.null()
      : undefined,
  )

/** SEQUENCE { tbs, algorithm, signature }, signed: the shape of certificates, lists and answers. */
export const sealSigned = async (tbs: Uint8Array, key: Signer): Promise<Uint8Array> =>
  der.sequence(tbs, encodeSignatureAlgorithm(key.scheme), der.bits(await key.sign(tbs)))

/** A serial number of 20 random octets, positive, as CAs of the profile use. */
export const randomSerialNumber = (random: (byteLength: number) => Uint8Array): bigint => {
  const octets = Uint8Array.from(random(20))
  octets[0] = ((octets[0] ?? 0) & 0x7f) | 0x40
  return BigInt(`0x${toHex(octets)}`)
}

/**
 * Makes an X.509 v3 certificate signed by `issuerKey`, DER. What it says is not judged: hostile
 * certificates for tests are made the same way.
 *
 * Throws `x509.bad-spec` for a serial number that no certificate may have.
 */
export const buildCertificate = async (
  spec: CertificateSpec,
  issuerKey: Signer,
): Promise<Uint8Array> => {
  if (spec.serialNumber <= 0n || spec.serialNumber >= 1n << 159n) {
    throw new PkiError({
      code: 'x509.bad-spec',
      message: 'A serial number must be positive and fit 20 octets.',
    })
  }
  return sealSigned(
    der.sequence(
      der.context(0, der.integer(2)),
      der.integer(spec.serialNumber),
      encodeSignatureAlgorithm(issuerKey.scheme),
      spec.issuer,
      der.sequence(der.time(spec.notBefore), der.time(spec.notAfter)),
      spec.subject,
      spec.spki.bytes,
      ...(spec.extensions.length === 0 ? [] : [der.context(3, der.sequence(...spec.extensions))]),
    ),
    issuerKey,
  )
}
