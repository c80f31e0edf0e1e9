/**
 * GOST hashes and signatures of Russia, Kazakhstan and Uzbekistan. Octets in, octets out:
 * no input or output, no ASN.1, no Node modules.
 *
 * Wrong arguments throw TypeError (kind) or RangeError (value) that name the argument.
 * @module
 */
export { type CurveName, type CurveParameters, curveOf, curves } from './curves.ts'
export { createGost94, gost94 } from './gost94.ts'
export type { Gost94Sbox } from './gost94-core.ts'
export {
  createHmacStreebog256,
  createHmacStreebog512,
  hmacStreebog256,
  hmacStreebog512,
} from './hmac-streebog.ts'
export { derivePublicKey, generatePrivateKey, type RandomBytes } from './private-key.ts'
export {
  checkPublicKey,
  decodePublicKey,
  encodePublicKey,
  type PublicKeyFault,
  type PublicPoint,
} from './public-key.ts'
export { selfTest } from './self-test.ts'
export { type SignDigestInput, signDigest } from './sign-digest.ts'
export {
  decodeSignature,
  encodeSignature,
  type Signature,
  type SignatureCountry,
} from './signature.ts'
export { createStreebog256, createStreebog512, streebog256, streebog512 } from './streebog.ts'
export type { Hasher } from './streebog-core.ts'
export { type VerifyDigestInput, verifyDigest } from './verify-digest.ts'
export { type GostBackend, gostBackend } from './wasm/backend.ts'
