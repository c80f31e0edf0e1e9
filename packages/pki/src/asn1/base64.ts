import { latin1Of } from './bytes.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const codes = Uint8Array.from(alphabet, (character) => character.charCodeAt(0))
const padding = 0x3d

/** Six bits by character code, both alphabets of RFC 4648; 64 for any other character. */
const values = new Uint8Array(128).fill(64)
codes.forEach((code, value) => {
  values[code] = value
})
values[0x2d] = 62
values[0x5f] = 63

/**
 * Octets of base64 text in either alphabet of RFC 4648, up to the first padding character. Characters
 * of neither alphabet are passed over, and bits that fill no octet are lost: check the form of the text
 * before, where it matters.
 */
export const decodeBase64 = (text: string): Uint8Array => {
  const octets = new Uint8Array(Math.ceil((text.length * 3) / 4))
  let length = 0
  let bits = 0
  let count = 0
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (code === padding) {
      break
    }
    const value = code < 128 ? (values[code] ?? 64) : 64
    if (value === 64) {
      continue
    }
    bits = (bits << 6) | value
    count += 6
    if (count >= 8) {
      count -= 8
      octets[length] = bits >>> count
      length += 1
      bits &= (1 << count) - 1
    }
  }
  return octets.slice(0, length)
}

/** Base64 with padding, in one line (RFC 4648 §4). */
export const encodeBase64 = (octets: Uint8Array): string => {
  const text = new Uint8Array(4 * Math.ceil(octets.length / 3)).fill(padding)
  for (let at = 0, to = 0; at < octets.length; at += 3, to += 4) {
    const first = octets[at] ?? 0
    const second = octets[at + 1] ?? 0
    const third = octets[at + 2] ?? 0
    text[to] = codes[first >>> 2] ?? 0
    text[to + 1] = codes[((first & 3) << 4) | (second >>> 4)] ?? 0
    if (at + 1 < octets.length) {
      text[to + 2] = codes[((second & 15) << 2) | (third >>> 6)] ?? 0
    }
    if (at + 2 < octets.length) {
      text[to + 3] = codes[third & 63] ?? 0
    }
  }
  return latin1Of(text)
}
