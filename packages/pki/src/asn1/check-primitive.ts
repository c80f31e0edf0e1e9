import { PkiError, type PkiErrorCode } from '../error.ts'
import { compareOctets } from './bytes.ts'
import type { Asn1Rules } from './header.ts'
import { type Asn1Node, universalTag } from './node.ts'

const refuse = (code: PkiErrorCode, message: string): never => {
  throw new PkiError({ code, message })
}

/** Content octets inside a larger buffer: a view of each value would cost more than its check. */
export type ContentPlace = {
  readonly source: Uint8Array
  readonly start: number
  readonly end: number
}

/** X.690 §8.3.2: the first nine bits of an INTEGER are never all equal. */
const checkInteger = ({ source, start, end }: ContentPlace): void => {
  if (start >= end) {
    refuse('asn1.bad-integer', 'An INTEGER is empty.')
  }
  const first = source[start] ?? 0
  const second = source[start + 1] ?? 0
  if (
    end - start > 1 &&
    ((first === 0x00 && second < 0x80) || (first === 0xff && second >= 0x80))
  ) {
    refuse('asn1.bad-integer', 'An INTEGER is not minimal.')
  }
}

/** X.690 §8.19: every arc complete and minimal. */
const checkOid = ({ source, start, end }: ContentPlace): void => {
  if (start >= end || ((source[end - 1] ?? 0x80) & 0x80) !== 0) {
    refuse('asn1.bad-oid', 'An OBJECT IDENTIFIER is empty or cut.')
  }
  let atStart = true
  for (let index = start; index < end; index += 1) {
    const octet = source[index] ?? 0
    if (atStart && octet === 0x80) {
      refuse('asn1.bad-oid', 'An arc of an OBJECT IDENTIFIER is not minimal.')
    }
    atStart = (octet & 0x80) === 0
  }
}

/** X.690 §8.6.2 and, for DER, §11.2.1: unused bits are at most seven, and zero. */
const checkBits = ({ source, start, end }: ContentPlace, rules: Asn1Rules): void => {
  const unused = start < end ? (source[start] ?? 8) : 8
  if (unused > 7 || (end - start === 1 && unused !== 0)) {
    refuse('asn1.bad-bits', 'The count of unused bits is impossible.')
  }
  const last = source[end - 1] ?? 0
  if (rules === 'der' && end - start > 1 && (last & ((1 << unused) - 1)) !== 0) {
    refuse('asn1.bad-bits', 'Unused bits are not zero.')
  }
}

const checkBoolean = ({ source, start, end }: ContentPlace, rules: Asn1Rules): void => {
  const value = source[start]
  if (end - start !== 1 || (rules === 'der' && value !== 0x00 && value !== 0xff)) {
    refuse('asn1.bad-boolean', 'A BOOLEAN is malformed.')
  }
}

const checkNull = ({ start, end }: ContentPlace): void => {
  if (start !== end) {
    refuse('asn1.bad-null', 'A NULL is not empty.')
  }
}

/** Checks the content of a primitive universal value at once, so that no reader meets a bad one. */
export const checkPrimitiveAt = (tag: number, place: ContentPlace, rules: Asn1Rules): void => {
  switch (tag) {
    case universalTag.boolean:
      checkBoolean(place, rules)
      break
    case universalTag.integer:
    case universalTag.enumerated:
      checkInteger(place)
      break
    case universalTag.bitString:
      checkBits(place, rules)
      break
    case universalTag.null:
      checkNull(place)
      break
    case universalTag.oid:
      checkOid(place)
      break
  }
}

/** {@link checkPrimitiveAt} of octets that stand alone. */
export const checkPrimitive = (tag: number, content: Uint8Array, rules: Asn1Rules): void =>
  checkPrimitiveAt(tag, { source: content, start: 0, end: content.length }, rules)

/**
 * X.690 §11.6. The reader cannot tell SET from SET OF; parts of one tag can only be a SET OF, so it
 * is these whose order is checked.
 */
export const checkSetOrder = (parts: readonly Asn1Node[]): void => {
  const first = parts[0]
  if (
    parts.length < 2 ||
    !parts.every((part) => part.class === first?.class && part.tag === first.tag)
  ) {
    return
  }
  for (const [index, part] of parts.entries()) {
    const previous = parts[index - 1]
    if (previous !== undefined && compareOctets(previous.bytes, part.bytes) > 0) {
      refuse('asn1.set-order', 'The parts of a SET OF are not sorted.')
    }
  }
}
