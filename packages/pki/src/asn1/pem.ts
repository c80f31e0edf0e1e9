import { PkiError } from '../error.ts'
import { decodeBase64, encodeBase64 } from './base64.ts'
import { latin1Of } from './bytes.ts'

/** One block of a PEM text (RFC 7468): its label and the octets inside. */
export type PemBlock = { readonly label: string; readonly bytes: Uint8Array }

const unreadable = (message: string): never => {
  throw new PkiError({ code: 'container.unreadable', message })
}

/** Base64 of either alphabet, padding optional, white space anywhere; `undefined` when it is not. */
const readBase64 = (text: string): Uint8Array | undefined => {
  const dense = text.replace(/\s+/g, '')
  const body = dense.replace(/={1,2}$/, '')
  const isPadded = dense.length !== body.length
  const isWhole = body.length % 4 !== 1 && (!isPadded || dense.length % 4 === 0)
  return dense !== '' && isWhole && /^[A-Za-z0-9+/_-]*$/.test(body) ? decodeBase64(body) : undefined
}

const pemPattern = /-----BEGIN ([A-Z0-9 ]+)-----\r?\n?([^-]*?)-----END ([A-Z0-9 ]+)-----/g

/**
 * Every block of a PEM text, in order; text between the blocks is ignored (RFC 7468 §2).
 * Throws `container.unreadable` when there is none, when labels differ or base64 is broken.
 */
export const readPem = (text: string): readonly PemBlock[] => {
  const blocks = [...text.matchAll(pemPattern)].map(([, label = '', body = '', endLabel]) => {
    const bytes = label === endLabel ? readBase64(body) : undefined
    return { label, bytes: bytes ?? unreadable('A PEM block is damaged.') }
  })
  return blocks.length > 0 ? blocks : unreadable('The text holds no PEM block.')
}

/** One PEM block: 64 columns, line feeds, a final one. */
export const writePem = (label: string, bytes: Uint8Array): string => {
  const lines = encodeBase64(bytes).match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

const isText = (bytes: Uint8Array): boolean =>
  bytes.every(
    (octet) => octet === 9 || octet === 10 || octet === 13 || (octet >= 32 && octet < 127),
  )

const utf8ByteOrderMark = [0xef, 0xbb, 0xbf]

/** The three characters of base64 that a query value cannot hold as they are (RFC 3986 §2.1). */
const percentEncoded: ReadonlyMap<string, string> = new Map([
  ['%2b', '+'],
  ['%2f', '/'],
  ['%3d', '='],
])

const decodePercent = (text: string): string =>
  text.replace(/%[0-9a-f]{2}/gi, (found) => percentEncoded.get(found.toLowerCase()) ?? found)

/**
 * The octets inside a file or field as people send them: DER or BER as it is, PEM (the first block),
 * base64 of either alphabet with or without line breaks, percent-encoded as the value of a query, or a
 * base64 `data:` URL. Binary input is returned unchanged and unread.
 *
 * Throws `container.unreadable` for text that is none of these.
 */
export const decodeContainer = (bytes: Uint8Array): Uint8Array => {
  const body = utf8ByteOrderMark.every((octet, index) => bytes[index] === octet)
    ? bytes.subarray(utf8ByteOrderMark.length)
    : bytes
  // Real DER and BER always hold an octet that is no text: a tag below 32 or a length above 126.
  if (body.length === 0 || !isText(body)) {
    return bytes
  }
  const text = latin1Of(body).trim()
  if (text.includes('-----BEGIN ')) {
    const [first] = readPem(text)
    return first?.bytes ?? unreadable('The text holds no PEM block.')
  }
  const payload = /^data:[^,]*;base64,/i.exec(text)
  return (
    readBase64(payload === null ? decodePercent(text) : text.slice(payload[0].length)) ??
    unreadable('The text is neither PEM nor base64.')
  )
}
