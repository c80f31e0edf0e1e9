/**
 * GOST hashes and signatures of Russia, Kazakhstan and Uzbekistan. Octets in, octets out:
 * no input or output, no ASN.1, no Node modules.
 *
 * Wrong arguments throw TypeError (kind) or RangeError (value) that name the argument.
 * @module
 */
export { createGost94, gost94 } from './gost94.ts'
export type { Gost94Sbox } from './gost94-core.ts'
export {
  createHmacStreebog256,
  createHmacStreebog512,
  hmacStreebog256,
  hmacStreebog512,
} from './hmac-streebog.ts'
export { createStreebog256, createStreebog512, streebog256, streebog512 } from './streebog.ts'
export type { Hasher } from './streebog-core.ts'
