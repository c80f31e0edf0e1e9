import { PkiError } from '../error.ts'
import { present } from './access.ts'
import { latin1Of } from './bytes.ts'
import { type Asn1Node, universalTag } from './node.ts'

const badString = (message: string): never => {
  throw new PkiError({ code: 'asn1.bad-string', message })
}

const decodeUtf8 = (content: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    return badString('A UTF8String is not UTF-8.')
  }
}

const decodeAscii = (content: Uint8Array): string =>
  content.every((octet) => octet < 0x80)
    ? latin1Of(content)
    : badString('A string of ASCII type holds other octets.')

const decodeUnits = (content: Uint8Array, width: 2 | 4): string => {
  if (content.length % width !== 0) {
    return badString('A BMPString or UniversalString is cut.')
  }
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  let text = ''
  for (let offset = 0; offset < content.length; offset += width) {
    const unit = width === 2 ? view.getUint16(offset) : view.getUint32(offset)
    if (unit > 0x10ffff) {
      return badString('A UniversalString holds an impossible character.')
    }
    text += width === 2 ? String.fromCharCode(unit) : String.fromCodePoint(unit)
  }
  return text.isWellFormed() ? text : badString('A string holds half a surrogate pair.')
}

/** Names and other texts are short; a longer one is an attack on whoever shows it. */
const maxTextOctets = 65_536

const isStringType = (tag: number): boolean =>
  tag === universalTag.utf8String ||
  tag === universalTag.printableString ||
  tag === universalTag.ia5String ||
  tag === universalTag.numericString ||
  tag === universalTag.visibleString ||
  tag === universalTag.teletexString ||
  tag === universalTag.bmpString ||
  tag === universalTag.universalString

/** Is this a character string that {@link stringOf} reads? */
export const isCharacterString = (node: Asn1Node | undefined): node is Asn1Node =>
  node?.class === 'universal' && !node.constructed && isStringType(node.tag)

/**
 * The text of a UTF8String, PrintableString, IA5String, NumericString, VisibleString, TeletexString
 * (read as Latin-1, as everybody does), BMPString or UniversalString. The ASCII types are checked for
 * being ASCII, not for their narrower alphabets, which real CAs overstep.
 *
 * Throws `asn1.missing`, `asn1.unexpected-type`, `asn1.bad-string`.
 */
export const stringOf = (node: Asn1Node | undefined): string => {
  const { content, tag } = present(node)
  if (!isCharacterString(node)) {
    throw new PkiError({
      code: 'asn1.unexpected-type',
      message: 'A character string is expected.',
      data: { found: tag },
    })
  }
  if (content.length > maxTextOctets) {
    return badString('A text is longer than any name or message.')
  }
  switch (tag) {
    case universalTag.utf8String:
      return decodeUtf8(content)
    case universalTag.bmpString:
      return decodeUnits(content, 2)
    case universalTag.universalString:
      return decodeUnits(content, 4)
    case universalTag.teletexString:
      return latin1Of(content)
    default:
      return decodeAscii(content)
  }
}

const badTime = (): never => {
  throw new PkiError({
    code: 'asn1.bad-time',
    message: 'A time is not a DER UTCTime or GeneralizedTime.',
  })
}

const utcTimePattern = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/
const generalizedTimePattern = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d*[1-9]))?Z$/

/**
 * A UTCTime or GeneralizedTime in its DER form (X.690 §11.7, §11.8): seconds present, zone `Z`, a
 * fraction only without trailing zeros (kept to milliseconds). Two-digit years 50–99 are 19xx
 * (RFC 5280 §4.1.2.5.1). Impossible dates and the leap second 60 are refused.
 *
 * Throws `asn1.missing`, `asn1.unexpected-type`, `asn1.bad-time`.
 */
export const timeOf = (
  node: Asn1Node | undefined,
  { allowFraction = true }: { readonly allowFraction?: boolean } = {},
): Date => {
  const { class: tagClass, tag, content, constructed } = present(node)
  const isUtc = tag === universalTag.utcTime
  if (tagClass !== 'universal' || constructed || !(isUtc || tag === universalTag.generalizedTime)) {
    throw new PkiError({
      code: 'asn1.unexpected-type',
      message: 'A time is expected.',
      data: { found: tag },
    })
  }
  const text = content.length <= 64 ? latin1Of(content) : ''
  const fields = (isUtc ? utcTimePattern : generalizedTimePattern).exec(text)
  if (fields === null) {
    return badTime()
  }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields
    .slice(1, 7)
    .map(Number)
  const fraction = fields[7]
  if (fraction !== undefined && !allowFraction) {
    return badTime()
  }
  const fullYear = isUtc ? (year >= 50 ? 1900 + year : 2000 + year) : year
  const time = new Date(0)
  time.setUTCFullYear(fullYear, month - 1, day)
  time.setUTCHours(hour, minute, second, Math.trunc(Number(`0.${fraction ?? 0}`) * 1000))
  const isReal =
    time.getUTCFullYear() === fullYear &&
    time.getUTCMonth() === month - 1 &&
    time.getUTCDate() === day &&
    time.getUTCHours() === hour &&
    time.getUTCMinutes() === minute &&
    time.getUTCSeconds() === second
  return isReal ? time : badTime()
}
