import { PkiError } from '../error.ts'
import { joinOctets } from './bytes.ts'

/** Octets that can be read at any place, as often as wanted: an open file, a Blob. */
export type RandomAccess = {
  readonly size: number
  /**
   * At most `length` octets from `offset`, at least one; an array that nobody else writes to. `into`,
   * when it is passed, has `length` octets and may be filled and given back, whole or in part: that saves
   * memory where much is read.
   */
  readonly read: (
    offset: number,
    length: number,
    into?: Uint8Array,
  ) => Promise<Uint8Array> | Uint8Array
}

/** Octets as they come. */
export type OctetStream = AsyncIterable<Uint8Array> & {
  /**
   * The same octets, in place of the iteration, in pieces that are good only until the next one is asked
   * for: the source may fill the same array again, which saves memory and its collection where much is read.
   */
  readonly fleeting?: () => AsyncIterable<Uint8Array>
}

/** Octets of any number: in memory, readable at any place, or as they come. */
export type OctetSource = Uint8Array | RandomAccess | OctetStream

/** Large enough that a call costs nothing beside its hashing, small enough to stay in the cache. */
const pieceBytes = 256 * 1024

/** `isFleeting`: a piece is good only until the next one is asked for. */
type PieceOptions = { readonly isFleeting: boolean }

async function* piecesOfRandomAccess(
  { size, read }: RandomAccess,
  { isFleeting }: PieceOptions,
): AsyncGenerator<Uint8Array> {
  // The next piece is fetched while the last one is digested, each into an array of its own.
  const arrays = isFleeting ? [new Uint8Array(pieceBytes), new Uint8Array(pieceBytes)] : []
  let turn = 0
  const piece = (offset: number) => {
    const length = Math.min(pieceBytes, size - offset)
    turn = 1 - turn
    return read(offset, length, arrays[turn]?.subarray(0, length))
  }
  let offset = 0
  let next = size > 0 ? piece(0) : undefined
  while (next !== undefined) {
    const octets = await next
    if (octets.length === 0) {
      throw new PkiError({
        code: 'source.cut',
        message: 'A source ended before its size.',
        data: { size, read: offset },
      })
    }
    offset += octets.length
    next = offset < size ? piece(offset) : undefined
    yield octets
  }
}

async function* piecesOfArray(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** The octets of a source in order, in pieces of any size, none copied. Throws `source.cut`. */
export const piecesOf = (
  source: OctetSource,
  options: PieceOptions = { isFleeting: false },
): AsyncIterable<Uint8Array> => {
  if (source instanceof Uint8Array) {
    return piecesOfArray(source)
  }
  // A stream of Node.js has a `read` too, which is another one.
  if (!(Symbol.asyncIterator in source)) {
    return piecesOfRandomAccess(source, options)
  }
  const fleeting = options.isFleeting ? source.fleeting?.() : undefined
  return fleeting ?? source
}

/**
 * All octets of a source in one array. Throws `asn1.too-large` beyond `maxBytes`, before more is read.
 */
export const collectOctets = async (
  source: OctetSource,
  { maxBytes }: { readonly maxBytes: number },
): Promise<Uint8Array> => {
  const pieces: Uint8Array[] = []
  let total = 0
  for await (const piece of piecesOf(source)) {
    total += piece.length
    if (total > maxBytes) {
      throw new PkiError({
        code: 'asn1.too-large',
        message: 'The object is larger than the limit.',
        data: { maxBytes },
      })
    }
    pieces.push(piece)
  }
  const [only] = pieces
  return pieces.length === 1 && only !== undefined ? only : joinOctets(pieces)
}
