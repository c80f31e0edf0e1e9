import { decodeBase64 } from './decode-base64.ts'

/**
 * The octets of a signature container, which comes in DER, BER, PEM (`CMS` or `PKCS7`) or bare base64,
 * in quotes or without (spec §4.10). Undefined when it is none of these. Not looked into further.
 */
export function readContainer(octets: Uint8Array): Uint8Array | undefined {
  if (looksLikeBer(octets)) return octets

  const head = ascii(octets.subarray(0, 64)).trimStart()
  const armoured = /^-----BEGIN (CMS|PKCS7)-----/.exec(head)
  const payload = armoured === null ? unquoted(octets) : withoutArmour(octets)
  const decoded = payload === undefined ? undefined : decodeBase64(payload)

  return decoded !== undefined && looksLikeBer(decoded) ? decoded : undefined
}

/** A SEQUENCE of indefinite length, or of the length that is there (X.690 §8.1). */
function looksLikeBer(octets: Uint8Array): boolean {
  const first = octets[1]
  if (octets[0] !== 0x30 || first === undefined) return false
  if (first === 0x80) return true
  if (first < 0x80) return octets.length === 2 + first

  const lengthOctets = first & 0x7f
  if (lengthOctets > 4) return false
  let length = 0
  for (let at = 0; at < lengthOctets; at += 1) length = length * 256 + (octets[2 + at] ?? 0)

  return octets.length === 2 + lengthOctets + length
}

function withoutArmour(octets: Uint8Array): Uint8Array | undefined {
  const text = ascii(octets)

  const payload = /-----BEGIN (CMS|PKCS7)-----([^-]*)-----END \1-----/.exec(text)?.[2]

  return payload === undefined ? undefined : new TextEncoder().encode(payload)
}

function unquoted(octets: Uint8Array): Uint8Array {
  return octets[0] === 0x22 && octets[octets.length - 1] === 0x22 ? octets.subarray(1, -1) : octets
}

function ascii(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('latin1')
}
