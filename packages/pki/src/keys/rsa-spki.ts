import { expectSequence, integerOf, octetsOf, smallIntegerOf } from '../asn1/access.ts'
import { readDer } from '../asn1/read.ts'
import { der } from '../asn1/write.ts'
import { isPkiError, PkiError } from '../error.ts'
import { algorithmOid } from './oids.ts'
import { parseSpki, type SubjectPublicKeyInfo } from './spki.ts'

/**
 * The public key that belongs to an RSA private key in PKCS#8: modulus and exponent stand in
 * RSAPrivateKey (RFC 8017 §A.1.2).
 *
 * Throws `key.malformed`, never with key octets.
 */
export const rsaSpkiOf = (pkcs8: Uint8Array): SubjectPublicKeyInfo => {
  try {
    const inner = expectSequence(readDer(octetsOf(expectSequence(readDer(pkcs8))[2])))
    if (smallIntegerOf(inner[0]) === 0) {
      const key = der.sequence(der.integer(integerOf(inner[1])), der.integer(integerOf(inner[2])))
      return parseSpki(
        der.sequence(der.sequence(der.oid(algorithmOid.rsaEncryption), der.null()), der.bits(key)),
      )
    }
  } catch (cause) {
    if (!isPkiError(cause)) {
      throw cause
    }
  }
  throw new PkiError({ code: 'key.malformed', message: 'The RSA private key cannot be used.' })
}
