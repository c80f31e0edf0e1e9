/**
 * GOST 28147-89 (RFC 5830) in its modes, with the key meshing of RFC 4357: what old Russian key
 * files are encrypted with. Every function leaves its input as it is and gives new octets.
 *
 * Table look-ups depend on secrets: see `gost28147-core.ts` for what that means.
 * @module
 */
import { GOST28147_BLOCK_BYTES, Gost28147Block, MESHING_BYTES } from './gost28147-block.ts'
import type { Gost28147Sbox } from './gost28147-sboxes.ts'
import { assertOctets, viewOf } from './octets.ts'

/** A key of 32 octets and its substitution. */
export type Gost28147Key = { readonly key: Uint8Array; readonly sbox: Gost28147Sbox }

/** What the feedback and gamma modes need beside the key. */
export type Gost28147Stream = Gost28147Key & {
  /** 8 octets. */
  readonly iv: Uint8Array
  /** Change the key after every 1024 octets, RFC 4357 section 2.3.2. Default: no. */
  readonly keyMeshing?: boolean
}

const overBlocks = (
  octets: Uint8Array,
  { key, sbox }: Gost28147Key,
  step: 'encrypt' | 'decrypt',
): Uint8Array => {
  assertOctets(octets, 'octets')
  if (octets.length % GOST28147_BLOCK_BYTES !== 0) {
    throw new RangeError('"octets" expected whole blocks of 8 octets')
  }
  const cipher = new Gost28147Block(key, sbox)
  const result = Uint8Array.from(octets)
  const view = viewOf(result)
  for (let at = 0; at < result.length; at += GOST28147_BLOCK_BYTES) cipher[step](view, at)
  cipher.wipe()

  return result
}

/**
 * Simple substitution mode (ECB), RFC 5830 section 5.
 * @throws RangeError when the octets are not whole blocks or the key is not 32 octets.
 */
export function encryptGost28147Ecb(octets: Uint8Array, key: Gost28147Key): Uint8Array {
  return overBlocks(octets, key, 'encrypt')
}

/**
 * Reverses `encryptGost28147Ecb`.
 * @throws RangeError when the octets are not whole blocks or the key is not 32 octets.
 */
export function decryptGost28147Ecb(octets: Uint8Array, key: Gost28147Key): Uint8Array {
  return overBlocks(octets, key, 'decrypt')
}

const cfb = (
  octets: Uint8Array,
  { key, sbox, iv, keyMeshing = false }: Gost28147Stream,
  direction: 'encrypt' | 'decrypt',
): Uint8Array => {
  assertOctets(octets, 'octets')
  assertOctets(iv, 'iv', GOST28147_BLOCK_BYTES)
  const cipher = new Gost28147Block(key, sbox)
  const register = Uint8Array.from(iv)
  const view = viewOf(register)
  const result = new Uint8Array(octets.length)
  const ciphertext = direction === 'encrypt' ? result : octets
  for (let at = 0; at < octets.length; at += GOST28147_BLOCK_BYTES) {
    if (keyMeshing && at > 0 && at % MESHING_BYTES === 0) cipher.mesh(view, 0)
    cipher.encrypt(view, 0)
    const end = Math.min(at + GOST28147_BLOCK_BYTES, octets.length)
    for (let i = at; i < end; i++) result[i] = (octets[i] as number) ^ (register[i - at] as number)
    register.set(ciphertext.subarray(at, end))
  }
  register.fill(0)
  cipher.wipe()

  return result
}

/**
 * Cipher feedback mode over 8 octets (CFB), RFC 5830 section 7; any length.
 * @throws RangeError when the key is not 32 or the start vector not 8 octets.
 */
export function encryptGost28147Cfb(octets: Uint8Array, options: Gost28147Stream): Uint8Array {
  return cfb(octets, options, 'encrypt')
}

/**
 * Reverses `encryptGost28147Cfb`.
 * @throws RangeError when the key is not 32 or the start vector not 8 octets.
 */
export function decryptGost28147Cfb(octets: Uint8Array, options: Gost28147Stream): Uint8Array {
  return cfb(octets, options, 'decrypt')
}

/** C2 and C1 of RFC 5830 section 6: added to the halves of the counter. */
const COUNTER_LOW = 0x01010101
const COUNTER_HIGH = 0x01010104

/** The counter's next value: low half modulo 2^32, high half modulo 2^32 - 1. */
const count = (view: DataView): void => {
  view.setUint32(0, (view.getUint32(0, true) + COUNTER_LOW) >>> 0, true)
  const high = view.getUint32(4, true) + COUNTER_HIGH
  view.setUint32(4, high > 0xffffffff ? high - 0xffffffff : high, true)
}

/**
 * Counter mode (CNT, gamma mode), RFC 5830 section 6; any length, the same both ways.
 * @throws RangeError when the key is not 32 or the start vector not 8 octets.
 */
export function cryptGost28147Cnt(
  octets: Uint8Array,
  { key, sbox, iv, keyMeshing = false }: Gost28147Stream,
): Uint8Array {
  assertOctets(octets, 'octets')
  assertOctets(iv, 'iv', GOST28147_BLOCK_BYTES)
  const cipher = new Gost28147Block(key, sbox)
  const counter = Uint8Array.from(iv)
  const counterView = viewOf(counter)
  const gamma = new Uint8Array(GOST28147_BLOCK_BYTES)
  const gammaView = viewOf(gamma)
  const result = new Uint8Array(octets.length)
  cipher.encrypt(counterView, 0)
  for (let at = 0; at < octets.length; at += GOST28147_BLOCK_BYTES) {
    if (keyMeshing && at > 0 && at % MESHING_BYTES === 0) cipher.mesh(counterView, 0)
    count(counterView)
    gamma.set(counter)
    cipher.encrypt(gammaView, 0)
    const end = Math.min(at + GOST28147_BLOCK_BYTES, octets.length)
    for (let i = at; i < end; i++) result[i] = (octets[i] as number) ^ (gamma[i - at] as number)
  }
  counter.fill(0)
  gamma.fill(0)
  cipher.wipe()

  return result
}
