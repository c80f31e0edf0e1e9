/**
 * XML signatures: XMLDSig 1.1 and XAdES-B (ETSI EN 319 132-1), read, checked, made. The room and libxml2
 * (a megabyte of WebAssembly) are loaded when the first document is opened: whoever has none pays nothing.
 * @module
 */
import type { CreateXmlSignatureInput } from './create/create-xml-signature.ts'
import type { GatherXmlOptions, XmlSignatureFact } from './gather-signatures.ts'
import type { SchemaValidationInput, XmlFault } from './validate-schema.ts'

export type { CreateXmlSignatureInput, XmlSignatureForm } from './create/create-xml-signature.ts'
export { type XmlProfileName, type XmlSignatureProfile, xmlProfiles } from './create/profiles.ts'
export type { SignedPropertiesInput } from './create/render-signed-properties.ts'
export type { XmlDefect } from './defects.ts'
export type { GatherXmlOptions, XmlSignatureFact } from './gather-signatures.ts'
export { defaultXmlLimits, type XmlLimits } from './limits.ts'
export { looksLikeXmlSignature } from './looks-like-xml-signature.ts'
export type { XmlFaultCode } from './schema-fault-codes.ts'
export type { SchemaValidationInput, XmlFault } from './validate-schema.ts'

/**
 * Signs XML, or octets in XML: enveloped, detached by an Id, enveloping, or beside its content; plain
 * XMLDSig, or XAdES-B where `xades` is given (ETSI EN 319 132-1 §6.3). The key may be a token or a remote
 * service: it is asked once, for a signature over the canonical SignedInfo. Gives the UTF-8 octets of the
 * whole document.
 *
 * Throws the `xml.*` codes of a document that cannot be read, `xml.not-signable`.
 *
 * @example
 * const signed = await createXmlSignature({
 *   form: 'enveloped', document, profile: 'kz', signer: { certificate, key },
 * })
 */
export const createXmlSignature = async (input: CreateXmlSignatureInput): Promise<Uint8Array> => {
  const room = await import('./create/create-xml-signature.ts')
  return room.createXmlSignature(input)
}

/**
 * Reads every ds:Signature of a document and checks its references; no certificate is looked at and
 * nothing is fetched. For a judgement use `verifySignature`, which knows XML as a container.
 *
 * Throws the `xml.*` codes of a document that cannot be read; what is wrong with a signature is a fact.
 */
export const gatherXmlSignatures = async (
  bytes: Uint8Array,
  options: GatherXmlOptions = {},
): Promise<readonly XmlSignatureFact[]> => {
  const room = await import('./gather-signatures.ts')
  return room.gatherXmlSignatures(bytes, options)
}

/**
 * Validates XML against an XML Schema 1.0: everything that is wrong, with line and column. The messages
 * hold no values of the document, which may be personal.
 *
 * Throws the `xml.*` codes of a hostile document, `xml.bad-schema`, `xml.no-engine`.
 */
export const validateXmlSchema = async (
  input: SchemaValidationInput,
): Promise<readonly XmlFault[]> => {
  const room = await import('./validate-schema.ts')
  return room.validateXmlSchema(input)
}
