import { isPkiError } from '../error.ts'
import { type Certificate, parseCertificate } from '../x509/index.ts'

/** Distinct certificates of a set, in order. Throws the code of the first that cannot be read. */
export const parseCertificates = (encoded: readonly Uint8Array[]): readonly Certificate[] => {
  const certificates = encoded.map(parseCertificate)
  return [...new Map(certificates.map((each) => [each.sha256, each])).values()]
}

/** Those certificates of a set that can be read: for material that nobody vouches for. */
export const readableCertificates = (encoded: readonly Uint8Array[]): readonly Certificate[] =>
  encoded.flatMap((bytes) => {
    try {
      return [parseCertificate(bytes)]
    } catch (error) {
      if (isPkiError(error)) {
        return []
      }
      throw error
    }
  })
