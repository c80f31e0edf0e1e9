import { expectSequence, isTagged, isUniversal, smallIntegerOf } from '../asn1/access.ts'
import { latin1Of } from '../asn1/bytes.ts'
import { universalTag } from '../asn1/node.ts'
import { decodeContainer, readPem } from '../asn1/pem.ts'
import { readBer } from '../asn1/read.ts'
import { der } from '../asn1/write.ts'
import { isPkiError, PkiError } from '../error.ts'
import { algorithmOid } from '../keys/oids.ts'
import { maxStoreNodes } from '../pkcs12/work-limit.ts'

/** A piece of a key file, by what it is. */
export type KeyFilePart =
  | { readonly kind: 'pkcs12'; readonly bytes: Uint8Array }
  /** PrivateKeyInfo. */
  | { readonly kind: 'pkcs8'; readonly bytes: Uint8Array }
  /** EncryptedPrivateKeyInfo. */
  | { readonly kind: 'encrypted-pkcs8'; readonly bytes: Uint8Array }
  | { readonly kind: 'certificate'; readonly bytes: Uint8Array }

/** RSAPrivateKey of RFC 8017, as `BEGIN RSA PRIVATE KEY` holds it, in PKCS#8. */
const wrapRsaKey = (bytes: Uint8Array): Uint8Array =>
  der.sequence(
    der.integer(0),
    der.sequence(der.oid(algorithmOid.rsaEncryption), der.null()),
    der.octets(bytes),
  )

const rsaKeyFields = 9

/** Tells DER and BER structures apart by their first fields; `undefined`: none of ours. */
const recogniseStructure = (bytes: Uint8Array): KeyFilePart | undefined => {
  const parts = expectSequence(readBer(bytes, { maxNodes: maxStoreNodes }))
  const [first, second, third] = parts
  if (isUniversal(first, universalTag.integer)) {
    const version = smallIntegerOf(first)
    const isSequence = isUniversal(second, universalTag.sequence)
    if (version === 3 && isSequence && isUniversal(second.children[0], universalTag.oid)) {
      return { kind: 'pkcs12', bytes }
    }
    if (isSequence && isUniversal(third, universalTag.octetString)) {
      return { kind: 'pkcs8', bytes }
    }
    const isRsa = version === 0 && parts.length === rsaKeyFields
    return isRsa ? { kind: 'pkcs8', bytes: wrapRsaKey(bytes) } : undefined
  }
  const [inner] = parts[0]?.children ?? []
  if (inner !== undefined) {
    if (isUniversal(inner, universalTag.oid) && isUniversal(second, universalTag.octetString)) {
      return { kind: 'encrypted-pkcs8', bytes }
    }
    const isCertificate = isTagged(inner, 'context', 0) || isUniversal(inner, universalTag.integer)
    return isCertificate && isUniversal(third, universalTag.bitString)
      ? { kind: 'certificate', bytes }
      : undefined
  }
  return undefined
}

const recogniseOctets = (bytes: Uint8Array): KeyFilePart | undefined => {
  try {
    return recogniseStructure(bytes)
  } catch (error) {
    if (isPkiError(error) && error.code.startsWith('asn1.') && error.code !== 'asn1.too-large') {
      return undefined
    }
    throw error
  }
}

/**
 * What a file holds: PKCS#12, PKCS#8 plain or encrypted, RSA keys of PKCS#1, certificates; DER, BER,
 * base64, or any number of PEM blocks. Empty when it is none of these.
 *
 * Throws `container.unreadable` for damaged PEM, `asn1.too-large`, `pkcs12.unsupported-algorithm` for
 * PEM that is encrypted by its headers.
 */
export const recogniseKeyFile = (file: Uint8Array): readonly KeyFilePart[] => {
  const start = latin1Of(file.subarray(0, 64 * 1024))
  // RFC 1421 §4.6.1.1: such a block has headers, which RFC 7468 knows no more.
  if (/^Proc-Type: ?4,ENCRYPTED/m.test(start)) {
    throw new PkiError({
      code: 'pkcs12.unsupported-algorithm',
      message: 'The key is encrypted in the old way of PEM, with its cipher in a header.',
    })
  }
  const blocks = start.includes('-----BEGIN ')
    ? readPem(latin1Of(file)).map(({ bytes }) => bytes)
    : [decodeContainer(file)]
  return blocks.flatMap((bytes) => {
    const part = recogniseOctets(bytes)
    return part === undefined ? [] : [part]
  })
}
