import { readHeader } from '../asn1/header.ts'
import { decodeContainer } from '../asn1/index.ts'
import { isPkiError } from '../error.ts'
import { beginsAsSignedData } from './looks-like-signature.ts'

/**
 * `inside` the container, or `elsewhere`, in a file of its own. `unclear`: the headers before the content
 * are not those of a SignedData, or one of them has an indefinite length and its end is unknown.
 */
export type ContentPlace = 'inside' | 'elsewhere' | 'unclear'

/**
 * Where a container in DER, BER, PEM or base64 keeps its content, by the headers that stand before it.
 * Nothing else is looked at: a damaged container may seem to be either.
 */
export const placeOfContent = (container: Uint8Array): ContentPlace => {
  try {
    const bytes = decodeContainer(container)
    return beginsAsSignedData(bytes) ? placeInside(bytes) : 'unclear'
  } catch (error) {
    if (isPkiError(error)) {
      return 'unclear'
    }
    throw error
  }
}

/** Identifier octets of what stands in a detached SignedData before its content (RFC 5652 §3, §5.1). */
const identifier = { integer: 0x02, oid: 0x06, sequence: 0x30, set: 0x31, explicit: 0xa0 } as const

const placeInside = (bytes: Uint8Array): ContentPlace => {
  let isPlain = true
  const read = (offset: number, expected: number) => {
    isPlain &&= bytes[offset] === expected
    return readHeader(bytes, { offset, end: bytes.length, rules: 'ber' })
  }
  const enter = (offset: number, expected: number): number => read(offset, expected).contentOffset
  const pass = (offset: number, expected: number): number => {
    const { contentOffset, length } = read(offset, expected)
    isPlain &&= length >= 0
    return contentOffset + length
  }
  const wrapper = pass(enter(0, identifier.sequence), identifier.oid)
  const signedData = enter(wrapper, identifier.explicit)
  const algorithms = pass(enter(signedData, identifier.sequence), identifier.integer)
  const encapsulated = read(pass(algorithms, identifier.set), identifier.sequence)
  const content = pass(encapsulated.contentOffset, identifier.oid)
  if (!isPlain) {
    return 'unclear'
  }
  const isClosed =
    encapsulated.length < 0
      ? bytes[content] === 0
      : content === encapsulated.contentOffset + encapsulated.length
  return isClosed ? 'elsewhere' : 'inside'
}
