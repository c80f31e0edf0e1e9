import { derivePublicKey } from '@muhr/gost'
import { equalOctets } from '../asn1/bytes.ts'
import { isPkiError } from '../error.ts'
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

/**
 * A test of which certificates belong to a key: by the public key itself, and by localKeyID only for
 * keys of algorithms that we do not know. Names and order in the file are hints that tools get wrong.
 */
export const belongsTo = (key: StoredItem): ((certificate: StoredItem) => boolean) => {
  const publicOctets = publicOctetsOf(key.bytes)
  return (certificate) => {
    if (publicOctets === null) {
      return key.localKeyId !== null && key.localKeyId === certificate.localKeyId
    }
    const certified = certifiedOctetsOf(certificate.bytes)
    return (
      certified !== null &&
      (equalOctets(certified, publicOctets) ||
        // Curve and order of octets are open in Uzbek keys; elsewhere this costs a derivation or two.
        (certified.length === publicOctets.length && givesPoint(key.bytes, certified)))
    )
  }
}
