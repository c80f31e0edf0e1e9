import { decodeContainer } from '../asn1/index.ts'
import { looksLikeSignature, parseSignedData, type SignedData } from '../cms/index.ts'
import { isPkiError, PkiError, type PkiErrorCode } from '../error.ts'
import { isRegularText } from './is-regular-text.ts'

/** A container that was read, or the code of why it could not be. */
export type ContainerReading =
  | { readonly readable: true; readonly data: SignedData }
  | { readonly readable: false; readonly code: PkiErrorCode }

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
    return isText && !isRegularText(Buffer.from(container).toString('utf8'))
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
