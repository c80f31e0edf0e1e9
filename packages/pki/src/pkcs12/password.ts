import { encodePassword } from './derive-octets.ts'

/** A password in the encodings that key stores hash. */
export type Password = {
  /** UTF-8, as PBKDF2 takes it (RFC 8018, RFC 9337 §4). */
  readonly utf8: Uint8Array
  /** BMPString with a final zero, as the key derivation of PKCS#12 takes it (RFC 7292 §B.1). */
  readonly bmp: Uint8Array
  /** UTF-16 little-endian, as CryptoPro takes it. */
  readonly utf16le: Uint8Array
}

/** Encodes a password as typed: it is not normalised, as no other tool does it. */
export const encodePasswords = (text: string): Password => {
  const bmp = encodePassword(text)
  const utf16le = new Uint8Array(2 * text.length)
  for (let i = 0; i < text.length; i += 1) {
    utf16le[2 * i] = bmp[2 * i + 1] ?? 0
    utf16le[2 * i + 1] = bmp[2 * i] ?? 0
  }
  return { utf8: new TextEncoder().encode(text), bmp, utf16le }
}

/** Overwrites the octets; the text itself is the caller's and cannot be overwritten. */
export const wipePassword = ({ utf8, bmp, utf16le }: Password): void => {
  utf8.fill(0)
  bmp.fill(0)
  utf16le.fill(0)
}
