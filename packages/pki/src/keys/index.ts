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
export {
  type DigestAlgorithm,
  type DigestName,
  type DigestState,
  digestByOid,
  digestOf,
} from './digests.ts'
export { algorithmOid } from './oids.ts'
export {
  type GostScheme,
  type RsaScheme,
  resolveScheme,
  type SchemeCurve,
  type SchemeId,
  type SignatureScheme,
  schemeById,
  signatureSchemes,
} from './schemes.ts'
export {
  encodeGostSpki,
  type GostPublicKey,
  parseSpki,
  type RsaPublicKey,
  type SubjectPublicKeyInfo,
  type UnknownPublicKey,
} from './spki.ts'
