import {
  type Certificate,
  createTrustStore,
  decodeContainer,
  isPkiError,
  parseCertificate,
  parseSignedData,
  verifySignature,
} from '@muhr/pki'
import { type Described, describeCertificate } from './describe-certificate.ts'

function readable(bytes: Uint8Array): Certificate | undefined {
  try {
    return parseCertificate(bytes)
  } catch (error) {
    if (isPkiError(error)) {
      return undefined
    }
    throw error
  }
}

/**
 * What a CMS container holds: who claims to have signed, with what, when. Nothing of it is judged here:
 * that takes the document and trust, which `muhr verify` has.
 */
export async function describeSignature(container: Uint8Array, now: Date): Promise<Described> {
  const data = parseSignedData(decodeContainer(container))
  const { report } = await verifySignature({
    container,
    trust: createTrustStore([]),
    policy: 'etsi-basic',
    now,
  })

  return {
    version: data.version,
    form: data.content === undefined ? 'detached' : 'attached',
    contentType: data.contentType,
    contentBytes: data.content?.length,
    signers: report.signatures.map((signature) => ({
      name: signature.signer.name === '' ? undefined : signature.signer.name,
      certificate: signature.signer.serialNumber === '' ? undefined : signature.signer.serialNumber,
      format: signature.format,
      country: signature.country,
      signatureAlgorithm: `${signature.signatureAlgorithm.name} (${signature.signatureAlgorithm.oid})`,
      digestAlgorithm: `${signature.digestAlgorithm.name} (${signature.digestAlgorithm.oid})`,
      claimedTime: signature.signingTime,
      timeStamps: signature.timestamps.map(({ genTime }) => genTime),
    })),
    certificates: data.certificates.map((bytes) => {
      const certificate = readable(bytes)

      return certificate === undefined ? 'unreadable' : describeCertificate(certificate)
    }),
    revocation:
      data.crls.length + data.ocspResponses.length === 0
        ? undefined
        : { crls: data.crls.length, ocsp: data.ocspResponses.length },
  }
}
