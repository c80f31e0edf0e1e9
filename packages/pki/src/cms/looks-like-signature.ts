import {
  decodeBase64,
  decodeContainer,
  isUniversal,
  latin1Of,
  oidOf,
  readBer,
  universalTag,
} from '../asn1/index.ts'
import { isPkiError } from '../error.ts'

/** id-signedData, tag and length included. */
const signedDataOid = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02]

/**
 * One changed octet of base64 text changes at most two octets, side by side, so two differences
 * still count as the same identifier.
 */
const maxDifferences = 2

/** A ContentInfo begins with a tag and one to five length octets; then comes the identifier. */
const offsets = [2, 3, 4, 5, 6]

const beginsWithin = (bytes: Uint8Array, differences: number): boolean =>
  offsets.some(
    (offset) =>
      bytes.length >= offset + signedDataOid.length &&
      signedDataOid.filter((octet, index) => bytes[offset + index] !== octet).length <= differences,
  )

/** {@link looksLikeSignature} of DER or BER alone, of which the first octets are enough. */
export const beginsAsSignedData = (bytes: Uint8Array): boolean =>
  beginsWithin(bytes, maxDifferences)

/** Data, enveloped, digested, encrypted data of RFC 5652, and authenticated data. */
const otherContentTypes: readonly string[] = [
  '1.2.840.113549.1.7.1',
  '1.2.840.113549.1.7.3',
  '1.2.840.113549.1.7.5',
  '1.2.840.113549.1.7.6',
  '1.2.840.113549.1.9.16.1.2',
]

/**
 * Is it whole CMS of another kind: another content type, and a content that does not end, as SignedData
 * does, in the SET of its signers? Damage to one octet of a signature cannot make both of it.
 */
const isOtherContent = (bytes: Uint8Array): boolean => {
  const [type, wrapped] = readBer(bytes).children
  const content = wrapped?.children[0]
  return (
    isUniversal(type, universalTag.oid) &&
    otherContentTypes.includes(oidOf(type)) &&
    content !== undefined &&
    !isUniversal(content.children.at(-1), universalTag.set)
  )
}

/** As {@link isOtherContent}; what cannot be read is no whole CMS of any kind. */
const isOtherCms = (bytes: Uint8Array): boolean => {
  try {
    return !beginsWithin(bytes, 0) && isOtherContent(bytes)
  } catch (error) {
    if (isPkiError(error)) {
      return false
    }
    throw error
  }
}

/** Enough text for a PEM line or the head of a data URL. */
const headCharacters = 512

/** Base64 of the longest outer header and the identifier, with room for characters left out. */
const base64Characters = 28

/** No text has controls but white space, and damage to one octet makes one. */
const isControl = (octet: number): boolean => octet < 0x20 && (octet < 0x09 || octet > 0x0d)

/**
 * Readings of the first octets as base64 text, in which a foreign character counts as `A`: with and
 * without a PEM line or the head of a data URL before it. A damaged line end joins that line to the next, so up to three
 * characters are left out; a character that became white space is lost, so one is put in anywhere.
 */
const readDamagedText = (bytes: Uint8Array): readonly Uint8Array[] => {
  const head = bytes.subarray(0, headCharacters)
  if (head.filter(isControl).length > maxDifferences) {
    return []
  }
  const text = latin1Of(head)
  const starts = [
    0,
    text.indexOf('\n') + 1,
    text.lastIndexOf('--') + 2,
    text.lastIndexOf(',') + 1,
    text.indexOf('base64') + 'base64,'.length,
  ]
  const readings = starts.flatMap((start) => {
    const dense = text
      .slice(start)
      .replace(/\s/g, '')
      .replace(/[^A-Za-z0-9+/_-]/g, 'A')
      .slice(0, base64Characters)
    const shorter = [1, 2, 3].map((skip) => dense.slice(skip))
    const longer = Array.from(
      { length: dense.length },
      (_, place) => `${dense.slice(0, place)}A${dense.slice(place)}`,
    )
    return [dense, ...shorter, ...longer]
  })
  return readings.map(decodeBase64)
}

/**
 * Tells a damaged CMS signature from a file that is no signature at all: is there, right after the
 * outer header, the identifier id-signedData, or one that differs from it in at most two octets?
 * The outer header itself is not looked at, so that no single changed octet of a signature, in DER,
 * BER, PEM or base64, makes the answer `false`. CMS of another kind (digested, enveloped, encrypted
 * data) is no signature.
 */
export const looksLikeSignature = (bytes: Uint8Array): boolean => {
  if (beginsAsSignedData(bytes)) {
    return !isOtherCms(bytes)
  }
  try {
    const decoded = decodeContainer(bytes)
    if (beginsAsSignedData(decoded)) {
      return !isOtherCms(decoded)
    }
  } catch (error) {
    if (!isPkiError(error)) {
      throw error
    }
  }
  return readDamagedText(bytes).some(beginsAsSignedData)
}
