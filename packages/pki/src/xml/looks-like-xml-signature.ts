import { latin1Of } from '../asn1/bytes.ts'
import { namespace } from './namespaces.ts'

/** Names that stand in every XML signature; one of them may be damaged. */
const marks: readonly string[] = [namespace.ds, 'SignedInfo', 'SignatureValue', 'DigestValue']

/** A document that lost its first character still has markup soon. */
const headCharacters = 256

/** First characters of CMS: SEQUENCE in DER, its base64, PEM. */
const isCmsStart = (text: string): boolean => /^[0M-]/.test(text)

/**
 * Is it an XML document with a signature, or was it one before it was damaged? It begins with markup and
 * has two of the marks of XML Signature, in UTF-8 or UTF-16; or it begins with something that is no other
 * container, has markup soon, and three of the marks.
 */
export const looksLikeXmlSignature = (bytes: Uint8Array): boolean => {
  if (isCmsStart(latin1Of(bytes.subarray(0, 1)))) {
    return false
  }
  const decode = (part: Uint8Array): string => new TextDecoder('latin1').decode(part)
  const raw = decode(bytes.subarray(0, headCharacters))
  const head = raw.replaceAll('\0', '').replace(/^(?:\xef\xbb\xbf|\xfe\xff|\xff\xfe)*\s*/, '')
  if (isCmsStart(head) || !head.includes('<')) {
    return false
  }
  const whole = decode(bytes)
  const text = raw.includes('\0') ? whole.replaceAll('\0', '') : whole
  const found = marks.filter((mark) => text.includes(mark)).length
  return found >= (head.startsWith('<') ? 2 : 3)
}
