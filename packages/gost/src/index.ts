/**
 * GOST hashes and signatures of Russia, Kazakhstan and Uzbekistan. Octets in, octets out:
 * no input or output, no ASN.1, no Node modules.
 *
 * Wrong arguments throw TypeError (kind) or RangeError (value) that name the argument.
 * @module
 */
export type { BlockCipherName } from './block-cipher.ts'
export { type CurveName, type CurveParameters, curveOf, curves } from './curves.ts'
export { type KdfInput, kdfGost3411, kdfTreeGost3411 } from './derive-key.ts'
export { createGost94, gost94 } from './gost94.ts'
export type { Gost94Sbox } from './gost94-core.ts'
export {
  type BlockCipherKey,
  type CtrAcpkmOptions,
  type CtrOptions,
  cryptCtr,
  cryptCtrAcpkm,
  decryptEcb,
  encryptEcb,
} from './gost3413.ts'
export {
  cryptGost28147Cnt,
  decryptGost28147Cfb,
  decryptGost28147Ecb,
  encryptGost28147Cfb,
  encryptGost28147Ecb,
  type Gost28147Key,
  type Gost28147Stream,
} from './gost28147.ts'
export { type MacGost28147Options, macGost28147 } from './gost28147-mac.ts'
export type { Gost28147Sbox } from './gost28147-sboxes.ts'
export {
  diversifyKeyCryptoPro,
  unwrapKeyCryptoPro,
  unwrapKeyGost28147,
  type WrapGost28147Options,
  wrapKeyCryptoPro,
  wrapKeyGost28147,
} from './gost28147-wrap.ts'
export { createHmacGost94, hmacGost94 } from './hmac-gost94.ts'
export {
  createHmacStreebog256,
  createHmacStreebog512,
  hmacStreebog256,
  hmacStreebog512,
} from './hmac-streebog.ts'
export { type Kexp15Options, kexp15, kimp15 } from './kexp15.ts'
export { type OmacAcpkmOptions, omac, omacAcpkm } from './omac.ts'
export { type GostPrf, type Pbkdf2GostInput, pbkdf2Gost } from './pbkdf2.ts'
export { derivePublicKey, generatePrivateKey, type RandomBytes } from './private-key.ts'
export {
  checkPublicKey,
  decodePublicKey,
  encodePublicKey,
  type PublicKeyFault,
  type PublicPoint,
} from './public-key.ts'
export { divideModuloOrder, isPrivateKey, multiplyModuloOrder } from './secret-integers.ts'
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
export { type VerifyDigestInput, verifyDigest, verifyDigests } from './verify-digest.ts'
export { type GostBackend, gostBackend } from './wasm/backend.ts'
