import { PkiError } from '../error.ts'
import { checkPrimitive, checkSetOrder } from './check-primitive.ts'
import { type Asn1Header, type Asn1Rules, readHeader } from './header.ts'
import {
  type Asn1Class,
  type Asn1Limits,
  type Asn1Node,
  defaultAsn1Limits,
  isStringTag,
  universalTag,
} from './node.ts'

type Extent = { readonly start: number; readonly contentStart: number; readonly contentEnd: number }

/** Views are made on demand: a certificate list has a hundred thousand nodes and few are looked at. */
class ReadNode implements Asn1Node {
  readonly class: Asn1Class
  readonly tag: number
  readonly constructed: boolean
  readonly indefinite: boolean
  readonly children: readonly Asn1Node[]
  readonly #source: Uint8Array
  readonly #extent: Extent

  constructor(
    header: Asn1Header,
    body: { source: Uint8Array; extent: Extent; children: readonly Asn1Node[] },
  ) {
    this.class = header.class
    this.tag = header.tag
    this.constructed = header.constructed
    this.indefinite = header.length < 0
    this.children = body.children
    this.#source = body.source
    this.#extent = body.extent
  }

  get bytes(): Uint8Array {
    const { start, contentEnd } = this.#extent
    return this.#source.subarray(start, this.indefinite ? contentEnd + 2 : contentEnd)
  }

  get content(): Uint8Array {
    return this.#source.subarray(this.#extent.contentStart, this.#extent.contentEnd)
  }
}

const noChildren: readonly Asn1Node[] = Object.freeze([])

/**
 * Is the form (primitive or constructed) one that the universal type can have? Throws `asn1.bad-tag`,
 * `asn1.constructed-expected`, `asn1.constructed-string`, `asn1.primitive-expected`.
 */
export const checkForm = (
  header: Asn1Header,
  { offset, rules }: { offset: number; rules: Asn1Rules },
) => {
  if (header.class !== 'universal') {
    return
  }
  const { tag, constructed } = header
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

  const readValue = (
    start: number,
    end: number,
    depth: number,
  ): { node: ReadNode; next: number } => {
    nodes += 1
    if (nodes > maxNodes) {
      throw new PkiError({
        code: 'asn1.too-many-nodes',
        message: 'The object has more parts than the limit.',
        data: { maxNodes },
      })
    }
    const header = readHeader(source, { offset: start, end, rules })
    checkForm(header, { offset: start, rules })
    const contentStart = header.contentOffset

    if (!header.constructed) {
      const contentEnd = contentStart + header.length
      if (header.class === 'universal') {
        const isAnyTrue = allowAnyTrue && header.tag === universalTag.boolean
        const content = source.subarray(contentStart, contentEnd)
        checkPrimitive(header.tag, content, isAnyTrue ? 'ber' : rules)
      }
      const extent = { start, contentStart, contentEnd }
      return {
        node: new ReadNode(header, { source, extent, children: noChildren }),
        next: contentEnd,
      }
    }
    if (depth >= maxDepth) {
      throw new PkiError({
        code: 'asn1.too-deep',
        message: 'The object nests deeper than the limit.',
        data: { maxDepth },
      })
    }

    const children: Asn1Node[] = []
    const limit = header.length < 0 ? end : contentStart + header.length
    let position = contentStart
    let closed = header.length >= 0
    while (position < limit) {
      if (header.length < 0 && source[position] === 0 && source[position + 1] === 0) {
        closed = position + 2 <= limit
        break
      }
      const child = readValue(position, limit, depth + 1)
      children.push(child.node)
      position = child.next
    }
    if (!closed) {
      throw new PkiError({
        code: 'asn1.unterminated',
        message: 'An indefinite length is not closed by end-of-contents octets.',
        data: { offset: start },
      })
    }
    if (rules === 'der' && header.class === 'universal' && header.tag === universalTag.set) {
      checkSetOrder(children)
    }
    const extent = { start, contentStart, contentEnd: position }
    const next = header.length < 0 ? position + 2 : position
    return { node: new ReadNode(header, { source, extent, children }), next }
  }

  const { node, next } = readValue(0, source.length, 0)
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
