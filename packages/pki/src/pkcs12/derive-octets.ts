import { platform } from '#platform'
import { concatOctets } from '../asn1/bytes.ts'

/** The hashes that protect PKCS#12 files, with the octets of their digest and of their block. */
export const pkcs12Hashes = {
  sha1: { digestBytes: 20, blockBytes: 64 },
  sha256: { digestBytes: 32, blockBytes: 64 },
} as const

/** A key of {@link pkcs12Hashes}. */
export type Pkcs12Hash = keyof typeof pkcs12Hashes

/** What the derived octets are for: the identifier of RFC 7292 §B.3. */
export type Pkcs12Purpose = 'key' | 'iv' | 'mac'

const purposeIds: Readonly<Record<Pkcs12Purpose, number>> = { key: 1, iv: 2, mac: 3 }

/** Text as UTF-16 big-endian: the content of a BMPString. */
export const encodeUtf16 = (text: string): Uint8Array => {
  const octets = new Uint8Array(2 * text.length)
  const view = new DataView(octets.buffer)
  for (let i = 0; i < text.length; i += 1) {
    view.setUint16(2 * i, text.charCodeAt(i))
  }
  return octets
}

/** A password as PKCS#12 hashes it: as a BMPString, with a final zero (RFC 7292 §B.1). */
export const encodePassword = (password: string): Uint8Array => encodeUtf16(`${password}\0`)

/** The octets over and over, up to a whole number of blocks; none stay none. */
const fillBlocks = (octets: Uint8Array, blockBytes: number): Uint8Array => {
  const filled = new Uint8Array(Math.ceil(octets.length / blockBytes) * blockBytes)
  for (let offset = 0; offset < filled.length; offset += octets.length) {
    filled.set(octets.subarray(0, filled.length - offset), offset)
  }
  return filled
}

/** block = block + addend + 1 modulo 2^(8 length), big-endian, in place. */
const addAndOne = (block: Uint8Array, addend: Uint8Array): void => {
  let carry = 1
  for (let i = block.length - 1; i >= 0; i -= 1) {
    carry += (block[i] ?? 0) + (addend[i] ?? 0)
    block[i] = carry & 0xff
    carry >>= 8
  }
}

/**
 * Key material out of a password: RFC 7292 §B.2.
 * @param input.password from {@link encodePassword}.
 * @param input.length octets wanted.
 */
export const deriveOctets = (input: {
  readonly hash: Pkcs12Hash
  readonly purpose: Pkcs12Purpose
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly iterations: number
  readonly length: number
}): Uint8Array => {
  const { digestBytes, blockBytes } = pkcs12Hashes[input.hash]
  const diversifier = new Uint8Array(blockBytes).fill(purposeIds[input.purpose])
  const material = concatOctets(
    fillBlocks(input.salt, blockBytes),
    fillBlocks(input.password, blockBytes),
  )
  const hashOf = (...parts: readonly Uint8Array[]): Uint8Array => {
    const hash = platform.createHash(input.hash)
    for (const part of parts) {
      hash.update(part)
    }
    return hash.digest()
  }
  const derived = new Uint8Array(Math.ceil(input.length / digestBytes) * digestBytes)
  for (let offset = 0; offset < input.length; offset += digestBytes) {
    let digest = hashOf(diversifier, material)
    for (let i = 1; i < input.iterations; i += 1) {
      digest = hashOf(digest)
    }
    derived.set(digest, offset)
    const addend = fillBlocks(digest, blockBytes).subarray(0, blockBytes)
    for (let at = 0; at < material.length; at += blockBytes) {
      addAndOne(material.subarray(at, at + blockBytes), addend)
    }
  }
  material.fill(0)
  return derived.subarray(0, input.length)
}
