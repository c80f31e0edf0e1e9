/**
 * Modes of GOST R 34.13-2015 and RFC 8645 (R 1323565.1.017-2018) over Magma and Kuznyechik, as far as
 * key stores and key transport use them. Every function leaves its input as it is.
 * @module
 */
import {
  BLOCK_BYTES,
  type BlockCipher,
  type BlockCipherName,
  startBlockCipher,
} from './block-cipher.ts'
import { CIPHER_KEY_BYTES } from './gost28147-core.ts'
import { assertOctets } from './octets.ts'

/** A cipher with its key of 32 octets. */
export type BlockCipherKey = { readonly cipher: BlockCipherName; readonly key: Uint8Array }

const overBlocks = (
  octets: Uint8Array,
  { cipher, key }: BlockCipherKey,
  step: 'encrypt' | 'decrypt',
): Uint8Array => {
  assertOctets(octets, 'octets')
  const blockCipher = startBlockCipher(cipher, key)
  const { blockBytes } = blockCipher
  if (octets.length % blockBytes !== 0) {
    throw new RangeError(`"octets" expected whole blocks of ${blockBytes} octets`)
  }
  const result = Uint8Array.from(octets)
  for (let at = 0; at < result.length; at += blockBytes) {
    blockCipher[step](result.subarray(at, at + blockBytes))
  }
  blockCipher.wipe()

  return result
}

/**
 * Electronic codebook mode (ECB), GOST R 34.13-2015 section 5.1.
 * @throws RangeError when the octets are not whole blocks or the key is not 32 octets.
 */
export function encryptEcb(octets: Uint8Array, key: BlockCipherKey): Uint8Array {
  return overBlocks(octets, key, 'encrypt')
}

/**
 * Reverses `encryptEcb`.
 * @throws RangeError when the octets are not whole blocks or the key is not 32 octets.
 */
export function decryptEcb(octets: Uint8Array, key: BlockCipherKey): Uint8Array {
  return overBlocks(octets, key, 'decrypt')
}

/** D of RFC 8645 section 6.2.1: octets 80 to 9f. */
const ACPKM_CONSTANT = Uint8Array.from({ length: CIPHER_KEY_BYTES }, (_, i) => 0x80 + i)

/** The next section key: ACPKM(K), RFC 8645 section 6.2.1. */
export const nextSectionKey = (cipher: BlockCipher): Uint8Array => {
  const key = Uint8Array.from(ACPKM_CONSTANT)
  for (let at = 0; at < key.length; at += cipher.blockBytes) {
    cipher.encrypt(key.subarray(at, at + cipher.blockBytes))
  }

  return key
}

/** What the counter modes need beside the key. */
export type CtrOptions = BlockCipherKey & {
  /** Half a block: 4 octets for Magma, 8 for Kuznyechik. The counter fills the other half. */
  readonly iv: Uint8Array
}

/** What CTR-ACPKM needs. */
export type CtrAcpkmOptions = CtrOptions & {
  /** Octets under one section key: whole blocks. RFC 9337: 8 KiB for Magma, 256 KiB for Kuznyechik. */
  readonly sectionBytes: number
}

/** Adds one to a big-endian counter. */
const increment = (counter: Uint8Array): void => {
  for (let i = counter.length - 1; i >= 0; i--) {
    const value = ((counter[i] as number) + 1) & 255
    counter[i] = value
    if (value !== 0) return
  }
}

const counterMode = (
  octets: Uint8Array,
  { cipher, key, iv }: CtrOptions,
  sectionBytes: number,
): Uint8Array => {
  assertOctets(octets, 'octets')
  let blockCipher = startBlockCipher(cipher, key)
  const { blockBytes } = blockCipher
  assertOctets(iv, 'iv', blockBytes / 2)
  const counter = new Uint8Array(blockBytes)
  counter.set(iv)
  const gamma = new Uint8Array(blockBytes)
  const result = new Uint8Array(octets.length)
  for (let at = 0; at < octets.length; at += blockBytes) {
    if (at > 0 && at % sectionBytes === 0) {
      const sectionKey = nextSectionKey(blockCipher)
      blockCipher.wipe()
      blockCipher = startBlockCipher(cipher, sectionKey)
      sectionKey.fill(0)
    }
    gamma.set(counter)
    blockCipher.encrypt(gamma)
    increment(counter)
    const end = Math.min(at + blockBytes, octets.length)
    for (let i = at; i < end; i++) result[i] = (octets[i] as number) ^ (gamma[i - at] as number)
  }
  gamma.fill(0)
  blockCipher.wipe()

  return result
}

/**
 * Counter mode (CTR), GOST R 34.13-2015 section 5.2; any length, the same both ways.
 * @throws RangeError when the key or the start vector has a wrong length.
 */
export function cryptCtr(octets: Uint8Array, options: CtrOptions): Uint8Array {
  return counterMode(octets, options, Number.POSITIVE_INFINITY)
}

/**
 * Counter mode with internal re-keying (CTR-ACPKM), RFC 8645 section 6.2.2; the same both ways.
 * @throws RangeError when a length is wrong or a section is not whole blocks.
 */
export function cryptCtrAcpkm(octets: Uint8Array, options: CtrAcpkmOptions): Uint8Array {
  const { sectionBytes, cipher } = options
  if (!Number.isSafeInteger(sectionBytes) || sectionBytes <= 0) {
    throw new RangeError('"sectionBytes" expected a positive number')
  }
  if (sectionBytes % BLOCK_BYTES[cipher] !== 0) {
    throw new RangeError('"sectionBytes" expected whole blocks')
  }

  return counterMode(octets, options, sectionBytes)
}
