/**
 * CMS SignedData (RFC 5652): read, check the mathematics of, make, extend.
 * @module
 */
export { addCounterSignature } from './add-counter-signature.ts'
export { addSigner } from './add-signer.ts'
export {
  addSignatureTimeStamp,
  addUnsignedAttribute,
  addUnsignedAttributes,
  type UnsignedAttributeSpec,
} from './add-unsigned-attribute.ts'
export { attributesOf } from './attributes.ts'
export {
  checkSigner,
  type SignerCheck,
  type SignerDefect,
  signatureTimeStampsOf,
} from './check-signer.ts'
export { createSignedData, type SignedDataSpec, signDigestedContent } from './create-signed-data.ts'
export { createSignedDataStream } from './create-signed-data-stream.ts'
export type { CmsSigner } from './create-signer-info.ts'
export { digestContent } from './digest-content.ts'
export { type DigestibleContent, digestibleContent } from './digestible-content.ts'
export { findSignerCertificates, namesCertificate } from './find-signer-certificate.ts'
export { joinSignedData } from './join-signed-data.ts'
export { beginsAsSignedData, looksLikeSignature } from './looks-like-signature.ts'
export { attachContent, detachContent } from './move-content.ts'
export { attributeOid as cmsAttributeOid, contentTypeOid } from './oids.ts'
export { parseSignedData } from './parse-signed-data.ts'
export { type ContentPlace, placeOfContent } from './place-of-content.ts'
export { readSignedDataStream, type StreamedSignedData } from './read-signed-data-stream.ts'
export {
  type SignatureProfile,
  type SignatureProfileName,
  signatureProfiles,
} from './signature-profile.ts'
export { type SeparateSigner, splitSignedData } from './split-signed-data.ts'
export type {
  Attribute,
  SignedData,
  SignedDataFields,
  SignerIdentifier,
  SignerInfo,
} from './types.ts'
export type { ContainerEncoding } from './write-signed-data.ts'
