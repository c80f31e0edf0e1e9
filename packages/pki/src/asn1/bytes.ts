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

/** Same length and same octets? Takes as long wherever they differ: for MACs and passwords. */
export const equalSecrets = (left: Uint8Array, right: Uint8Array): boolean => {
  let difference = left.length ^ right.length
  for (let index = 0; index < left.length; index += 1) {
    difference |= (left[index] ?? 0) ^ (right[index] ?? 0)
  }
  return difference === 0
}

/** Where `part` begins inside `octets` first, or -1. */
export const indexOfOctets = (octets: Uint8Array, part: Uint8Array): number => {
  for (let at = 0; at + part.length <= octets.length; at += 1) {
    if (equalOctets(octets.subarray(at, at + part.length), part)) {
      return at
    }
  }
  return -1
}

/** Character codes of the hex digits. */
const hexDigits = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0))

/** Lower-case hex, two digits an octet. Made in one go: a text that grows is flattened at its first use. */
export const toHex = (bytes: Uint8Array): string => {
  const codes = new Uint8Array(2 * bytes.length)
  for (let index = 0; index < bytes.length; index += 1) {
    const octet = bytes[index] ?? 0
    codes[2 * index] = hexDigits[octet >>> 4] ?? 0
    codes[2 * index + 1] = hexDigits[octet & 15] ?? 0
  }
  return latin1Of(codes)
}

/** Octets of a hex text that is known to be well-formed (a constant or our own output). */
export const fromHex = (hex: string): Uint8Array => {
  const octets = new Uint8Array(hex.length >>> 1)
  for (let index = 0; index < octets.length; index += 1) {
    octets[index] = Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16)
  }
  return octets
}

/** A call takes no more arguments than fit the stack. */
const latin1Piece = 8192

/** Octets as text, one character each (ISO 8859-1; `TextDecoder` reads another table by that name). */
export const latin1Of = (bytes: Uint8Array): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += latin1Piece) {
    // Spread goes through an iterator, several times as slow.
    text += String.fromCharCode.apply(null, bytes.subarray(at, at + latin1Piece) as never)
  }
  return text
}
