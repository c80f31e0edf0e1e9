import { namespace } from './namespaces.ts'

/** Names that stand in every XML signature; one of them may be damaged. */
const marks: readonly string[] = [namespace.ds, 'SignedInfo', 'SignatureValue', 'DigestValue']

/** Markup begins where a document begins, or soon. */
const headCharacters = 256

/**
 * Is it an XML document with a signature, or was it one before it was damaged? Markup at the beginning,
 * and two of the marks of XML Signature anywhere, in UTF-8 or UTF-16.
 */
export const looksLikeXmlSignature = (bytes: Uint8Array): boolean => {
  const raw = new TextDecoder('latin1').decode(bytes)
  const text = raw.slice(0, headCharacters).includes('\0') ? raw.replaceAll('\0', '') : raw
  return (
    text.slice(0, headCharacters).includes('<') &&
    marks.filter((mark) => text.includes(mark)).length >= 2
  )
}
