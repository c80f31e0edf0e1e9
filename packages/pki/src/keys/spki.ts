import {
  bitsOf,
  expectEnd,
  expectSequence,
  integerOf,
  isUniversal,
  octetsOf,
  oidOf,
} from '../asn1/access.ts'
import { type Asn1Node, universalTag } from '../asn1/node.ts'
import { readDer } from '../asn1/read.ts'
import { der } from '../asn1/write.ts'
import { PkiError } from '../error.ts'
import { type AlgorithmIdentifier, parseAlgorithmIdentifier } from './algorithm-identifier.ts'
import { algorithmOid } from './oids.ts'

/** RSAPublicKey of RFC 8017 §A.1.1. */
export type RsaPublicKey = {
  readonly type: 'rsa'
  readonly modulus: bigint
  readonly exponent: bigint
  readonly bits: number
}

/** A GOST key: the point, and the parameter set that names its curve. */
export type GostPublicKey = {
  readonly type: 'gost'
  readonly parameterSet: string
  /** Second OID of the parameters; RFC 9215 leaves it out for some sets. */
  readonly digestParameterSet: string | null
  /** x ‖ y, each little-endian (RFC 9215 §4.3, kz-egov-mobile.md §11.3). */
  readonly point: Uint8Array
}

/** A key of an algorithm that we do not know: kept, shown, never verified with. */
export type UnknownPublicKey = { readonly type: 'unknown' }

/** SubjectPublicKeyInfo of RFC 5280 §4.1.2.7. */
export type SubjectPublicKeyInfo = {
  /** The whole structure as encoded. */
  readonly bytes: Uint8Array
  readonly algorithm: AlgorithmIdentifier
  /** Octets of the BIT STRING without its count: what OCSP and key identifiers hash. */
  readonly subjectPublicKey: Uint8Array
  readonly key: RsaPublicKey | GostPublicKey | UnknownPublicKey
}

const gostKeyLengths: ReadonlyMap<string, 64 | 128> = new Map([
  [algorithmOid.kz2004Key, 64],
  [algorithmOid.kz2015Key256, 64],
  [algorithmOid.kz2015Key512, 128],
  [algorithmOid.ruKey256, 64],
  [algorithmOid.ruKey512, 128],
  [algorithmOid.ruKey2001, 64],
  [algorithmOid.uzKey, 64],
])

const badKey = (message: string, oid: string): PkiError =>
  new PkiError({ code: 'key.malformed', message, data: { oid } })

/** Above this OpenSSL itself refuses to verify. */
const maxRsaBits = 16_384

const parseRsa = (algorithm: AlgorithmIdentifier, octets: Uint8Array): RsaPublicKey => {
  if (algorithm.parameters !== null && !isUniversal(algorithm.parameters, universalTag.null)) {
    throw new PkiError({
      code: 'key.bad-parameters',
      message: 'The parameters of an RSA key are not NULL.',
      data: { oid: algorithm.oid },
    })
  }
  const parts = expectSequence(readDer(octets))
  expectEnd(parts, 2)
  const modulus = integerOf(parts[0])
  const exponent = integerOf(parts[1])
  const bits = modulus > 0n ? modulus.toString(2).length : 0
  if (bits < 512 || bits > maxRsaBits || modulus % 2n === 0n) {
    throw badKey('The modulus of an RSA key is impossible.', algorithm.oid)
  }
  if (exponent < 3n || exponent % 2n === 0n || exponent >= 1n << 64n) {
    throw badKey('The exponent of an RSA key is impossible.', algorithm.oid)
  }
  return { type: 'rsa', modulus, exponent, bits }
}

const parseGost = (
  algorithm: AlgorithmIdentifier,
  { octets, length }: { octets: Uint8Array; length: number },
): GostPublicKey => {
  const { parameters } = algorithm
  // RFC 4491 §2.3.2 alone knows a third parameter, for the cipher.
  const maxParameters = algorithm.oid === algorithmOid.ruKey2001 ? 3 : 2
  // Explicit curve parameters or anything else but named sets would let the key choose its own group.
  if (
    !isUniversal(parameters ?? undefined, universalTag.sequence) ||
    parameters === null ||
    parameters.children.length > maxParameters ||
    !parameters.children.every((part) => isUniversal(part, universalTag.oid))
  ) {
    throw new PkiError({
      code: 'key.bad-parameters',
      message: 'The parameters of a GOST key are not named sets.',
      data: { oid: algorithm.oid },
    })
  }
  const [parameterSet, digestParameterSet] = parameters.children
  const point = octetsOf(readDer(octets))
  if (point.length !== length) {
    throw badKey('A GOST public key is of the wrong length.', algorithm.oid)
  }
  return {
    type: 'gost',
    parameterSet: oidOf(parameterSet),
    digestParameterSet: digestParameterSet === undefined ? null : oidOf(digestParameterSet),
    point,
  }
}

/**
 * Reads a SubjectPublicKeyInfo: RSA, GOST under Kazakh, Russian and Uzbek OIDs, others as unknown.
 * Throws `key.malformed`, `key.bad-parameters` and the `asn1.*` codes.
 */
export const parseSpki = (input: Asn1Node | Uint8Array | undefined): SubjectPublicKeyInfo => {
  const node = input instanceof Uint8Array ? readDer(input) : input
  const parts = expectSequence(node)
  expectEnd(parts, 2)
  const algorithm = parseAlgorithmIdentifier(parts[0])
  const { bytes: subjectPublicKey, unusedBits } = bitsOf(parts[1])
  if (unusedBits !== 0) {
    throw badKey('A public key does not fill its octets.', algorithm.oid)
  }
  const gostLength = gostKeyLengths.get(algorithm.oid)
  return {
    bytes: node?.bytes ?? new Uint8Array(),
    algorithm,
    subjectPublicKey,
    key:
      algorithm.oid === algorithmOid.rsaEncryption
        ? parseRsa(algorithm, subjectPublicKey)
        : gostLength === undefined
          ? { type: 'unknown' }
          : parseGost(algorithm, { octets: subjectPublicKey, length: gostLength }),
  }
}

/**
 * Writes the SubjectPublicKeyInfo of a GOST point: the point in an OCTET STRING inside the BIT STRING,
 * parameters as named.
 */
export const encodeGostSpki = ({
  keyOid,
  parameters,
  point,
}: {
  readonly keyOid: string
  /** OIDs of the parameters in order: parameter set, then digest where the profile writes it. */
  readonly parameters: readonly string[]
  /** x ‖ y, each little-endian. */
  readonly point: Uint8Array
}): Uint8Array =>
  der.sequence(
    der.sequence(der.oid(keyOid), der.sequence(...parameters.map(der.oid))),
    der.bits(der.octets(point)),
  )
