/**
 * GOST R 34.11-94, RFC 5831: for old signatures and for Kazakh time-stamps and Uzbek signatures.
 * @module
 */
import { checkHashes } from './check-hashes.ts'
import type { Gost94Sbox } from './gost94-core.ts'
import { startGost94 } from './start-gost94.ts'
import type { Hasher } from './streebog-core.ts'

/**
 * Starts a GOST R 34.11-94 hash of 32 octets, zero start vector. There is no default substitution:
 * Kazakh GOST 34.311-95 means `d-test`, Russian and Uzbek objects mean `cryptopro`.
 * @throws RangeError when `sbox` is neither.
 */
export function createGost94(options: { readonly sbox: Gost94Sbox }): Hasher {
  checkHashes()

  return startGost94(options.sbox)
}

/** GOST R 34.11-94 of one piece: 32 octets, in the order that deployed encoders emit. */
export function gost94(octets: Uint8Array, options: { readonly sbox: Gost94Sbox }): Uint8Array {
  return createGost94(options).update(octets).digest()
}
