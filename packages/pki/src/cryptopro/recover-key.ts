/**
 * The private key of a CryptoPro container out of a pair of its files (ru-cryptopro-container.md §3).
 * @module
 */
import {
  decryptGost28147Ecb,
  derivePublicKey,
  divideModuloOrder,
  isPrivateKey,
  macGost28147,
} from '@muhr/gost'
import { equalOctets } from '../asn1/bytes.ts'
import { derivePinKey, type PinHash } from './derive-pin-key.ts'
import { type CryptoProKeyParameters, containerSbox } from './parameters.ts'
import type { ContainerMasks } from './parse-container.ts'

/** A private key with the public key that it gives. */
export type RecoveredKey = {
  /** d, little-endian. Whoever holds it holds the key: never log it. */
  readonly privateKey: Uint8Array
  /** x ‖ y, each little-endian. */
  readonly publicKey: Uint8Array
}

/** The hash of the container's PIN key. */
export const pinHashOf = ({ scheme }: CryptoProKeyParameters): PinHash =>
  scheme.id === 'ru-2001' ? 'gost-34.11-94' : 'streebog-256'

/** Does the imitovstavka of the masks file hold, under the mask itself (its end, when it is long)? */
export const hasSoundMask = (
  { mask, salt, mac }: ContainerMasks,
  parameters: CryptoProKeyParameters,
): boolean =>
  mask.length === parameters.byteLength &&
  equalOctets(macGost28147(salt, { key: mask.subarray(-32), sbox: containerSbox(parameters) }), mac)

/** Does this reading of a PIN give the container's check value? */
export const isPin = (
  code: Uint16Array,
  input: {
    readonly parameters: CryptoProKeyParameters
    readonly fingerprint: Uint8Array
    readonly pinCheck: Uint8Array
  },
): boolean => {
  const { parameters, fingerprint, pinCheck } = input
  const key = derivePinKey({ hash: pinHashOf(parameters), code, salt: fingerprint })
  const mac = macGost28147(new Uint8Array(16), { key, sbox: containerSbox(parameters) })
  key.fill(0)
  return equalOctets(mac, pinCheck)
}

/**
 * d = y / m modulo q, where y is the decrypted number and m the mask. `undefined` when a number is
 * impossible: another PIN, or a damaged file. What comes out must still be compared with a fingerprint
 * or a certificate.
 */
export const recoverKey = (input: {
  readonly parameters: CryptoProKeyParameters
  readonly masks: ContainerMasks
  readonly encrypted: Uint8Array
  readonly code: Uint16Array
}): RecoveredKey | undefined => {
  const { parameters, masks, encrypted, code } = input
  const { curve, byteLength } = parameters
  if (encrypted.length !== byteLength || masks.mask.length !== byteLength) {
    return undefined
  }
  const pinKey = derivePinKey({ hash: pinHashOf(parameters), code, salt: masks.salt })
  const sbox = containerSbox(parameters)
  const dividend = decryptGost28147Ecb(encrypted, { key: pinKey, sbox })
  const isPossible = isPrivateKey(curve, dividend) && isPrivateKey(curve, masks.mask)
  const privateKey = isPossible
    ? divideModuloOrder(curve, { dividend, divisor: masks.mask })
    : undefined
  pinKey.fill(0)
  dividend.fill(0)
  return privateKey === undefined
    ? undefined
    : { privateKey, publicKey: derivePublicKey(curve, privateKey) }
}
