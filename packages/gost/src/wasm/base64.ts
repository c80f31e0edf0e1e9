type Base64Reader = (base64: string) => Uint8Array<ArrayBuffer>

/** As much of Node.js as is asked for where it is there. */
type NodeBuffer = { readonly from: (text: string, encoding: 'base64') => Uint8Array<ArrayBuffer> }

/** Of the engine, or of Node.js: a character at a time, in code that runs once, takes many times as long. */
const nativeReader = (): Base64Reader | undefined => {
  const ofEngine: unknown = Reflect.get(Uint8Array, 'fromBase64')
  if (typeof ofEngine === 'function') return (base64) => ofEngine.call(Uint8Array, base64)
  const { Buffer: ofNode } = globalThis as { readonly Buffer?: NodeBuffer }

  return ofNode === undefined ? undefined : (base64) => ofNode.from(base64, 'base64')
}

/** The same everywhere else. */
function octetsOfBase64Plainly(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64)
  const octets = new Uint8Array(text.length)
  for (let i = 0; i < octets.length; i++) octets[i] = text.charCodeAt(i)

  return octets
}

/** Reads base64 as `npm run build` writes it. */
export function octetsOfBase64(base64: string): Uint8Array<ArrayBuffer> {
  return (nativeReader() ?? octetsOfBase64Plainly)(base64)
}
