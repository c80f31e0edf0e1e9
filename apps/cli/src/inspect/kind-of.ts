import {
  type Asn1Node,
  contentTypeOid,
  decodeContainer,
  expectSequence,
  isPkiError,
  isUniversal,
  looksLikeSignature,
  oidOf,
  parseCertificate,
  parseCrl,
  parseOcspRequest,
  parseOcspResponse,
  parseSignedData,
  parseTimeStampRequest,
  parseTimeStampResponse,
  readBer,
  readPem,
  smallIntegerOf,
  universalTag,
} from '@muhr/pki'
import type { FileKind } from './kind-words.ts'

/** Does it hold without a refusal of the reader? */
export function isReadable(read: () => unknown): boolean {
  try {
    read()

    return true
  } catch (error) {
    if (isPkiError(error)) {
      return false
    }
    throw error
  }
}

/** The value, or undefined when the reader refuses. */
function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch (error) {
    if (isPkiError(error)) {
      return undefined
    }
    throw error
  }
}

/** What the label of a PEM block says, where the label alone says it. */
const pemKinds: Readonly<Record<string, FileKind>> = {
  CERTIFICATE: 'certificate',
  'TRUSTED CERTIFICATE': 'certificate',
  'X509 CRL': 'crl',
  'CERTIFICATE REQUEST': 'certificate-request',
  'NEW CERTIFICATE REQUEST': 'certificate-request',
  'PRIVATE KEY': 'private-key',
  'RSA PRIVATE KEY': 'private-key',
  'EC PRIVATE KEY': 'private-key',
  'ENCRYPTED PRIVATE KEY': 'encrypted-private-key',
  'PUBLIC KEY': 'public-key',
}

/** First octets of files that are no ASN.1. */
const magics: readonly (readonly [FileKind, string])[] = [
  ['pdf', '%PDF-'],
  ['image', '\x89PNG'],
  ['image', '\xff\xd8\xff'],
  ['image', 'GIF8'],
  ['image', 'II*\0'],
  ['image', 'MM\0*'],
]

const isInteger = (node: Asn1Node | undefined, value: number): boolean =>
  node !== undefined &&
  isUniversal(node, universalTag.integer) &&
  attempt(() => smallIntegerOf(node)) === value

const isSequence = (node: Asn1Node | undefined): boolean =>
  node !== undefined && isUniversal(node, universalTag.sequence)

/** Objects that are told by their shape (PKCS#12, PKCS#8, PKCS#10, SubjectPublicKeyInfo). */
function kindByShape(bytes: Uint8Array): FileKind | undefined {
  const parts = attempt(() => expectSequence(readBer(bytes)))
  if (parts === undefined) {
    return undefined
  }
  const [first, second, third] = parts
  const firstType = isUniversal(first, universalTag.oid) ? attempt(() => oidOf(first)) : undefined
  if (firstType?.startsWith('1.2.840.113549.1.7.') === true) {
    return 'cms-other'
  }
  if (isInteger(first, 3) && isSequence(second)) {
    return 'pkcs12'
  }
  if ((isInteger(first, 0) || isInteger(first, 1)) && isSequence(second)) {
    return isUniversal(third, universalTag.octetString) ? 'private-key' : undefined
  }
  // RSAPrivateKey of PKCS#1: nine integers.
  if (parts.length === 9 && parts.every((part) => isUniversal(part, universalTag.integer))) {
    return 'private-key'
  }
  if (isSequence(first) && isUniversal(second, universalTag.octetString) && parts.length === 2) {
    return 'encrypted-private-key'
  }
  if (isSequence(first) && isUniversal(second, universalTag.bitString) && parts.length === 2) {
    return 'public-key'
  }
  const inner = first === undefined ? undefined : attempt(() => expectSequence(first))

  return isSequence(second) &&
    isUniversal(third, universalTag.bitString) &&
    isInteger(inner?.[0], 0)
    ? 'certificate-request'
    : 'asn1'
}

/** What DER or BER octets are. */
function kindOfAsn1(bytes: Uint8Array): FileKind | undefined {
  const signed = attempt(() => parseSignedData(bytes))
  if (signed !== undefined) {
    return signed.contentType === contentTypeOid.tstInfo ? 'time-stamp-token' : 'cms-signature'
  }
  if (looksLikeSignature(bytes)) {
    return 'cms-damaged'
  }
  const readers: readonly (readonly [FileKind, (bytes: Uint8Array) => unknown])[] = [
    ['certificate', parseCertificate],
    ['crl', parseCrl],
    ['ocsp-response', parseOcspResponse],
    ['ocsp-request', parseOcspRequest],
    ['time-stamp-response', parseTimeStampResponse],
    ['time-stamp-query', parseTimeStampRequest],
  ]

  return readers.find(([, read]) => isReadable(() => read(bytes)))?.[0] ?? kindByShape(bytes)
}

function kindOfText(text: string): FileKind {
  const start = text.trimStart().replace(/^\uFEFF/, '')
  if (start.startsWith('<')) {
    return /<(?:[\w.-]+:)?Signature[\s>]/.test(start) && start.includes('xmldsig#')
      ? 'xml-signature'
      : 'xml'
  }

  return isJson(start) ? 'json' : 'text'
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}

function kindOfZip(octets: Buffer): FileKind {
  const isBundle = octets.includes('manifest.json') && octets.includes('events.jsonl')
  if (isBundle) {
    return 'evidence-bundle'
  }

  return octets.includes('[Content_Types].xml') || octets.includes('mimetypeapplication/vnd.oasis')
    ? 'office'
    : 'zip'
}

/** More text than this is not looked through. */
const maxTextBytes = 4 * 1024 * 1024

function isUtf8Text(octets: Buffer): boolean {
  const text = octets.subarray(0, maxTextBytes).toString('utf8')

  // A character may be cut at the end of what is looked at.
  return !/[^\P{Cc}\t\n\f\r]/u.test(text) && !text.slice(0, -1).includes('\uFFFD')
}

/** What a file really is, whatever its name says. */
export function kindOf(bytes: Uint8Array): FileKind {
  const octets = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (octets.length === 0) {
    return 'empty'
  }
  const head = octets.subarray(0, 1024).toString('latin1')
  const magic = magics.find(([, start]) => head.startsWith(start))
  if (magic !== undefined) {
    return magic[0]
  }
  if (head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06')) {
    return kindOfZip(octets)
  }
  if (head.includes('-----BEGIN ')) {
    const [first] = attempt(() => readPem(octets.toString('latin1'))) ?? []
    const byLabel = first === undefined ? undefined : pemKinds[first.label]
    if (byLabel !== undefined) {
      return byLabel
    }
  }
  const decoded = attempt(() => decodeContainer(bytes))
  const kind = decoded === undefined ? undefined : kindOfAsn1(decoded)
  if (kind !== undefined) {
    return kind
  }
  if (looksLikeSignature(bytes)) {
    return 'cms-damaged'
  }

  return isUtf8Text(octets)
    ? kindOfText(octets.subarray(0, maxTextBytes).toString('utf8'))
    : 'binary'
}
