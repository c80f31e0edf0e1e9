import { derivePublicKey } from '@muhr/gost'
import { equalOctets } from '../asn1/bytes.ts'
import { isPkiError, PkiError } from '../error.ts'
import { parsePkcs8 } from '../keys/pkcs8.ts'
import { rsaSpkiOf } from '../keys/rsa-spki.ts'
import { parseCertificate } from '../x509/parse-certificate.ts'
import type { StoredItem } from './read-safe.ts'

/** The public octets that a certificate of this key must hold; null for a key that we cannot use. */
const publicOctetsOf = (pkcs8: Uint8Array): Uint8Array | null => {
  try {
    const key = parsePkcs8(pkcs8)
    return key.type === 'gost'
      ? derivePublicKey(key.curve, key.privateKey)
      : rsaSpkiOf(key.bytes).subjectPublicKey
  } catch (error) {
    if (isPkiError(error)) {
      return null
    }
    throw error
  }
}

/** Does the key give this point in any reading that the form of the key leaves open? */
const givesPoint = (pkcs8: Uint8Array, publicKey: Uint8Array): boolean => {
  try {
    return parsePkcs8(pkcs8, { publicKey }).type === 'gost'
  } catch (error) {
    if (isPkiError(error)) {
      return false
    }
    throw error
  }
}

/** The same octets out of a certificate; null when it is not one that we read. */
const certifiedOctetsOf = (certificate: Uint8Array): Uint8Array | null => {
  try {
    const { spki } = parseCertificate(certificate)
    return spki.key.type === 'gost' ? spki.key.point : spki.subjectPublicKey
  } catch (error) {
    if (isPkiError(error)) {
      return null
    }
    throw error
  }
}

/** A certificate of a store, and the public octets in it; null when it is not one that we read. */
export type CertifiedItem = { readonly item: StoredItem; readonly octets: Uint8Array | null }

/** Reads each certificate of a store once, for {@link certificatesOfKey}. */
export const readCertified = (certificates: readonly StoredItem[]): readonly CertifiedItem[] =>
  certificates.map((item) => ({ item, octets: certifiedOctetsOf(item.bytes) }))

/** Counts the comparisons of a key with a certificate that cost a multiplication on a curve. */
export type ComparisonLimit = { readonly spend: () => void }

/** No real store comes near: comparisons by octets come first, and decide. */
const maxComparisons = 1000

/** Starts the count for one file. Throws `pkcs12.too-much-work` when it is used up. */
export const createComparisonLimit = (): ComparisonLimit => {
  let left = maxComparisons
  return {
    spend: () => {
      left -= 1
      if (left < 0) {
        throw new PkiError({
          code: 'pkcs12.too-much-work',
          message: 'The key store has more keys and certificates to compare than any real one.',
          data: { maxComparisons },
        })
      }
    },
  }
}

/**
 * The certificates that belong to a key: by the public key itself, and by localKeyID only for keys of
 * algorithms that we do not know. Names and order in the file are hints that tools get wrong.
 *
 * Throws `pkcs12.too-much-work`.
 */
export const certificatesOfKey = (
  key: StoredItem,
  certified: readonly CertifiedItem[],
  limit: ComparisonLimit,
): readonly StoredItem[] => {
  limit.spend()
  const publicOctets = publicOctetsOf(key.bytes)
  if (publicOctets === null) {
    return certified
      .map(({ item }) => item)
      .filter(({ localKeyId }) => key.localKeyId !== null && key.localKeyId === localKeyId)
  }
  const equal = certified.filter(
    ({ octets }) => octets !== null && equalOctets(octets, publicOctets),
  )
  if (equal.length > 0) {
    return equal.map(({ item }) => item)
  }
  // Curve and order of octets are open in Uzbek keys; elsewhere this costs a derivation or two.
  return certified
    .filter(({ octets }) => {
      if (octets === null || octets.length !== publicOctets.length) {
        return false
      }
      limit.spend()
      return givesPoint(key.bytes, octets)
    })
    .map(({ item }) => item)
}
