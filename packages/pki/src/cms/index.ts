/**
 * CMS SignedData (RFC 5652): read, check the mathematics of, make, extend.
 * @module
 */
export { addSignatureTimeStamp, addUnsignedAttribute } from './add-unsigned-attribute.ts'
export { attributesOf } from './attributes.ts'
export {
  checkSigner,
  type SignerCheck,
  type SignerDefect,
  signatureTimeStampsOf,
} from './check-signer.ts'
export { type CmsSigner, createSignedData } from './create-signed-data.ts'
export { digestContent } from './digest-content.ts'
export { type DigestibleContent, digestibleContent } from './digestible-content.ts'
export { findSignerCertificates, namesCertificate } from './find-signer-certificate.ts'
export { beginsAsSignedData, looksLikeSignature } from './looks-like-signature.ts'
export { attributeOid as cmsAttributeOid, contentTypeOid } from './oids.ts'
export { parseSignedData } from './parse-signed-data.ts'
export { readSignedDataStream, type StreamedSignedData } from './read-signed-data-stream.ts'
export type {
  Attribute,
  SignedData,
  SignedDataFields,
  SignerIdentifier,
  SignerInfo,
} from './types.ts'
