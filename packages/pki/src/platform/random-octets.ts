/**
 * Random octets from the cryptographic source that Node and browsers share.
 * @param byteLength up to 65 536, what one call of the Web Crypto API gives.
 */
export const randomOctets = (byteLength: number): Uint8Array =>
  globalThis.crypto.getRandomValues(new Uint8Array(byteLength))
