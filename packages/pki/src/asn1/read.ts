import { PkiError } from '../error.ts'
import { checkPrimitiveAt, checkSetOrder } from './check-primitive.ts'
import { type Asn1Header, type Asn1Rules, readHeader } from './header.ts'
import {
  type Asn1Class,
  type Asn1Limits,
  type Asn1Node,
  defaultAsn1Limits,
  isStringTag,
  universalTag,
} from './node.ts'

const noChildren: readonly Asn1Node[] = Object.freeze([])

/**
 * Views are made on demand: a certificate list has a hundred thousand nodes and few are looked at. A
 * constructed node is made before its parts, and closed after them.
 */
class ReadNode implements Asn1Node {
  readonly class: Asn1Class
  readonly tag: number
  readonly constructed: boolean
  readonly indefinite: boolean
  children: readonly Asn1Node[] = noChildren
  readonly #source: Uint8Array
  readonly #start: number
  readonly #contentStart: number
  #contentEnd: number

  constructor(header: Asn1Header, { source, start }: { source: Uint8Array; start: number }) {
    this.class = header.class
    this.tag = header.tag
    this.constructed = header.constructed
    this.indefinite = header.length < 0
    this.#source = source
    this.#start = start
    this.#contentStart = header.contentOffset
    this.#contentEnd = header.contentOffset + header.length
  }

  /** Gives a constructed value its parts, and its end, which an indefinite length has not told. */
  close(children: readonly Asn1Node[], contentEnd: number): void {
    this.children = children
    this.#contentEnd = contentEnd
  }

  /** Where the next value begins. */
  get next(): number {
    return this.indefinite ? this.#contentEnd + 2 : this.#contentEnd
  }

  get bytes(): Uint8Array {
    return this.#source.subarray(this.#start, this.next)
  }

  get content(): Uint8Array {
    return this.#source.subarray(this.#contentStart, this.#contentEnd)
  }
}

/**
 * Is the form (primitive or constructed) one that the universal type can have? Throws `asn1.bad-tag`,
 * `asn1.constructed-expected`, `asn1.constructed-string`, `asn1.primitive-expected`.
 */
export const checkForm = (
  header: Asn1Header,
  { offset, rules }: { offset: number; rules: Asn1Rules },
) => {
  const { tag, constructed } = header
  if (header.class !== 'universal') {
    return
  }
  if (tag === 0) {
    throw new PkiError({
      code: 'asn1.bad-tag',
      message: 'End-of-contents octets stand where a value is expected.',
      data: { offset },
    })
  }
  if (tag === universalTag.sequence || tag === universalTag.set) {
    if (!constructed) {
      throw new PkiError({
        code: 'asn1.constructed-expected',
        message: 'A SEQUENCE or SET is marked primitive.',
        data: { offset },
      })
    }
    return
  }
  if (constructed && isStringTag(tag)) {
    if (rules === 'der') {
      throw new PkiError({
        code: 'asn1.constructed-string',
        message: 'A string is split into parts where DER is required.',
        data: { offset },
      })
    }
    return
  }
  // EXTERNAL, EMBEDDED PDV and the like stay as they are: nothing of ours reads them.
  if (constructed && tag <= universalTag.enumerated && tag !== 8) {
    throw new PkiError({
      code: 'asn1.primitive-expected',
      message: 'A primitive type is marked constructed.',
      data: { offset, tag },
    })
  }
}

/** A SEQUENCE or SET that is constructed, or any other type that is primitive: {@link checkForm} agrees. */
const isPlainForm = (header: Asn1Header): boolean =>
  header.tag !== 0 &&
  header.constructed === (header.tag === universalTag.sequence || header.tag === universalTag.set)

const readTree = (source: Uint8Array, rules: Asn1Rules, limits: Asn1Limits): Asn1Node => {
  const { maxDepth, maxNodes, maxBytes, allowAnyTrue, onNodes } = {
    ...defaultAsn1Limits,
    ...limits,
  }
  if (source.length > maxBytes) {
    throw new PkiError({
      code: 'asn1.too-large',
      message: 'The object is larger than the limit.',
      data: { bytes: source.length, maxBytes },
    })
  }
  let nodes = 0
  // Parts of the values that are open: an array of each would be grown and thrown away.
  const pending: ReadNode[] = []
  let height = 0

  const readValue = (start: number, end: number, depth: number): ReadNode => {
    nodes += 1
    if (nodes > maxNodes) {
      throw new PkiError({
        code: 'asn1.too-many-nodes',
        message: 'The object has more parts than the limit.',
        data: { maxNodes },
      })
    }
    const header = readHeader(source, { offset: start, end, rules })
    const { contentOffset, length } = header
    if (!isPlainForm(header)) {
      checkForm(header, { offset: start, rules })
    }

    if (!header.constructed) {
      if (header.class === 'universal') {
        const isAnyTrue = allowAnyTrue && header.tag === universalTag.boolean
        const place = { source, start: contentOffset, end: contentOffset + length }
        checkPrimitiveAt(header.tag, place, isAnyTrue ? 'ber' : rules)
      }
      return new ReadNode(header, { source, start })
    }
    if (depth >= maxDepth) {
      throw new PkiError({
        code: 'asn1.too-deep',
        message: 'The object nests deeper than the limit.',
        data: { maxDepth },
      })
    }

    const node = new ReadNode(header, { source, start })
    const bottom = height
    const limit = length < 0 ? end : contentOffset + length
    let position = contentOffset
    let closed = length >= 0
    while (position < limit) {
      if (length < 0 && source[position] === 0 && source[position + 1] === 0) {
        closed = position + 2 <= limit
        break
      }
      const child = readValue(position, limit, depth + 1)
      pending[height] = child
      height += 1
      position = child.next
    }
    if (!closed) {
      throw new PkiError({
        code: 'asn1.unterminated',
        message: 'An indefinite length is not closed by end-of-contents octets.',
        data: { offset: start },
      })
    }
    const children = pending.slice(bottom, height)
    height = bottom
    node.close(children, position)
    if (rules === 'der' && header.class === 'universal' && header.tag === universalTag.set) {
      checkSetOrder(children)
    }
    return node
  }

  const node = readValue(0, source.length, 0)
  const { next } = node
  if (next !== source.length) {
    throw new PkiError({
      code: 'asn1.trailing-octets',
      message: 'Octets follow the value.',
      data: { octets: source.length - next },
    })
  }
  onNodes(nodes)
  return node
}

/**
 * Reads exactly one DER value (X.690 §10, §11): definite minimal lengths, minimal integers and tags,
 * booleans 00 or FF, primitive strings, sorted SET OF, no octet after the value. The content of
 * implicitly tagged primitive values cannot be checked here; {@link asUniversal} does it.
 *
 * Throws `PkiError` with an `asn1.*` code; the limits are those of {@link defaultAsn1Limits}.
 */
export const readDer = (bytes: Uint8Array, limits: Asn1Limits = {}): Asn1Node =>
  readTree(bytes, 'der', limits)

/**
 * Reads exactly one BER value: as {@link readDer}, but indefinite and longer lengths, strings in
 * parts, any non-zero TRUE and unsorted sets are accepted. For CMS and PKCS#12 input only.
 *
 * Throws `PkiError` with an `asn1.*` code; the limits are those of {@link defaultAsn1Limits}.
 */
export const readBer = (bytes: Uint8Array, limits: Asn1Limits = {}): Asn1Node =>
  readTree(bytes, 'ber', limits)
