import {
  type CurveName,
  curveOf,
  derivePublicKey,
  isPrivateKey,
  multiplyModuloOrder,
} from '@muhr/gost'
import { expectSequence, isUniversal, octetsOf, smallIntegerOf } from '../asn1/access.ts'
import { equalOctets } from '../asn1/bytes.ts'
import { universalTag } from '../asn1/node.ts'
import { readDer } from '../asn1/read.ts'
import { isPkiError, PkiError } from '../error.ts'

/** How the octets of a number stand. */
export type OctetOrder = 'little' | 'big'

const malformed = (message: string): PkiError => new PkiError({ code: 'key.malformed', message })

/** No real key has more masks; more would be an attack on our patience. */
const maxMasks = 8

type RawNumber = { readonly octets: Uint8Array; readonly order: OctetOrder }

/** An INTEGER's content, filled up to the length of the curve. */
const integerOctets = (content: Uint8Array, length: number): Uint8Array => {
  const start = content.findIndex((octet) => octet !== 0)
  const digits = start < 0 ? new Uint8Array() : content.subarray(start)
  if (digits.length > length || (content[0] ?? 0) >= 0x80) {
    throw malformed('A private key is larger than its curve.')
  }
  const octets = new Uint8Array(length)
  octets.set(digits, length - digits.length)
  return octets
}

/** ECPrivateKey of RFC 5915: version 1, the number big-endian. */
const readSec1 = (octets: Uint8Array, length: number): RawNumber | undefined => {
  if (octets[0] !== 0x30) {
    return undefined
  }
  try {
    const [version, key] = expectSequence(readDer(octets))
    return smallIntegerOf(version) === 1
      ? { octets: integerOctets(octetsOf(key), length), order: 'big' }
      : undefined
  } catch (error) {
    if (isPkiError(error)) {
      return undefined
    }
    throw error
  }
}

const unwrap = (
  octets: Uint8Array,
  { length, order }: { length: number; order: OctetOrder },
): RawNumber => {
  const sec1 = readSec1(octets, length)
  if (sec1 !== undefined) {
    return sec1
  }
  if (octets.length % length === 0) {
    return { octets, order }
  }
  try {
    const node = readDer(octets)
    return isUniversal(node, universalTag.integer)
      ? { octets: integerOctets(node.content, length), order: 'big' }
      : { octets: octetsOf(node), order }
  } catch (error) {
    throw isPkiError(error) ? malformed('A GOST private key is in no known form.') : error
  }
}

/**
 * d of a private key in any of the forms that the three countries write, as octets, least significant
 * first: raw, in an inner OCTET STRING, as an INTEGER, masked (n + 1 numbers whose product is d,
 * RFC 9548, R 50.1.112), or as SEC 1 has it.
 *
 * With a public key at hand the curve and the order of octets that give it are taken, and nothing else
 * passes; without one, the first curve and the order that the form has by default.
 *
 * Throws `key.malformed`, and `key.mismatch` when the number does not give the public key.
 */
export const readPrivateNumber = (
  octets: Uint8Array,
  input: {
    /** The curve that the parameters name, then others that they may mean. */
    readonly curves: readonly [CurveName, ...CurveName[]]
    /** Order of raw octets. */
    readonly order: OctetOrder
    /** x ‖ y, each little-endian. */
    readonly publicKey?: Uint8Array | undefined
  },
): { readonly curve: CurveName; readonly privateKey: Uint8Array } => {
  const [named] = input.curves
  const { byteLength: length } = curveOf(named)
  const raw = unwrap(octets, { length, order: input.order })
  if (
    raw.octets.length === 0 ||
    raw.octets.length % length !== 0 ||
    raw.octets.length > length * (1 + maxMasks)
  ) {
    throw malformed('A GOST private key is of the wrong length.')
  }
  const numberIn = (curve: CurveName, order: OctetOrder): Uint8Array => {
    const parts: Uint8Array[] = []
    for (let at = 0; at < raw.octets.length; at += length) {
      const part = raw.octets.slice(at, at + length)
      parts.push(order === 'big' ? part.reverse() : part)
    }
    // A number without masks is taken as it is: reducing it would hide one that is too large.
    const [only] = parts
    return parts.length === 1 && only !== undefined ? only : multiplyModuloOrder(curve, parts)
  }
  const { publicKey } = input
  if (publicKey === undefined) {
    const privateKey = numberIn(named, raw.order)
    if (!isPrivateKey(named, privateKey)) {
      throw malformed('A GOST private key is not between 0 and the order of its curve.')
    }
    return { curve: named, privateKey }
  }
  const orders: readonly OctetOrder[] =
    raw.order === 'little' ? ['little', 'big'] : ['big', 'little']
  for (const curve of input.curves) {
    for (const order of orders) {
      const privateKey = numberIn(curve, order)
      if (
        isPrivateKey(curve, privateKey) &&
        equalOctets(derivePublicKey(curve, privateKey), publicKey)
      ) {
        return { curve, privateKey }
      }
      privateKey.fill(0)
    }
  }
  throw new PkiError({
    code: 'key.mismatch',
    message: 'The private key does not belong to the public key beside it.',
  })
}
