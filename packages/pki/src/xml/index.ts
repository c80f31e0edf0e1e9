/**
 * XML signatures: XMLDSig 1.1 and XAdES-B (ETSI EN 319 132-1), read, checked, made. libxml2 (a megabyte
 * of WebAssembly) is loaded when the first document is opened.
 * @module
 */
export {
  type CreateXmlSignatureInput,
  createXmlSignature,
  type XmlSignatureForm,
} from './create/create-xml-signature.ts'
export { type XmlProfileName, type XmlSignatureProfile, xmlProfiles } from './create/profiles.ts'
export type { SignedPropertiesInput } from './create/render-signed-properties.ts'
export type { XmlDefect } from './defects.ts'
export {
  type GatherXmlOptions,
  gatherXmlSignatures,
  type XmlSignatureFact,
} from './gather-signatures.ts'
export { defaultXmlLimits, type XmlLimits } from './limits.ts'
export { looksLikeXmlSignature } from './looks-like-xml-signature.ts'
