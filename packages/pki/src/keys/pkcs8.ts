import { curveOf } from '@muhr/gost'
import {
  expectSequence,
  integerOf,
  isTagged,
  isUniversal,
  octetsOf,
  oidOf,
  smallIntegerOf,
} from '../asn1/access.ts'
import { fromHex, toHex } from '../asn1/bytes.ts'
import { universalTag } from '../asn1/node.ts'
import { readDer } from '../asn1/read.ts'
import { der } from '../asn1/write.ts'
import { isPkiError, PkiError } from '../error.ts'
import { type AlgorithmIdentifier, parseAlgorithmIdentifier } from './algorithm-identifier.ts'
import { algorithmOid } from './oids.ts'
import { type GostScheme, signatureSchemes } from './schemes.ts'

/** A private key out of PKCS#8. Whoever holds one holds the key: never log it. */
export type Pkcs8 =
  | {
      readonly type: 'rsa'
      readonly algorithm: AlgorithmIdentifier
      /** The whole PrivateKeyInfo, for `node:crypto`. */
      readonly bytes: Uint8Array
    }
  | {
      readonly type: 'gost'
      readonly algorithm: AlgorithmIdentifier
      readonly scheme: GostScheme
      /** OIDs of the parameters, as the public key repeats them. */
      readonly parameters: readonly string[]
      /** d, little-endian, 32 or 64 octets. */
      readonly privateKey: Uint8Array
    }

const malformed = (message: string): PkiError => new PkiError({ code: 'key.malformed', message })

const littleEndian = (octets: Uint8Array): bigint => BigInt(`0x0${toHex(octets.toReversed())}`)

const toLittleEndian = (value: bigint, length: number): Uint8Array => {
  const hex = value.toString(16).padStart(length * 2, '0')
  if (hex.length !== length * 2) {
    throw malformed('A private key is larger than its curve.')
  }
  return fromHex(hex).toReversed()
}

/** An inner OCTET STRING or INTEGER, if the octets are exactly one; raw octets else. */
const unwrap = (octets: Uint8Array, length: number): Uint8Array => {
  if (octets.length % length === 0) {
    return octets
  }
  try {
    const node = readDer(octets)
    return isUniversal(node, universalTag.integer)
      ? toLittleEndian(integerOf(node), length)
      : octetsOf(node)
  } catch (error) {
    throw isPkiError(error) ? malformed('A GOST private key is in no known form.') : error
  }
}

/** d = K·M1·…·Mk mod q of a masked key (RFC 9548, R 50.1.112): masks undone by multiplication. */
const unmask = (octets: Uint8Array, { length, q }: { length: number; q: bigint }): Uint8Array => {
  let value = 1n
  for (let offset = 0; offset < octets.length; offset += length) {
    value = (value * littleEndian(octets.subarray(offset, offset + length))) % q
  }
  return toLittleEndian(value, length)
}

const readParameters = ({ parameters }: AlgorithmIdentifier): readonly string[] =>
  expectSequence(parameters ?? undefined).map(oidOf)

/** No real key has more masks; more would be an attack on our patience. */
const maxMasks = 8

/**
 * Reads a PrivateKeyInfo (RFC 5208, RFC 5958): RSA, and GOST of the listed schemes with the number raw
 * and little-endian (gost-engine), in an inner OCTET STRING (Kazakhstan), as an INTEGER, or masked.
 *
 * Throws `key.malformed`, `key.unsupported-algorithm`, `scheme.parameter-set-mismatch` and the `asn1.*`
 * codes; never with key octets in them.
 */
export const parsePkcs8 = (bytes: Uint8Array): Pkcs8 => {
  const parts = expectSequence(readDer(bytes))
  const version = smallIntegerOf(parts[0])
  const rest = parts.slice(3)
  if (
    (version !== 0 && version !== 1) ||
    !rest.every((part) => isTagged(part, 'context', 0) || isTagged(part, 'context', 1))
  ) {
    throw malformed('A private key is of an unknown version or form.')
  }
  const algorithm = parseAlgorithmIdentifier(parts[1])
  const octets = octetsOf(parts[2])
  if (algorithm.oid === algorithmOid.rsaEncryption) {
    return { type: 'rsa', algorithm, bytes }
  }
  const scheme = signatureSchemes.find(
    (candidate): candidate is GostScheme =>
      candidate.family === 'gost' && candidate.keyOid === algorithm.oid,
  )
  if (scheme === undefined) {
    throw new PkiError({
      code: 'key.unsupported-algorithm',
      message: 'The private key is of an algorithm that we do not sign with.',
      data: { oid: algorithm.oid },
    })
  }
  const parameters = readParameters(algorithm)
  const curve = scheme.parameterSets[parameters[0] ?? '']
  if (curve === undefined) {
    throw new PkiError({
      code: 'scheme.parameter-set-mismatch',
      message: 'The private key names no curve of its algorithm.',
      data: { scheme: scheme.id },
    })
  }
  const { q } = curveOf(curve)
  const length = scheme.coordinateLength
  const raw = unwrap(octets, length)
  if (raw.length === 0 || raw.length % length !== 0 || raw.length > length * (1 + maxMasks)) {
    throw malformed('A GOST private key is of the wrong length.')
  }
  const privateKey = raw.length === length ? raw : unmask(raw, { length, q })
  const d = littleEndian(privateKey)
  if (d === 0n || d >= q) {
    throw malformed('A GOST private key is not between 0 and the order of its curve.')
  }
  return { type: 'gost', algorithm, scheme, parameters, privateKey: Uint8Array.from(privateKey) }
}

/**
 * Writes a PrivateKeyInfo of a GOST key, version 0 without attributes: the number raw for Russia, in an
 * inner OCTET STRING for Kazakhstan (kz-egov-mobile.md §11.3, crypto.md §1).
 */
export const encodePkcs8 = ({
  scheme,
  parameters,
  privateKey,
}: {
  readonly scheme: GostScheme
  /** OIDs of the parameters, as in the public key. */
  readonly parameters: readonly string[]
  /** d, little-endian, 32 or 64 octets. */
  readonly privateKey: Uint8Array
}): Uint8Array =>
  der.sequence(
    der.integer(0),
    der.sequence(der.oid(scheme.keyOid), der.sequence(...parameters.map(der.oid))),
    der.octets(scheme.country === 'KZ' ? der.octets(privateKey) : privateKey),
  )
