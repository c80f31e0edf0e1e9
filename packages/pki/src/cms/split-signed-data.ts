import { isPkiError } from '../error.ts'
import { type Certificate, parseCertificate } from '../x509/index.ts'
import { findSignerCertificates } from './find-signer-certificate.ts'
import { parseSignedData } from './parse-signed-data.ts'
import { readSignedAttributes } from './read-signed-attributes.ts'
import { writeSignedData } from './write-signed-data.ts'

/** One signer of a container, in a container of their own. */
export type SeparateSigner = {
  /** DER of a ContentInfo with this SignerInfo alone. */
  readonly container: Uint8Array
  /** The one certificate inside that the SignerInfo names; absent where there is none, or more than one. */
  readonly certificate: Certificate | undefined
  /** signingTime of the signed attributes: what the signer says (RFC 5652 §11.3). */
  readonly signingTime: Date | undefined
  /** The container carries no content. */
  readonly isDetached: boolean
}

/**
 * Takes a container of several signers apart: each SignerInfo as it is, octet for octet, with the content
 * and all certificates and revocation data of the container. Written as DER. Nothing is verified.
 *
 * Throws as `parseSignedData`.
 */
export const splitSignedData = (container: Uint8Array): readonly SeparateSigner[] => {
  const data = parseSignedData(container)
  const certificates = data.certificates.flatMap((encoded) => readCertificate(encoded) ?? [])

  return data.signerInfos.map((signerInfo) => {
    const named = findSignerCertificates(signerInfo.identifier, certificates)

    return {
      container: writeSignedData({ ...data, signerInfos: [signerInfo] }),
      certificate: named.length === 1 ? named[0] : undefined,
      signingTime: readSignedAttributes(signerInfo, data.contentType).signingTime,
      isDetached: data.content === undefined,
    }
  })
}

/** One that cannot be read is nobody's here; whoever verifies the container says why. */
function readCertificate(encoded: Uint8Array): Certificate | undefined {
  try {
    return parseCertificate(encoded)
  } catch (error) {
    if (!isPkiError(error)) {
      throw error
    }

    return undefined
  }
}
