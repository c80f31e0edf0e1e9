import {
  asUniversal,
  bitsOf,
  expectEnd,
  expectSequence,
  explicitContent,
  integerOf,
  isTagged,
  present,
  smallIntegerOf,
} from '../asn1/access.ts'
import { timeOf } from '../asn1/access-text.ts'
import { equalOctets, toHex } from '../asn1/bytes.ts'
import { type Asn1Node, universalTag } from '../asn1/node.ts'
import { readDer } from '../asn1/read.ts'
import { PkiError, type PkiErrorCode } from '../error.ts'
import { type AlgorithmIdentifier, parseAlgorithmIdentifier } from '../keys/algorithm-identifier.ts'
import { digestOf } from '../keys/digests.ts'
import { algorithmOid } from '../keys/oids.ts'
import { parseSpki, type SubjectPublicKeyInfo } from '../keys/spki.ts'
import { type CertificateExtensions, parseCertificateExtensions } from './extensions.ts'
import { type Name, parseName } from './name.ts'
import { recentCertificate, rememberCertificate } from './recent-certificates.ts'
import { serialText } from './serial-number.ts'

/** A certificate of RFC 5280 §4.1, read but not judged. */
export type Certificate = {
  /** The whole certificate, DER. */
  readonly bytes: Uint8Array
  /** The signed part, as encoded. */
  readonly tbsBytes: Uint8Array
  readonly version: 1 | 2 | 3
  /** Hex, lower-case, without leading zeros. */
  readonly serialNumber: string
  readonly issuer: Name
  readonly subject: Name
  readonly notBefore: Date
  readonly notAfter: Date
  readonly spki: SubjectPublicKeyInfo
  readonly signatureAlgorithm: AlgorithmIdentifier
  /** In the national byte order. */
  readonly signature: Uint8Array
  readonly extensions: CertificateExtensions
  /** SHA-256 of `bytes`, hex: the certificate's name everywhere in Muhr. */
  readonly sha256: string
}

const refuse = (code: PkiErrorCode, message: string): PkiError => new PkiError({ code, message })

/**
 * The serial number and its sign. RFC 5280 §4.1.2.2 wants a positive number of at most 20 octets;
 * negative and zero ones are read, since lists and answers must be able to name them.
 */
const parseSerial = (node: Asn1Node | undefined): string => {
  const serial = integerOf(node)
  if (present(node).content.length > 21) {
    throw refuse('x509.bad-serial-number', 'A serial number is longer than 20 octets.')
  }
  return serialText(serial)
}

const parseVersion = (node: Asn1Node | undefined): 1 | 2 | 3 => {
  if (node === undefined) {
    return 1
  }
  const value = smallIntegerOf(explicitContent(node))
  // DER leaves the default out, so an explicit v1 (0) is as wrong as a v4.
  if (value !== 1 && value !== 2) {
    throw refuse('x509.bad-version', 'The version is none that an encoded certificate can have.')
  }
  return value === 1 ? 2 : 3
}

const parseValidity = (node: Asn1Node | undefined): { notBefore: Date; notAfter: Date } => {
  const parts = expectSequence(node)
  expectEnd(parts, 2)
  return { notBefore: parseCertificateTime(parts[0]), notAfter: parseCertificateTime(parts[1]) }
}

/**
 * A time as RFC 5280 §4.1.2.5 allows it in certificates and lists: whole seconds, and GeneralizedTime
 * only where two digits of a year do not do; also the special 99991231235959Z.
 */
export const parseCertificateTime = (node: Asn1Node | undefined): Date =>
  timeOf(node, { allowFraction: false })

/** Fields 7 to 9 of a TBSCertificate: unique identifiers and extensions, each once, in order. */
const parseTail = (parts: readonly Asn1Node[], version: 1 | 2 | 3): CertificateExtensions => {
  let previousTag = 0
  let extensions: Asn1Node | undefined
  for (const part of parts) {
    const { tag } = part
    if (part.class !== 'context' || tag > 3 || tag <= previousTag) {
      throw new PkiError({
        code: 'asn1.unexpected-type',
        message: 'A certificate has a field that its type does not know.',
        data: { tag },
      })
    }
    if (version === 1 || (tag === 3 && version !== 3)) {
      throw refuse('x509.bad-version', 'The certificate has fields of a later version.')
    }
    if (tag === 3) {
      extensions = explicitContent(part)
    } else {
      bitsOf(asUniversal(part, universalTag.bitString))
    }
    previousTag = tag
  }
  return parseCertificateExtensions(extensions)
}

/** Splits SEQUENCE { tbs, algorithm, BIT STRING }, the shape of certificates and lists alike. */
export const parseSigned = (
  input: Asn1Node,
): { tbs: Asn1Node; algorithm: AlgorithmIdentifier; signature: Uint8Array } => {
  const parts = expectSequence(input)
  expectEnd(parts, 3)
  const signature = bitsOf(parts[2])
  if (signature.unusedBits !== 0) {
    throw refuse('x509.bad-signature-field', 'A signature does not fill its octets.')
  }
  return {
    tbs: present(parts[0]),
    algorithm: parseAlgorithmIdentifier(parts[1]),
    signature: signature.bytes,
  }
}

/** RFC 5280 §4.1.1.2: the algorithm is named inside and outside, and must be the same. */
export const expectSameAlgorithm = (
  inside: Asn1Node | undefined,
  outside: AlgorithmIdentifier,
): void => {
  if (!equalOctets(parseAlgorithmIdentifier(inside).bytes, outside.bytes)) {
    throw refuse('x509.algorithm-mismatch', 'The signed and the unsigned algorithm differ.')
  }
}

/** Real certificates have some two hundred parts and rarely more than 4 KB. */
const certificateLimits = { maxBytes: 1024 * 1024, maxNodes: 10_000 } as const

/**
 * Reads a certificate, DER only. Refuses contradictory versions, duplicate extensions, algorithms that
 * differ inside and outside, more than 1 MiB, and everything that DER forbids; validity, key usage and
 * signatures are facts for others to judge. The same octets give the same object for a while.
 *
 * Throws `x509.*`, `key.malformed`, `key.bad-parameters` and the `asn1.*` codes.
 */
export const parseCertificate = (input: Uint8Array): Certificate => {
  const octets = input.subarray(0, certificateLimits.maxBytes + 1)
  // A copy: a certificate outlives the container that it came in, which may be a hundred megabytes.
  return recentCertificate(octets) ?? rememberCertificate(readCertificate(Uint8Array.from(octets)))
}

const readCertificate = (bytes: Uint8Array): Certificate => {
  const { tbs, algorithm, signature } = parseSigned(readDer(bytes, certificateLimits))
  const fields = expectSequence(tbs)
  const hasVersion = isTagged(fields[0], 'context', 0)
  const version = parseVersion(hasVersion ? fields[0] : undefined)
  const [serial, inside, issuer, validity, subject, spki, ...tail] = hasVersion
    ? fields.slice(1)
    : fields
  expectSameAlgorithm(inside, algorithm)
  return Object.freeze({
    bytes,
    tbsBytes: tbs.bytes,
    version,
    serialNumber: parseSerial(serial),
    issuer: parseName(issuer),
    subject: parseName(subject),
    ...parseValidity(validity),
    spki: parseSpki(spki),
    signatureAlgorithm: algorithm,
    signature,
    extensions: parseTail(tail, version),
    sha256: toHex(digestOf(algorithmOid.sha256, bytes)),
  })
}
