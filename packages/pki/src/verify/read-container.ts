import { decodeContainer } from '../asn1/index.ts'
import { looksLikeSignature, parseSignedData, type SignedData } from '../cms/index.ts'
import { isPkiError, PkiError, type PkiErrorCode } from '../error.ts'

/** A container that was read, or the code of why it could not be. */
export type ContainerReading =
  | { readonly readable: true; readonly data: SignedData }
  | { readonly readable: false; readonly code: PkiErrorCode }

/**
 * Text that decodes to these octets, but in another spelling of base64 than the one every encoder
 * writes: both alphabets mixed, or bits after the last octet. One changed character makes it.
 */
const isOddlySpelled = (container: Uint8Array, decoded: Uint8Array): boolean => {
  const text = Buffer.from(container.buffer, container.byteOffset, container.byteLength)
    .toString('latin1')
    .replace(/\s+/g, '')
  const standard = Buffer.from(decoded).toString('base64').replace(/=+$/, '')
  const urlSafe = Buffer.from(decoded).toString('base64url')
  return !text.includes(standard) && !text.includes(urlSafe)
}

/**
 * Reads a signature container in whatever form it came. Damage is a reading, not an error: a report
 * says FORMAT_FAILURE. Only what is no signature at all is refused.
 *
 * Throws `container.not-a-signature`.
 */
export const readContainer = (container: Uint8Array): ContainerReading => {
  try {
    const decoded = decodeContainer(container)
    const isText = decoded !== container
    const data = parseSignedData(decoded)
    return isText && isOddlySpelled(container, decoded)
      ? { readable: false, code: 'container.unreadable' }
      : { readable: true, data }
  } catch (error) {
    if (!isPkiError(error)) {
      throw error
    }
    if (!looksLikeSignature(container)) {
      throw new PkiError({
        code: 'container.not-a-signature',
        message: 'The file is not a CMS signature.',
        cause: error,
      })
    }
    return { readable: false, code: error.code }
  }
}
