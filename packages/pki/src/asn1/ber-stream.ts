import { PkiError } from '../error.ts'
import { joinOctets } from './bytes.ts'
import { type Asn1Header, readHeader } from './header.ts'
import { type Asn1Limits, type Asn1Node, defaultAsn1Limits, universalTag } from './node.ts'
import type { OctetReader } from './octet-reader.ts'
import { checkForm, readBer } from './read.ts'

/** Longest identifier and length octets that {@link readHeader} follows (X.690 §8.1.2, §8.1.3). */
const maxHeaderOctets = 5 + 128

/** A constructed value that was entered and not yet left. */
type Frame = {
  readonly start: number
  readonly indefinite: boolean
  /** Where the nearest value of definite length around here ends. */
  readonly end: number
}

/** What {@link BerStream} accepts before it gives up. */
export type BerStreamLimits = Pick<Asn1Limits, 'maxDepth' | 'maxNodes'> & {
  /** Octets of all values that are read whole, which is what is kept in memory. Default 64 MiB. */
  readonly maxWholeBytes?: number
}

const defaultMaxWholeBytes = 64 * 1024 * 1024

/**
 * Reads one BER value of any size piece by piece, as strictly as `readBer`: whoever calls says which
 * constructed values to enter, which values to have whole, and which OCTET STRING to have streamed.
 *
 * @example
 * const ber = new BerStream(new OctetReader(source))
 * await ber.enter({ class: 'universal', tag: universalTag.sequence })
 * const version = await ber.readNode()
 * for await (const piece of ber.octetPieces()) hash.update(piece)
 * await ber.leave()
 * await ber.finish()
 */
export class BerStream {
  readonly #reader: OctetReader
  readonly #frames: Frame[] = []
  readonly #maxDepth: number
  #nodesLeft: number
  #wholeBytesLeft: number

  constructor(reader: OctetReader, limits: BerStreamLimits = {}) {
    this.#reader = reader
    this.#maxDepth = limits.maxDepth ?? defaultAsn1Limits.maxDepth
    this.#nodesLeft = limits.maxNodes ?? defaultAsn1Limits.maxNodes
    this.#wholeBytesLeft = limits.maxWholeBytes ?? defaultMaxWholeBytes
  }

  get #end(): number {
    return this.#frames.at(-1)?.end ?? Number.MAX_SAFE_INTEGER
  }

  /** The header of the next value, which stays to be taken. */
  async #peekHeader(): Promise<Asn1Header> {
    const source = await this.#reader.peek(maxHeaderOctets)
    const header = readHeader(source, {
      offset: 0,
      end: this.#end - this.#reader.position,
      rules: 'ber',
    })
    checkForm(header, { offset: this.#reader.position, rules: 'ber' })
    return header
  }

  #countDepth(depth: number): void {
    if (depth >= this.#maxDepth) {
      throw new PkiError({
        code: 'asn1.too-deep',
        message: 'The object nests deeper than the limit.',
        data: { maxDepth: this.#maxDepth },
      })
    }
  }

  async #push(header: Asn1Header): Promise<void> {
    this.#countDepth(this.#frames.length)
    const start = this.#reader.position
    await this.#reader.take(header.contentOffset)
    this.#frames.push({
      start,
      indefinite: header.length < 0,
      end: header.length < 0 ? this.#end : this.#reader.position + header.length,
    })
  }

  /**
   * Goes into the next value, which must be constructed and of this tag. Throws `asn1.missing`,
   * `asn1.unexpected-type`, `asn1.too-deep`, and the codes of a bad header.
   */
  async enter(expected: Pick<Asn1Header, 'class' | 'tag'>): Promise<void> {
    if (this.#frames.length > 0 && !(await this.hasNext())) {
      throw new PkiError({ code: 'asn1.missing', message: 'A required field is absent.' })
    }
    const header = await this.#peekHeader()
    if (header.class !== expected.class || header.tag !== expected.tag || !header.constructed) {
      throw new PkiError({
        code: 'asn1.unexpected-type',
        message: 'A value is of another type than its place requires.',
        data: { expected: expected.tag, found: header.tag, foundClass: header.class },
      })
    }
    await this.#push(header)
  }

  /** Is there another value inside the one that was entered? Throws `asn1.unterminated`. */
  async hasNext(): Promise<boolean> {
    const frame = this.#frames.at(-1)
    if (frame === undefined) {
      return false
    }
    if (!frame.indefinite) {
      return this.#reader.position < frame.end
    }
    const [first, second] = await this.#reader.peek(2)
    if (this.#reader.position + 2 > frame.end || first === undefined || second === undefined) {
      throw new PkiError({
        code: 'asn1.unterminated',
        message: 'An indefinite length is not closed by end-of-contents octets.',
        data: { offset: frame.start },
      })
    }
    return first !== 0 || second !== 0
  }

  /**
   * Leaves the value that was entered last. Throws `asn1.unexpected-type` when it holds more,
   * `asn1.unterminated`.
   */
  async leave(): Promise<void> {
    if (await this.hasNext()) {
      throw new PkiError({
        code: 'asn1.unexpected-type',
        message: 'A structure has a field that its type does not know.',
      })
    }
    if (this.#frames.pop()?.indefinite === true) {
      await this.#reader.take(2)
    }
  }

  /** Says that the one value is over. Throws `asn1.trailing-octets`. */
  async finish(): Promise<void> {
    if (!(await this.#reader.isAtEnd())) {
      throw new PkiError({ code: 'asn1.trailing-octets', message: 'Octets follow the value.' })
    }
  }

  #countWhole(octets: number): void {
    this.#wholeBytesLeft -= octets
    if (this.#wholeBytesLeft < 0) {
      throw new PkiError({
        code: 'asn1.too-large',
        message: 'The object holds more beside its content than the limit.',
      })
    }
  }

  async #collect(parts: Uint8Array[]): Promise<void> {
    const header = await this.#peekHeader()
    if (header.length >= 0) {
      this.#countWhole(header.contentOffset + header.length)
      parts.push(await this.#reader.take(header.contentOffset + header.length))
      return
    }
    this.#countWhole(header.contentOffset + 2)
    parts.push(await this.#reader.peek(header.contentOffset))
    await this.#push(header)
    while (await this.hasNext()) {
      await this.#collect(parts)
    }
    parts.push(Uint8Array.of(0, 0))
    await this.leave()
  }

  /**
   * The next value, whole. Throws `asn1.missing` when there is none, `asn1.too-large`,
   * `asn1.too-many-nodes`, `asn1.too-deep`, and as `readBer`.
   */
  async readNode(): Promise<Asn1Node> {
    if (!(await this.hasNext())) {
      throw new PkiError({ code: 'asn1.missing', message: 'A required field is absent.' })
    }
    const parts: Uint8Array[] = []
    await this.#collect(parts)
    const [only] = parts
    let nodes = 0
    const node = readBer(parts.length === 1 && only !== undefined ? only : joinOctets(parts), {
      maxDepth: this.#maxDepth - this.#frames.length,
      maxNodes: this.#nodesLeft,
      maxBytes: Number.MAX_SAFE_INTEGER,
      onNodes: (count) => {
        nodes = count
      },
    })
    this.#nodesLeft -= nodes
    return node
  }

  /** Every value that is left inside the one that was entered, whole. Throws as `readNode`. */
  async readRest(): Promise<readonly Asn1Node[]> {
    const nodes: Asn1Node[] = []
    while (await this.hasNext()) {
      nodes.push(await this.readNode())
    }
    return nodes
  }

  async *#primitivePieces(length: number): AsyncGenerator<Uint8Array> {
    let left = length
    while (left > 0) {
      const piece = await this.#reader.takePiece(left)
      if (piece === undefined) {
        throw new PkiError({
          code: 'asn1.truncated',
          message: 'The source ends before a value is complete.',
          data: { offset: this.#reader.position },
        })
      }
      left -= piece.length
      yield piece
    }
  }

  /**
   * The octets of the next value, an OCTET STRING, as they come: primitive, or in parts of parts
   * (X.690 §8.7.3). Pieces have any size; nothing is copied but what is shorter than a header.
   * Throws `asn1.missing`, `cms.bad-content` for another type and for a constructed one of definite
   * length that is empty, and the codes of bad headers.
   */
  async *octetPieces(): AsyncGenerator<Uint8Array> {
    if (!(await this.hasNext())) {
      throw new PkiError({ code: 'asn1.missing', message: 'A required field is absent.' })
    }
    const outer = this.#frames.length
    do {
      const header = await this.#peekHeader()
      if (header.class !== 'universal' || header.tag !== universalTag.octetString) {
        throw new PkiError({ code: 'cms.bad-content', message: 'The content is no OCTET STRING.' })
      }
      if (!header.constructed) {
        await this.#reader.take(header.contentOffset)
        yield* this.#primitivePieces(header.length)
      } else if (header.length === 0) {
        throw new PkiError({
          code: 'cms.bad-content',
          message: 'A constructed OCTET STRING of definite length is empty.',
        })
      } else {
        await this.#push(header)
      }
      while (this.#frames.length > outer && !(await this.hasNext())) {
        await this.leave()
      }
    } while (this.#frames.length > outer)
  }
}
