import {
  createGost94,
  createStreebog256,
  createStreebog512,
  hmacGost94,
  hmacStreebog256,
  hmacStreebog512,
} from '@muhr/gost'
import { platform } from '#platform'
import { concatOctets } from '../asn1/bytes.ts'
import type { PlatformDigest, PlatformHash } from '../platform/types.ts'

/** A hash that protects PKCS#12 files. */
export type Pkcs12Hash = PlatformDigest | 'streebog-256' | 'streebog-512' | 'gost-34.11-94'

type HashEntry = {
  readonly digestBytes: number
  /** Octets of its block: `v` of RFC 7292 §B.2, and the block of HMAC. */
  readonly blockBytes: number
  readonly create: () => Pick<PlatformHash, 'digest'> & {
    readonly update: (octets: Uint8Array) => unknown
  }
  readonly hmac: (key: Uint8Array, octets: Uint8Array) => Uint8Array
}

const ofPlatform = (name: PlatformDigest, digestBytes: number, blockBytes: number): HashEntry => ({
  digestBytes,
  blockBytes,
  create: () => platform.createHash(name),
  hmac: (key, octets) => platform.hmac(name, key, octets),
})

/** The hashes, with the octets of their digest and of their block. */
export const pkcs12Hashes: Readonly<Record<Pkcs12Hash, HashEntry>> = {
  md5: ofPlatform('md5', 16, 64),
  sha1: ofPlatform('sha1', 20, 64),
  sha224: ofPlatform('sha224', 28, 64),
  sha256: ofPlatform('sha256', 32, 64),
  sha384: ofPlatform('sha384', 48, 128),
  sha512: ofPlatform('sha512', 64, 128),
  'streebog-256': {
    digestBytes: 32,
    blockBytes: 64,
    create: createStreebog256,
    hmac: hmacStreebog256,
  },
  'streebog-512': {
    digestBytes: 64,
    blockBytes: 64,
    create: createStreebog512,
    hmac: hmacStreebog512,
  },
  'gost-34.11-94': {
    digestBytes: 32,
    blockBytes: 32,
    create: () => createGost94({ sbox: 'cryptopro' }),
    hmac: (key, octets) => hmacGost94(key, octets, { sbox: 'cryptopro' }),
  },
}

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
  const { digestBytes, blockBytes, create } = pkcs12Hashes[input.hash]
  const diversifier = new Uint8Array(blockBytes).fill(purposeIds[input.purpose])
  const material = concatOctets(
    fillBlocks(input.salt, blockBytes),
    fillBlocks(input.password, blockBytes),
  )
  const hashOf = (...parts: readonly Uint8Array[]): Uint8Array => {
    const hash = create()
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
