import { PkiError } from '../error.ts'
import { compareOctets, concatOctets, joinOctets } from './bytes.ts'
import { type Asn1Class, universalTag } from './node.ts'

const unencodable = (message: string): PkiError =>
  new PkiError({ code: 'asn1.unencodable', message })

const classBits: Readonly<Record<Asn1Class, number>> = {
  universal: 0x00,
  application: 0x40,
  context: 0x80,
  private: 0xc0,
}

const base128 = (value: bigint): number[] => {
  const octets = [Number(value & 0x7fn)]
  for (let rest = value >> 7n; rest > 0n; rest >>= 7n) {
    octets.unshift(Number(rest & 0x7fn) | 0x80)
  }
  return octets
}

/** Identifier and length octets in DER (X.690 §8.1.2, §10.1). */
export const writeHeader = ({
  class: tagClass = 'universal',
  tag,
  constructed,
  length,
}: {
  readonly class?: Asn1Class
  readonly tag: number
  readonly constructed: boolean
  readonly length: number
}): Uint8Array => {
  const lead = classBits[tagClass] | (constructed ? 0x20 : 0)
  const identifier = tag < 31 ? [lead | tag] : [lead | 0x1f, ...base128(BigInt(tag))]
  if (length < 0x80) {
    return Uint8Array.of(...identifier, length)
  }
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) {
    octets.unshift(rest % 256)
  }
  return Uint8Array.of(...identifier, 0x80 | octets.length, ...octets)
}

const wrap = (
  tag: number,
  content: Uint8Array,
  form: { readonly class?: Asn1Class; readonly constructed?: boolean } = {},
): Uint8Array =>
  concatOctets(
    writeHeader({
      class: form.class ?? 'universal',
      tag,
      constructed: form.constructed ?? false,
      length: content.length,
    }),
    content,
  )

const encodeInteger = (value: bigint): Uint8Array => {
  const octets: number[] = []
  let rest = value
  do {
    octets.unshift(Number(BigInt.asUintN(8, rest)))
    rest >>= 8n
  } while (rest !== 0n && rest !== -1n)
  const first = octets[0] ?? 0
  if (value >= 0n && first >= 0x80) {
    octets.unshift(0x00)
  }
  if (value < 0n && first < 0x80) {
    octets.unshift(0xff)
  }
  return Uint8Array.from(octets)
}

const exactly = (value: bigint | number): bigint => {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw unencodable('The number is not a safe integer.')
  }
  return BigInt(value)
}

const encodeOid = (dotted: string): Uint8Array => {
  if (!/^[0-2](\.(0|[1-9]\d*))+$/.test(dotted)) {
    throw unencodable('The text is not a dotted OBJECT IDENTIFIER.')
  }
  const [root = 0n, second = 0n, ...arcs] = dotted.split('.').map(BigInt)
  if (root < 2n && second > 39n) {
    throw unencodable('The second arc of the OBJECT IDENTIFIER is impossible.')
  }
  return Uint8Array.from([root * 40n + second, ...arcs].flatMap(base128))
}

const pad = (value: number, width: number): string => value.toString().padStart(width, '0')

const ascii = (text: string, allowed: RegExp): Uint8Array => {
  if (!allowed.test(text)) {
    throw unencodable('The text has characters that the string type does not allow.')
  }
  return new TextEncoder().encode(text)
}

const timeFields = (date: Date): string => {
  if (Number.isNaN(date.getTime())) {
    throw unencodable('The date is invalid.')
  }
  return [
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  ]
    .map((field) => pad(field, 2))
    .join('')
}

const utcTime = (date: Date): Uint8Array => {
  const fields = timeFields(date)
  const year = date.getUTCFullYear()
  if (year < 1950 || year > 2049) {
    throw unencodable('UTCTime holds the years 1950 to 2049 only.')
  }
  return wrap(universalTag.utcTime, ascii(`${pad(year % 100, 2)}${fields}Z`, /./))
}

const generalizedTime = (date: Date): Uint8Array => {
  const fields = timeFields(date)
  const year = date.getUTCFullYear()
  if (year < 0 || year > 9999) {
    throw unencodable('GeneralizedTime holds the years 0 to 9999 only.')
  }
  return wrap(universalTag.generalizedTime, ascii(`${pad(year, 4)}${fields}Z`, /./))
}

const joined = (content: Uint8Array | readonly Uint8Array[]): Uint8Array =>
  content instanceof Uint8Array ? content : joinOctets(content)

/**
 * Writes DER, each function one whole value. What cannot be written in the type throws
 * `asn1.unencodable`.
 */
export const der = Object.freeze({
  sequence: (...parts: readonly Uint8Array[]): Uint8Array => der.sequenceOf(parts),
  /** A SEQUENCE of any number of parts: a call takes no more arguments than fit the stack. */
  sequenceOf: (parts: readonly Uint8Array[]): Uint8Array =>
    wrap(universalTag.sequence, joinOctets(parts), { constructed: true }),
  /** A SET in the order given: the caller knows that it is the DER order. */
  set: (...parts: readonly Uint8Array[]): Uint8Array =>
    wrap(universalTag.set, joinOctets(parts), { constructed: true }),
  /** A SET OF, sorted as X.690 §11.6 wants. */
  setOf: (...parts: readonly Uint8Array[]): Uint8Array =>
    wrap(universalTag.set, joinOctets(parts.toSorted(compareOctets)), { constructed: true }),
  oid: (dotted: string): Uint8Array => wrap(universalTag.oid, encodeOid(dotted)),
  /** A number must be a safe integer. */
  integer: (value: bigint | number): Uint8Array =>
    wrap(universalTag.integer, encodeInteger(exactly(value))),
  enumerated: (value: number): Uint8Array =>
    wrap(universalTag.enumerated, encodeInteger(exactly(value))),
  octets: (bytes: Uint8Array): Uint8Array => wrap(universalTag.octetString, bytes),
  bits: (bytes: Uint8Array, unusedBits = 0): Uint8Array =>
    wrap(universalTag.bitString, concatOctets(Uint8Array.of(unusedBits), bytes)),
  boolean: (value: boolean): Uint8Array =>
    wrap(universalTag.boolean, Uint8Array.of(value ? 0xff : 0x00)),
  null: (): Uint8Array => wrap(universalTag.null, new Uint8Array()),
  utf8: (text: string): Uint8Array => {
    if (!text.isWellFormed()) {
      throw unencodable('The text holds half a surrogate pair.')
    }
    return wrap(universalTag.utf8String, new TextEncoder().encode(text))
  },
  printable: (text: string): Uint8Array =>
    wrap(universalTag.printableString, ascii(text, /^[A-Za-z0-9 '()+,\-./:=?]*$/)),
  ia5: (text: string): Uint8Array => wrap(universalTag.ia5String, ascii(text, /^\p{ASCII}*$/u)),
  numeric: (text: string): Uint8Array => wrap(universalTag.numericString, ascii(text, /^[0-9 ]*$/)),
  utcTime,
  generalizedTime,
  /** UTCTime through 2049, GeneralizedTime from 2050 on (RFC 5280 §4.1.2.5); whole seconds. */
  time: (date: Date): Uint8Array => {
    const year = date.getUTCFullYear()
    return year >= 1950 && year < 2050 ? utcTime(date) : generalizedTime(date)
  },
  /**
   * Context tag `n`. Explicit tagging, or implicit tagging of a constructed type: leave `constructed`
   * at its default of true. Implicit tagging of a primitive type: pass the content octets and
   * `constructed: false`.
   */
  context: (
    n: number,
    content: Uint8Array | readonly Uint8Array[],
    { constructed = true }: { readonly constructed?: boolean } = {},
  ): Uint8Array => wrap(n, joined(content), { class: 'context', constructed }),
})
