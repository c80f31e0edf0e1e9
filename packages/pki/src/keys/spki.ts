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

/** Named curves of RFC 5480 and RFC 5639 that ECDSA is verified on. */
export type EcCurveName =
  | 'P-256'
  | 'P-384'
  | 'P-521'
  | 'brainpoolP256r1'
  | 'brainpoolP384r1'
  | 'brainpoolP512r1'

/** A key of RFC 5480 on a named curve. */
export type EcPublicKey = {
  readonly type: 'ec'
  readonly curve: EcCurveName
  /** The point as encoded (SEC 1 §2.3.3), not yet known to lie on the curve. */
  readonly point: Uint8Array
}

/** Dss-Parms of RFC 3279 §2.3.2. */
export type DsaParameters = { readonly p: bigint; readonly q: bigint; readonly g: bigint }

/** A DSA key; without parameters it takes those of its issuer (RFC 3279 §2.3.2). */
export type DsaPublicKey = {
  readonly type: 'dsa'
  readonly y: bigint
  readonly parameters: DsaParameters | null
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
  readonly key: RsaPublicKey | GostPublicKey | EcPublicKey | DsaPublicKey | UnknownPublicKey
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

const ecCurves: ReadonlyMap<string, EcCurveName> = new Map([
  [algorithmOid.curveP256, 'P-256'],
  [algorithmOid.curveP384, 'P-384'],
  [algorithmOid.curveP521, 'P-521'],
  [algorithmOid.curveBrainpoolP256r1, 'brainpoolP256r1'],
  [algorithmOid.curveBrainpoolP384r1, 'brainpoolP384r1'],
  [algorithmOid.curveBrainpoolP512r1, 'brainpoolP512r1'],
])

/** Other curves and explicit parameters (forbidden by RFC 5480 §2.1.1) make a key that is never used. */
const parseEc = (
  { parameters }: AlgorithmIdentifier,
  point: Uint8Array,
): EcPublicKey | UnknownPublicKey => {
  const curve =
    parameters !== null && isUniversal(parameters, universalTag.oid)
      ? ecCurves.get(oidOf(parameters))
      : undefined
  return curve === undefined ? { type: 'unknown' } : { type: 'ec', curve, point }
}

const bitLength = (value: bigint): number => (value > 0n ? value.toString(2).length : 0)

/** FIPS 186-4 §4.2 has p to 3072 bits and q to 256; below 512 bits nobody ever made a key. */
const parseDsaParameters = (algorithm: AlgorithmIdentifier): DsaParameters | null => {
  const { parameters } = algorithm
  if (parameters === null || isUniversal(parameters, universalTag.null)) {
    return null
  }
  const parts = expectSequence(parameters)
  expectEnd(parts, 3)
  const [p, q, g] = [integerOf(parts[0]), integerOf(parts[1]), integerOf(parts[2])]
  const isPossible =
    bitLength(p) >= 512 &&
    bitLength(p) <= 3072 &&
    [160, 224, 256].includes(bitLength(q)) &&
    p % 2n === 1n &&
    q % 2n === 1n &&
    g > 1n &&
    g < p
  if (!isPossible) {
    throw badKey('The parameters of a DSA key are impossible.', algorithm.oid)
  }
  return { p, q, g }
}

const parseDsa = (algorithm: AlgorithmIdentifier, octets: Uint8Array): DsaPublicKey => {
  const parameters = parseDsaParameters(algorithm)
  const y = integerOf(readDer(octets))
  if (y <= 1n || bitLength(y) > 3072 || (parameters !== null && y >= parameters.p)) {
    throw badKey('The value of a DSA key is impossible.', algorithm.oid)
  }
  return { type: 'dsa', y, parameters }
}

const parseKey = (
  algorithm: AlgorithmIdentifier,
  octets: Uint8Array,
): SubjectPublicKeyInfo['key'] => {
  switch (algorithm.oid) {
    case algorithmOid.rsaEncryption:
      return parseRsa(algorithm, octets)
    case algorithmOid.ecPublicKey:
      return parseEc(algorithm, octets)
    case algorithmOid.dsa:
      return parseDsa(algorithm, octets)
  }
  const length = gostKeyLengths.get(algorithm.oid)
  return length === undefined ? { type: 'unknown' } : parseGost(algorithm, { octets, length })
}

/**
 * Reads a SubjectPublicKeyInfo: RSA, ECDSA on named curves, DSA, GOST under Kazakh, Russian and Uzbek
 * OIDs, others as unknown.
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
  return {
    bytes: node?.bytes ?? new Uint8Array(),
    algorithm,
    subjectPublicKey,
    key: parseKey(algorithm, subjectPublicKey),
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
