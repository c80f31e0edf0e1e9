import type { Certificate } from './parse-certificate.ts'

const maxCertificates = 512
/** Larger ones are read anew each time, so that what is remembered stays below some 8 MB. */
const maxBytes = 16 * 1024

const recent = new Map<string, Certificate>()

/** A certificate that was read a while ago, by the SHA-256 of its octets, hex. */
export const recentCertificate = (sha256: string): Certificate | undefined => {
  const known = recent.get(sha256)
  if (known !== undefined) {
    // The longest unused stands first, and is the first to go.
    recent.delete(sha256)
    recent.set(sha256, known)
  }
  return known
}

/**
 * Remembers a certificate by its digest: the same octets are the same certificate, and the findings on
 * its signature are remembered with the object (`checkSigned`).
 */
export const rememberCertificate = (certificate: Certificate): Certificate => {
  if (certificate.bytes.length <= maxBytes) {
    const [oldest] = recent.keys()
    if (recent.size >= maxCertificates && oldest !== undefined) {
      recent.delete(oldest)
    }
    recent.set(certificate.sha256, certificate)
  }
  return certificate
}
