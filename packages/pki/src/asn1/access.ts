import { PkiError, type PkiErrorCode } from '../error.ts'
import { concatOctets, joinOctets, toHex } from './bytes.ts'
import { checkPrimitive } from './check-primitive.ts'
import type { Asn1Rules } from './header.ts'
import { type Asn1Class, type Asn1Node, universalTag } from './node.ts'
import { writeHeader } from './write.ts'

const fail = (
  code: PkiErrorCode,
  message: string,
  data: Record<string, string | number> = {},
): never => {
  throw new PkiError({ code, message, data })
}

/** Any node that is there. Throws `asn1.missing`. */
export const present = (node: Asn1Node | undefined): Asn1Node =>
  node ?? fail('asn1.missing', 'A required field is absent.')

/** Is the node of this class and tag? Absent nodes are of none. */
export const isTagged = (
  node: Asn1Node | undefined,
  tagClass: Asn1Class,
  tag: number,
): node is Asn1Node => node?.class === tagClass && node.tag === tag

/** Is the node of this universal type? */
export const isUniversal = (node: Asn1Node | undefined, tag: number): node is Asn1Node =>
  isTagged(node, 'universal', tag)

const expectUniversal = (node: Asn1Node | undefined, tag: number): Asn1Node => {
  const there = present(node)
  return there.class === 'universal' && there.tag === tag
    ? there
    : fail('asn1.unexpected-type', 'A value is of another type than its place requires.', {
        expected: tag,
        found: there.tag,
        foundClass: there.class,
      })
}

/**
 * The parts of a SEQUENCE, in order. A part that is absent is `undefined`; pass it to the accessors,
 * which throw `asn1.missing`. Throws `asn1.missing`, `asn1.unexpected-type`.
 */
export const expectSequence = (node: Asn1Node | undefined): readonly Asn1Node[] =>
  expectUniversal(node, universalTag.sequence).children

/** The parts of a SET, as encoded. Throws `asn1.missing`, `asn1.unexpected-type`. */
export const expectSet = (node: Asn1Node | undefined): readonly Asn1Node[] =>
  expectUniversal(node, universalTag.set).children

/** Refuses any part after the `used` first ones. Throws `asn1.unexpected-type`. */
export const expectEnd = (parts: readonly Asn1Node[], used: number): void => {
  if (parts.length > used) {
    fail('asn1.unexpected-type', 'A structure has a field that its type does not know.', {
      fields: parts.length,
      known: used,
    })
  }
}

/** The part that carries context tag `n`, wherever it stands. */
export const contextChild = (node: Asn1Node, n: number): Asn1Node | undefined =>
  node.children.find((child) => isTagged(child, 'context', n))

/**
 * The one part inside an explicit tag. Throws `asn1.missing`, and `asn1.unexpected-type` when there
 * are two.
 */
export const explicitContent = (node: Asn1Node): Asn1Node => {
  expectEnd(node.children, 1)
  return present(node.children[0])
}

/** Octets of the tag at the beginning of a whole value (X.690 §8.1.2). */
const identifierLengthOf = (bytes: Uint8Array): number => {
  if (((bytes[0] ?? 0) & 0x1f) !== 0x1f) {
    return 1
  }
  const last = bytes.findIndex((octet, index) => index > 0 && (octet & 0x80) === 0)
  return last + 1
}

/**
 * A class, since an object literal with getters costs a hidden class of its own each time, which keeps
 * the whole tree alive until a full collection.
 */
class UniversalNode implements Asn1Node {
  readonly class = 'universal'
  readonly tag: number
  readonly constructed: boolean
  readonly indefinite: boolean
  readonly children: readonly Asn1Node[]
  readonly #node: Asn1Node

  constructor(node: Asn1Node, tag: number) {
    this.tag = tag
    this.constructed = node.constructed
    this.indefinite = node.indefinite
    this.children = node.children
    this.#node = node
  }

  get bytes(): Uint8Array {
    const { bytes } = this.#node
    const identifier = writeHeader({ tag: this.tag, constructed: this.constructed, length: 0 })
    return concatOctets(identifier.subarray(0, -1), bytes.subarray(identifierLengthOf(bytes)))
  }

  get content(): Uint8Array {
    return this.#node.content
  }
}

/**
 * Reads an implicitly tagged value as the universal type it stands for: the accessors then work on
 * it, its content is checked, and its `bytes` begin with the universal tag (as RFC 5652 §5.4 wants
 * for the digest of signed attributes).
 *
 * Throws the `asn1.*` code of a malformed primitive, `asn1.constructed-expected`.
 */
export const asUniversal = (
  node: Asn1Node,
  tag: number,
  { rules = 'der' }: { readonly rules?: Asn1Rules } = {},
): Asn1Node => {
  const mustConstruct = tag === universalTag.sequence || tag === universalTag.set
  if (mustConstruct && !node.constructed) {
    fail('asn1.constructed-expected', 'An implicit SEQUENCE or SET is marked primitive.')
  }
  if (!mustConstruct && node.constructed && rules === 'der') {
    fail('asn1.primitive-expected', 'An implicit primitive type is marked constructed.')
  }
  if (!node.constructed) {
    checkPrimitive(tag, node.content, rules)
  }
  return new UniversalNode(node, tag)
}

/** Below this an arc and seven more bits fit a number. */
const largestShortArc = 2 ** 45

/** Dotted decimal form of encoded arcs (X.690 §8.19). */
const decodeOid = (content: Uint8Array): string => {
  let text = ''
  let arc = 0
  for (const octet of content) {
    if (arc >= largestShortArc) {
      return decodeLongOid(content)
    }
    arc = arc * 128 + (octet & 0x7f)
    if ((octet & 0x80) === 0) {
      if (text === '') {
        const root = arc < 40 ? 0 : arc < 80 ? 1 : 2
        text = `${root}.${arc - root * 40}`
      } else {
        text += `.${arc}`
      }
      arc = 0
    }
  }
  return text
}

const decodeLongOid = (content: Uint8Array): string => {
  const arcs: string[] = []
  let arc = 0n
  for (const octet of content) {
    arc = (arc << 7n) | BigInt(octet & 0x7f)
    if ((octet & 0x80) === 0) {
      if (arcs.length === 0) {
        const root = arc < 40n ? 0n : arc < 80n ? 1n : 2n
        arcs.push(root.toString(), (arc - root * 40n).toString())
      } else {
        arcs.push(arc.toString())
      }
      arc = 0n
    }
  }
  return arcs.join('.')
}

/**
 * An OBJECT IDENTIFIER in dotted decimal form; arcs of any size (a UUID under 2.25 has 128 bits),
 * 128 octets at most. Throws `asn1.missing`, `asn1.unexpected-type`, `asn1.bad-oid`.
 */
export const oidOf = (node: Asn1Node | undefined): string => {
  const { content } = expectUniversal(node, universalTag.oid)
  return content.length > 128
    ? fail('asn1.bad-oid', 'An OBJECT IDENTIFIER is longer than any real one.')
    : decodeOid(content)
}

const signedOf = (content: Uint8Array): bigint => {
  const unsigned = BigInt(`0x${toHex(content)}`)
  return (content[0] ?? 0) < 0x80 ? unsigned : BigInt.asIntN(content.length * 8, unsigned)
}

/**
 * An INTEGER, two's complement, at most 4096 octets (no key of ours is larger).
 * Throws `asn1.missing`, `asn1.unexpected-type`, `asn1.bad-integer`.
 */
export const integerOf = (node: Asn1Node | undefined): bigint => {
  const { content } = expectUniversal(node, universalTag.integer)
  return content.length > 4096
    ? fail('asn1.bad-integer', 'An INTEGER is larger than its place allows.')
    : signedOf(content)
}

/**
 * An INTEGER that fits a JavaScript number. Throws as {@link integerOf}, and `asn1.bad-integer` for a
 * larger one.
 */
export const smallIntegerOf = (node: Asn1Node | undefined): number => {
  const { content } = expectUniversal(node, universalTag.integer)
  const [octet = 0x80] = content
  const value = content.length === 1 && octet < 0x80 ? octet : Number(integerOf(node))
  return Number.isSafeInteger(value)
    ? value
    : fail('asn1.bad-integer', 'An INTEGER is larger than its place allows.')
}

/** An ENUMERATED as a number. Throws `asn1.missing`, `asn1.unexpected-type`, `asn1.bad-integer`. */
export const enumeratedOf = (node: Asn1Node | undefined): number => {
  const { content } = expectUniversal(node, universalTag.enumerated)
  return content.length > 4
    ? fail('asn1.bad-integer', 'An ENUMERATED is larger than its place allows.')
    : Number(signedOf(content))
}

/** Octets of a string: its content, or in BER the parts of its parts, joined (X.690 §8.7.3). */
const joinedOctets = (node: Asn1Node): Uint8Array => {
  if (!node.constructed) {
    return node.content
  }
  const parts = node.children.map((child) =>
    joinedOctets(expectUniversal(child, universalTag.octetString)),
  )
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : joinOctets(parts)
}

/**
 * The octets of an OCTET STRING; one that BER split into parts is joined (a copy).
 * Throws `asn1.missing`, `asn1.unexpected-type`.
 */
export const octetsOf = (node: Asn1Node | undefined): Uint8Array =>
  joinedOctets(expectUniversal(node, universalTag.octetString))

/** A BIT STRING: its octets, and how many bits of the last one do not count. */
export type Asn1Bits = { readonly unusedBits: number; readonly bytes: Uint8Array }

/**
 * A primitive BIT STRING (a split one is refused: no encoder of signatures splits them).
 * Throws `asn1.missing`, `asn1.unexpected-type`.
 */
export const bitsOf = (node: Asn1Node | undefined): Asn1Bits => {
  const there = expectUniversal(node, universalTag.bitString)
  if (there.constructed) {
    fail('asn1.unexpected-type', 'A BIT STRING is split into parts.')
  }
  return { unusedBits: there.content[0] ?? 0, bytes: there.content.subarray(1) }
}

/** A BOOLEAN. Throws `asn1.missing`, `asn1.unexpected-type`. */
export const booleanOf = (node: Asn1Node | undefined): boolean =>
  expectUniversal(node, universalTag.boolean).content[0] !== 0
