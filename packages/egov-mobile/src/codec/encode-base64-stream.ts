import { Buffer } from 'node:buffer'

/** Bytes turned at a time: a multiple of 3, so that no padding falls between two pieces. */
const pieceBytes = 3 * 64 * 1024

/** Length of the base64 text of `byteLength` bytes, padding included. */
export function base64Length(byteLength: number): number {
  return Math.ceil(byteLength / 3) * 4
}

/**
 * Base64 (RFC 4648 section 4, no line breaks) of bytes that come in pieces of any size, as ASCII
 * bytes. Holds one piece at a time, never the whole text.
 */
export async function* encodeBase64Stream(
  source: Uint8Array | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let carried = new Uint8Array(0)

  for await (const chunk of source instanceof Uint8Array ? [source] : source) {
    let rest = chunk

    if (carried.length > 0) {
      const missing = Math.min(3 - carried.length, rest.length)
      carried = concatenate(carried, rest.subarray(0, missing))
      rest = rest.subarray(missing)
      if (carried.length < 3) continue
      yield encode(carried)
    }

    const whole = rest.length - (rest.length % 3)
    for (let offset = 0; offset < whole; offset += pieceBytes) {
      yield encode(rest.subarray(offset, Math.min(offset + pieceBytes, whole)))
    }

    // A copy, since the source may reuse its buffer once asked for the next piece.
    carried = rest.slice(whole)
  }

  if (carried.length > 0) yield encode(carried)
}

function encode(bytes: Uint8Array): Uint8Array {
  const { buffer, byteOffset, byteLength } = bytes

  return Buffer.from(Buffer.from(buffer, byteOffset, byteLength).toString('base64'), 'latin1')
}

function concatenate(head: Uint8Array, tail: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(head.length + tail.length)
  joined.set(head)
  joined.set(tail, head.length)

  return joined
}
