/** Joins a list of octet strings, however long, into a new one. */
export const joinOctets = (parts: readonly Uint8Array[]): Uint8Array => {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** Joins a few octet strings into a new one. */
export const concatOctets = (...parts: readonly Uint8Array[]): Uint8Array => joinOctets(parts)

/** Orders octet strings as X.690 §11.6 does: octet by octet, a prefix before what it begins. */
export const compareOctets = (left: Uint8Array, right: Uint8Array): number => {
  const shared = Math.min(left.length, right.length)
  for (let index = 0; index < shared; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) {
      return difference
    }
  }
  return left.length - right.length
}

/** Same length and same octets? Not constant-time: for public values only. */
export const equalOctets = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && compareOctets(left, right) === 0

/** Lower-case hex, two digits an octet. */
export const toHex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')

/** Octets of a hex text that is known to be well-formed (a constant or our own output). */
export const fromHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))
