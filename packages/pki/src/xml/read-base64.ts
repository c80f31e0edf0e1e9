/** Value of a character, 64 for white space, 255 for what base64 does not have. */
const values = new Uint8Array(256).fill(255)
for (const [value, character] of [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
].entries()) {
  values[character.charCodeAt(0)] = value
}
for (const space of ' \t\r\n') {
  values[space.charCodeAt(0)] = 64
}

const padding = '='.charCodeAt(0)

/** Characters before the padding, and whether what follows is padding and white space alone. */
const bodyOf = (text: string): { readonly end: number; readonly marks: number } | undefined => {
  const end = text.indexOf('=')
  if (end === -1) {
    return { end: text.length, marks: 0 }
  }
  let marks = 0
  for (let at = end; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === padding) {
      marks += 1
    } else if (values[code] !== 64) {
      return undefined
    }
  }
  return { end, marks }
}

/**
 * Octets of base64 as XML holds it: white space anywhere, `&#13;` included (XML Schema base64Binary);
 * nothing else foreign, padding complete, no bits beside it. `undefined` when it is not that.
 */
export const readBase64 = (text: string): Uint8Array | undefined => {
  const body = bodyOf(text)
  if (body === undefined) {
    return undefined
  }
  const bytes = new Uint8Array(Math.floor((body.end * 3) / 4))
  let length = 0
  let characters = 0
  let bits = 0
  for (let at = 0; at < body.end; at += 1) {
    const value = values[text.charCodeAt(at)] ?? 255
    if (value > 64) {
      return undefined
    }
    if (value < 64) {
      characters += 1
      bits = ((bits << 6) | value) & 0xffffff
      if (characters % 4 === 0) {
        bytes[length] = bits >> 16
        bytes[length + 1] = bits >> 8
        bytes[length + 2] = bits
        length += 3
      }
    }
  }
  const rest = characters % 4
  if ((rest + body.marks) % 4 !== 0 || rest === 1 || body.marks > 2) {
    return undefined
  }
  // Bits that no octet takes must be zero, or one value would have several texts.
  if (rest === 2) {
    bytes[length] = bits >> 4
    length += 1
  } else if (rest === 3) {
    bytes[length] = bits >> 10
    bytes[length + 1] = bits >> 2
    length += 2
  }
  const spare = rest === 2 ? bits & 0xf : rest === 3 ? bits & 0x3 : 0
  return spare === 0 ? bytes.subarray(0, length) : undefined
}

/** Base64 in lines of 76 characters, as signing software writes it, or in one line. */
export const writeBase64 = (
  bytes: Uint8Array,
  { lineLength }: { readonly lineLength?: number } = {},
): string => {
  let binary = ''
  for (let offset = 0; offset < bytes.length; offset += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(offset, offset + 0x8000))
  }
  const text = btoa(binary)
  return lineLength === undefined
    ? text
    : (text.match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? []).join('\n')
}
