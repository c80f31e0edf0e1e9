const characters = /^[A-Za-z0-9+/]*={0,2}$/

/**
 * Octets of base64 as XML holds it: white space anywhere, `&#13;` included (XML Schema base64Binary);
 * nothing else foreign, padding complete. `undefined` when it is not that.
 */
export const readBase64 = (text: string): Uint8Array | undefined => {
  const dense = text.replace(/[ \t\r\n]+/g, '')
  if (dense.length % 4 !== 0 || !characters.test(dense)) {
    return undefined
  }
  const padding = dense.endsWith('==') ? 2 : dense.endsWith('=') ? 1 : 0
  const binary = atob(dense)
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
  return bytes.length === (dense.length / 4) * 3 - padding ? bytes : undefined
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
