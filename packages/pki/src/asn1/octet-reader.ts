import { PkiError } from '../error.ts'
import { joinOctets } from './bytes.ts'
import { type OctetSource, piecesOf } from './octet-source.ts'

/**
 * Pulls octets out of a source in order: a look ahead, a few octets exactly, or a long run in pieces as
 * they come. Copies only what is split between two pieces and wanted whole.
 */
export class OctetReader {
  readonly #pieces: AsyncIterator<Uint8Array>
  #held: Uint8Array = new Uint8Array()
  #ended = false
  #position = 0

  constructor(source: OctetSource) {
    this.#pieces = piecesOf(source)[Symbol.asyncIterator]()
  }

  /** How many octets were taken. */
  get position(): number {
    return this.#position
  }

  async #next(): Promise<Uint8Array | undefined> {
    if (this.#ended) {
      return undefined
    }
    const { done, value } = await this.#pieces.next()
    if (done === true) {
      this.#ended = true
      return undefined
    }
    return value
  }

  async #hold(length: number): Promise<void> {
    const parts = [this.#held]
    let total = this.#held.length
    while (total < length) {
      const piece = await this.#next()
      if (piece === undefined) {
        break
      }
      parts.push(piece)
      total += piece.length
    }
    this.#held = joinOctets(parts)
  }

  /** Up to `length` octets from here on, fewer only at the end; they stay to be taken. */
  async peek(length: number): Promise<Uint8Array> {
    if (this.#held.length < length) {
      await this.#hold(length)
    }
    return this.#held.subarray(0, length)
  }

  #drop(length: number): void {
    this.#held = this.#held.subarray(length)
    this.#position += length
  }

  /** Exactly `length` octets. Throws `asn1.truncated`. */
  async take(length: number): Promise<Uint8Array> {
    const octets = await this.peek(length)
    if (octets.length < length) {
      throw new PkiError({
        code: 'asn1.truncated',
        message: 'The source ends before a value is complete.',
        data: { offset: this.#position },
      })
    }
    this.#drop(length)
    return octets
  }

  /**
   * The next piece of at most `length` octets, as it lies in the source; `undefined` at the end. For
   * long runs: nothing is joined.
   */
  async takePiece(length: number): Promise<Uint8Array | undefined> {
    while (this.#held.length === 0) {
      const piece = await this.#next()
      if (piece === undefined) {
        return undefined
      }
      this.#held = piece
    }
    const piece = this.#held.subarray(0, length)
    this.#drop(piece.length)
    return piece
  }

  /** Is there no octet left? */
  async isAtEnd(): Promise<boolean> {
    return (await this.peek(1)).length === 0
  }

  /** Tells the source that no more is wanted. */
  async close(): Promise<void> {
    this.#ended = true
    await this.#pieces.return?.()
  }
}
