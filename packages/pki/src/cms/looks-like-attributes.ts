import { readDer } from '../asn1/index.ts'
import { isPkiError } from '../error.ts'
import { parseAttribute } from './attributes.ts'

/**
 * Content that is itself the DER of signed attributes lets a signature over attributes be shown as
 * one over that content (security.md row 1).
 */
export const looksLikeAttributes = (content: Uint8Array | undefined): boolean => {
  if (content?.[0] !== 0x31) {
    return false
  }
  try {
    return readDer(content).children.map(parseAttribute).length > 0
  } catch (error) {
    if (isPkiError(error)) {
      return false
    }
    throw error
  }
}
