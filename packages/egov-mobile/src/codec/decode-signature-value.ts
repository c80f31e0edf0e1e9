import type { LongText } from '@muhr/http'
import { EgovMobileError, type EgovMobileErrorData } from '../error.ts'

/** How the container was written into the JSON string. */
export type SignatureSpelling = 'base64' | 'base64-with-whitespace' | 'pem' | 'data-url'

export type DecodedSignature = {
  /** The container as bytes, not looked into. */
  readonly bytes: Uint8Array
  readonly spelling: SignatureSpelling
}

/**
 * The bytes of a signature container out of `document.file.data`. eGov Mobile gives bare base64;
 * line breaks, PEM (RFC 7468, label `CMS` or `PKCS7`, also with CRLF) and `data:` URLs (RFC 2397, base64)
 * come from other signers and are read too. Base64 is strict otherwise (RFC 4648 section 3.5:
 * padding there, unused bits zero), so that one container has one spelling.
 *
 * @throws EgovMobileError `egov-mobile.unreadable-value`
 */
export function decodeSignatureValue(value: string | LongText): DecodedSignature {
  const bytes = trim(typeof value === 'string' ? new TextEncoder().encode(value) : value.utf8)
  if (bytes.length === 0) throw unreadable('empty')

  if (startsWith(bytes, '-----BEGIN ')) {
    return { bytes: decodeBase64(pemPayload(bytes)).bytes, spelling: 'pem' }
  }
  if (/^data:/i.test(asciiOf(bytes.subarray(0, 5)))) {
    return { bytes: decodeBase64(dataUrlPayload(bytes)).bytes, spelling: 'data-url' }
  }

  const { bytes: decoded, hasWhitespace } = decodeBase64(bytes)

  return { bytes: decoded, spelling: hasWhitespace ? 'base64-with-whitespace' : 'base64' }
}

function pemPayload(bytes: Uint8Array): Uint8Array {
  const opening = /^-----BEGIN (CMS|PKCS7)-----/.exec(asciiOf(bytes.subarray(0, 64)))
  if (opening === null) throw unreadable('armour')

  const closing = `-----END ${opening[1]}-----`
  if (asciiOf(bytes.subarray(-closing.length)) !== closing) throw unreadable('armour')

  return bytes.subarray(opening[0].length, bytes.length - closing.length)
}

function dataUrlPayload(bytes: Uint8Array): Uint8Array {
  const comma = bytes.indexOf(0x2c)
  if (comma < 0 || comma > 256) throw unreadable('data-url')
  if (!/;base64$/i.test(asciiOf(bytes.subarray(0, comma)))) throw unreadable('data-url')

  return bytes.subarray(comma + 1)
}

function decodeBase64(text: Uint8Array): { bytes: Uint8Array; hasWhitespace: boolean } {
  const result = new Uint8Array(Math.ceil(text.length / 4) * 3)
  let length = 0
  let bits = 0
  let digits = 0
  let padding = 0
  let whitespace = 0

  for (let index = 0; index < text.length; index += 1) {
    const byte = text[index] ?? 0
    const digit = base64Digits[byte] ?? notADigit

    if (digit === notADigit) {
      if (isWhitespace(byte)) whitespace += 1
      else if (byte === 0x3d) padding += 1
      else throw unreadable('alphabet')
      continue
    }
    if (padding > 0) throw unreadable('padding')

    bits = (bits << 6) | digit
    digits += 1
    if (digits % 4 === 0) {
      result[length] = bits >> 16
      result[length + 1] = bits >> 8
      result[length + 2] = bits
      length += 3
      bits = 0
    }
  }

  const rest = digits % 4
  if (rest === 1 || (rest === 0 ? padding !== 0 : padding !== 4 - rest)) throw unreadable('padding')
  if (rest === 2) {
    if ((bits & 0x0f) !== 0) throw unreadable('padding')
    result[length] = bits >> 4
    length += 1
  }
  if (rest === 3) {
    if ((bits & 0x03) !== 0) throw unreadable('padding')
    result[length] = bits >> 10
    result[length + 1] = bits >> 2
    length += 2
  }
  if (length === 0) throw unreadable('empty')

  return { bytes: result.subarray(0, length), hasWhitespace: whitespace > 0 }
}

const notADigit = 0xff

const base64Digits = new Uint8Array(256).fill(notADigit)
for (const [value, character] of [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
].entries()) {
  base64Digits[character.charCodeAt(0)] = value
}

function isWhitespace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

function trim(bytes: Uint8Array): Uint8Array {
  let start = 0
  let end = bytes.length
  while (start < end && isWhitespace(bytes[start])) start += 1
  while (end > start && isWhitespace(bytes[end - 1])) end -= 1

  return bytes.subarray(start, end)
}

function startsWith(bytes: Uint8Array, prefix: string): boolean {
  return asciiOf(bytes.subarray(0, prefix.length)) === prefix
}

function asciiOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}

function unreadable(
  reason: EgovMobileErrorData['egov-mobile.unreadable-value']['reason'],
): EgovMobileError<'egov-mobile.unreadable-value'> {
  return new EgovMobileError({
    code: 'egov-mobile.unreadable-value',
    message: `The returned value is not a signature container in base64: ${reason}.`,
    advice: 'Return base64, PEM or a base64 data: URL of the CMS.',
    data: { reason },
  })
}
