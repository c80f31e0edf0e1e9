import { PkiError } from '../error.ts'
import type { Asn1Class } from './node.ts'

/** The identifier and length octets of one value (X.690 §8.1.2–8.1.3). */
export type Asn1Header = {
  readonly class: Asn1Class
  readonly tag: number
  readonly constructed: boolean
  /** Where the content begins in the buffer. */
  readonly contentOffset: number
  /** Content octets, or -1 for the indefinite form. */
  readonly length: number
}

/** Which encoding rules bind the input. */
export type Asn1Rules = 'der' | 'ber'

const classes = ['universal', 'application', 'context', 'private'] as const

/** No standard that we read goes near this; it keeps arithmetic exact. */
const maxTag = 0x0fff_ffff

const truncated = (offset: number): PkiError =>
  new PkiError({
    code: 'asn1.truncated',
    message: 'The value ends before its header or content is complete.',
    data: { offset },
  })

/** {@link readHeader} of tags and lengths of any size. */
const readAnyHeader = (
  source: Uint8Array,
  { offset, end, rules }: { offset: number; end: number; rules: Asn1Rules },
): Asn1Header => {
  let position = offset
  const next = (): number => {
    const octet = position < end ? source[position] : undefined
    if (octet === undefined) {
      throw truncated(offset)
    }
    position += 1
    return octet
  }

  const identifier = next()
  const tagClass = classes[identifier >> 6] ?? 'universal'
  const constructed = (identifier & 0x20) !== 0
  let tag = identifier & 0x1f
  if (tag === 0x1f) {
    tag = 0
    for (let octet = next(), first = true; ; octet = next(), first = false) {
      if (first && octet === 0x80) {
        throw new PkiError({
          code: 'asn1.non-minimal-tag',
          message: 'A long tag begins with an empty octet.',
          data: { offset },
        })
      }
      tag = tag * 128 + (octet & 0x7f)
      if (tag > maxTag) {
        throw new PkiError({
          code: 'asn1.bad-tag',
          message: 'A tag number is too large.',
          data: { offset },
        })
      }
      if ((octet & 0x80) === 0) {
        break
      }
    }
    if (tag < 31) {
      throw new PkiError({
        code: 'asn1.non-minimal-tag',
        message: 'A small tag number is written in the long form.',
        data: { offset, tag },
      })
    }
  }

  const initial = next()
  if (initial < 0x80) {
    if (initial > end - position) {
      throw truncated(offset)
    }
    return { class: tagClass, tag, constructed, contentOffset: position, length: initial }
  }
  if (initial === 0x80) {
    if (rules === 'der') {
      throw new PkiError({
        code: 'asn1.indefinite-length',
        message: 'An indefinite length stands where DER is required.',
        data: { offset },
      })
    }
    if (!constructed) {
      throw new PkiError({
        code: 'asn1.bad-length',
        message: 'A primitive value has an indefinite length.',
        data: { offset },
      })
    }
    return { class: tagClass, tag, constructed, contentOffset: position, length: -1 }
  }
  if (initial === 0xff) {
    throw new PkiError({
      code: 'asn1.bad-length',
      message: 'A length begins with the reserved octet FF.',
      data: { offset },
    })
  }

  let length = 0
  const octets = initial & 0x7f
  for (let index = 0; index < octets; index += 1) {
    const octet = next()
    if (rules === 'der' && index === 0 && octet === 0) {
      throw new PkiError({
        code: 'asn1.non-minimal-length',
        message: 'A length has a leading zero octet.',
        data: { offset },
      })
    }
    length = length * 256 + octet
    if (length > Number.MAX_SAFE_INTEGER / 256) {
      throw new PkiError({
        code: 'asn1.bad-length',
        message: 'A length is larger than any object can be.',
        data: { offset },
      })
    }
  }
  if (rules === 'der' && length < 0x80) {
    throw new PkiError({
      code: 'asn1.non-minimal-length',
      message: 'A short length is written in the long form.',
      data: { offset },
    })
  }
  if (length > end - position) {
    throw truncated(offset)
  }
  return { class: tagClass, tag, constructed, contentOffset: position, length }
}

/**
 * Reads one header at `offset`. Under DER the length is definite and minimal (X.690 §10.1); under
 * BER it may be neither. A definite length always fits into `end`.
 *
 * Throws `asn1.truncated`, `asn1.bad-tag`, `asn1.non-minimal-tag`, `asn1.bad-length`,
 * `asn1.non-minimal-length`, `asn1.indefinite-length`.
 */
export const readHeader = (
  source: Uint8Array,
  { offset, end, rules }: { offset: number; end: number; rules: Asn1Rules },
): Asn1Header => {
  const identifier = source[offset] ?? 0
  const tag = identifier & 0x1f
  const length = source[offset + 1] ?? 0xff
  // Nearly every value has a tag of one octet and a length of one.
  return tag !== 0x1f && length < 0x80 && offset + 2 + length <= end
    ? {
        class: classes[identifier >> 6] ?? 'universal',
        tag,
        constructed: (identifier & 0x20) !== 0,
        contentOffset: offset + 2,
        length,
      }
    : readAnyHeader(source, { offset, end, rules })
}
