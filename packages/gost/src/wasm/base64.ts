/** Reads base64 as `npm run build` writes it. */
export function octetsOfBase64(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64)
  const octets = new Uint8Array(text.length)
  for (let i = 0; i < octets.length; i++) octets[i] = text.charCodeAt(i)

  return octets
}
