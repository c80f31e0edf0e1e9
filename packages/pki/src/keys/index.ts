/**
 * Keys, digests and the closed list of signature schemes.
 * @module
 */
export {
  type AlgorithmIdentifier,
  encodeAlgorithmIdentifier,
  expectNoParameters,
  parseAlgorithmIdentifier,
} from './algorithm-identifier.ts'
export { checkSigned, type SignatureFinding, type SignedObject } from './check-signed.ts'
export { createRsaSigner } from './create-rsa-signer.ts'
export { curveOfKey, type KeyCurve } from './curve-of-key.ts'
export {
  type DigestAlgorithm,
  type DigestName,
  type DigestState,
  digestByOid,
  digestOf,
  isKnownDigest,
} from './digests.ts'
export { algorithmOid } from './oids.ts'
export { encodePkcs8, gostSchemeOfKey, type Pkcs8, parsePkcs8 } from './pkcs8.ts'
export {
  type DsaScheme,
  type EcdsaScheme,
  type GostScheme,
  isKnownUnsupported,
  isSetOf,
  type RsaScheme,
  resolveScheme,
  type SchemeId,
  type SignatureScheme,
  schemeById,
  signatureSchemes,
} from './schemes.ts'
export {
  createSigningKey,
  type GenerateKeyKind,
  generateKey,
  type RsaSigningScheme,
  type Signer,
  type SigningKey,
} from './signing-key.ts'
export {
  type DsaParameters,
  type DsaPublicKey,
  type EcCurveName,
  type EcPublicKey,
  encodeGostSpki,
  type GostPublicKey,
  parseSpki,
  type RsaPublicKey,
  type SubjectPublicKeyInfo,
  type UnknownPublicKey,
} from './spki.ts'
export { inheritParameters, lacksParameters } from './verify-dsa.ts'
export { expectUsableKey, verifySignature } from './verify-signature.ts'
