import { equalOctets } from '../asn1/bytes.ts'
import type { Certificate } from './parse-certificate.ts'

const maxCertificates = 512
/** Larger ones are read anew each time, so that what is remembered stays below some 8 MB. */
const maxBytes = 16 * 1024

const recent = new Map<number, Certificate>()

/** Octets at the end, of the signature, by which a certificate is looked for: any two are compared whole. */
const hashedOctets = 24

/** FNV-1a over the last octets. */
const placeOf = (bytes: Uint8Array): number => {
  let hash = 0x811c9dc5
  for (let index = Math.max(0, bytes.length - hashedOctets); index < bytes.length; index += 1) {
    hash = Math.imul(hash ^ (bytes[index] ?? 0), 0x01000193)
  }
  return hash
}

/** A certificate of exactly these octets that was read a while ago. */
export const recentCertificate = (bytes: Uint8Array): Certificate | undefined => {
  const place = placeOf(bytes)
  const known = recent.get(place)
  if (known === undefined || !equalOctets(known.bytes, bytes)) {
    return undefined
  }
  // The longest unused stands first, and is the first to go.
  recent.delete(place)
  recent.set(place, known)
  return known
}

/**
 * Remembers a certificate by its octets: the same octets are the same certificate, and the findings on
 * its signature are remembered with the object (`checkSigned`). Of two in one place the later stays.
 */
export const rememberCertificate = (certificate: Certificate): Certificate => {
  if (certificate.bytes.length <= maxBytes) {
    const oldest = recent.size < maxCertificates ? undefined : recent.keys().next().value
    if (oldest !== undefined) {
      recent.delete(oldest)
    }
    recent.set(placeOf(certificate.bytes), certificate)
  }
  return certificate
}
