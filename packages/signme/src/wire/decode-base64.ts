const NOT_A_DIGIT = 0xff
const digits = new Uint8Array(256).fill(NOT_A_DIGIT)
for (const [value, sign] of [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
].entries()) {
  digits[sign.charCodeAt(0)] = value
}

/**
 * Octets out of base64 in ASCII (RFC 4648 §4), or undefined. Line ends and spaces are passed over and
 * padding may be missing; nothing else is. Decoded from octets to octets: 25 MB never become text.
 *
 * @param result where the octets go: `text` itself when it is not needed any more, so that 25 MB are not
 * there twice
 */
export function decodeBase64(
  text: Uint8Array,
  result: Uint8Array = new Uint8Array(Math.ceil((text.length / 4) * 3)),
): Uint8Array | undefined {
  let length = 0
  let bits = 0
  let count = 0
  let padding = 0

  for (const octet of text) {
    const digit = digits[octet] ?? NOT_A_DIGIT
    if (digit === NOT_A_DIGIT) {
      if (octet === 0x3d) padding += 1
      else if (octet !== 0x20 && octet !== 0x0a && octet !== 0x0d && octet !== 0x09)
        return undefined
      continue
    }
    if (padding > 0) return undefined

    bits = (bits << 6) | digit
    count += 1
    if (count % 4 === 0) {
      result[length] = bits >> 16
      result[length + 1] = bits >> 8
      result[length + 2] = bits
      length += 3
      bits = 0
    }
  }

  const rest = count % 4
  if (rest === 1 || padding > 2 || (padding > 0 && (rest + padding) % 4 !== 0)) return undefined
  if (rest === 2) {
    result[length] = bits >> 4
    length += 1
  }
  if (rest === 3) {
    result[length] = bits >> 10
    result[length + 1] = bits >> 2
    length += 2
  }

  return result.subarray(0, length)
}
