import { isPkiError } from '../error.ts'
import {
  type CertificateList,
  type OcspResponse,
  parseCrl,
  parseOcspResponse,
} from '../revocation/index.ts'
import { type Certificate, parseCertificate } from '../x509/index.ts'

/** Distinct certificates of a set, in order. Throws the code of the first that cannot be read. */
export const parseCertificates = (encoded: readonly Uint8Array[]): readonly Certificate[] => {
  const certificates = encoded.map(parseCertificate)
  return [...new Map(certificates.map((each) => [each.sha256, each])).values()]
}

/** What can be read of a set: for material that nobody vouches for. */
const readable =
  <T>(parse: (bytes: Uint8Array) => T) =>
  (encoded: readonly Uint8Array[]): readonly T[] =>
    encoded.flatMap((bytes) => {
      try {
        return [parse(bytes)]
      } catch (error) {
        if (isPkiError(error)) {
          return []
        }
        throw error
      }
    })

/** Those certificates of a set that can be read. */
export const readableCertificates = readable<Certificate>(parseCertificate)

/** Those CertificateLists of a set that can be read. */
export const readableCrls = readable<CertificateList>(parseCrl)

/** Those OCSPResponses of a set that can be read. */
export const readableOcsp = readable<OcspResponse>(parseOcspResponse)
