/**
 * RC2 (RFC 2268) in CBC mode, for reading and writing old PKCS#12 files: OpenSSL 3 leaves it out of
 * its default provider. A key of 40 bits is no protection; nothing new is to be built on this.
 * @module
 */
import { fromHex } from '../asn1/bytes.ts'

/** Octets of a block. */
export const rc2BlockBytes = 8

/** PITABLE of RFC 2268 §2: a permutation of the octets made from the digits of pi. */
const piTable = fromHex(
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2' +
    '179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82' +
    '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626' +
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7' +
    '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec' +
    'c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9' +
    '0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
)

/** Expands a key to 64 words of 16 bits, RFC 2268 §2. */
const expandKey = (key: Uint8Array, effectiveBits: number): Uint16Array => {
  const octets = new Uint8Array(128)
  octets.set(key)
  const substitute = (index: number): number => piTable[index & 0xff] ?? 0
  const at = (index: number): number => octets[index] ?? 0
  for (let i = key.length; i < 128; i += 1) {
    octets[i] = substitute(at(i - 1) + at(i - key.length))
  }
  const effectiveBytes = Math.ceil(effectiveBits / 8)
  const mask = 0xff >> (8 * effectiveBytes - effectiveBits)
  octets[128 - effectiveBytes] = substitute(at(128 - effectiveBytes) & mask)
  for (let i = 127 - effectiveBytes; i >= 0; i -= 1) {
    octets[i] = substitute(at(i + 1) ^ at(i + effectiveBytes))
  }
  const words = new Uint16Array(64)
  for (let i = 0; i < 64; i += 1) {
    words[i] = at(2 * i) | (at(2 * i + 1) << 8)
  }
  octets.fill(0)
  return words
}

/** Rotations of the four words of a block, RFC 2268 §3.1. */
const rotations = [1, 2, 3, 5] as const

/** Mixing rounds of each part; a mashing round stands between the parts (RFC 2268 §3.3). */
const mixingRounds = [5, 6, 5] as const

const encryptBlock = (keyWords: Uint16Array, block: Uint16Array): void => {
  const word = (i: number): number => block[i & 3] ?? 0
  let next = 0
  mixingRounds.forEach((rounds, part) => {
    if (part > 0) {
      for (let i = 0; i < 4; i += 1) {
        block[i] = word(i) + (keyWords[word(i + 3) & 63] ?? 0)
      }
    }
    for (let round = 0; round < rounds; round += 1) {
      rotations.forEach((rotation, i) => {
        const chosen = (word(i + 3) & word(i + 2)) + (~word(i + 3) & word(i + 1))
        const sum = (word(i) + (keyWords[next] ?? 0) + chosen) & 0xffff
        block[i] = (sum << rotation) | (sum >>> (16 - rotation))
        next += 1
      })
    }
  })
}

const decryptBlock = (keyWords: Uint16Array, block: Uint16Array): void => {
  const word = (i: number): number => block[i & 3] ?? 0
  let next = 63
  mixingRounds.forEach((rounds, part) => {
    if (part > 0) {
      for (let i = 3; i >= 0; i -= 1) {
        block[i] = word(i) - (keyWords[word(i + 3) & 63] ?? 0)
      }
    }
    for (let round = 0; round < rounds; round += 1) {
      for (let i = 3; i >= 0; i -= 1) {
        const rotation = rotations[i] ?? 0
        const sum = ((word(i) >>> rotation) | (word(i) << (16 - rotation))) & 0xffff
        const chosen = (word(i + 3) & word(i + 2)) + (~word(i + 3) & word(i + 1))
        block[i] = sum - (keyWords[next] ?? 0) - chosen
        next -= 1
      }
    }
  })
}

const readBlock = (octets: Uint8Array, offset: number): Uint16Array =>
  Uint16Array.from(
    { length: 4 },
    (_, i) => (octets[offset + 2 * i] ?? 0) | ((octets[offset + 2 * i + 1] ?? 0) << 8),
  )

const writeBlock = (octets: Uint8Array, offset: number, block: Uint16Array): void => {
  block.forEach((word, i) => {
    octets[offset + 2 * i] = word & 0xff
    octets[offset + 2 * i + 1] = word >>> 8
  })
}

/** What RC2 needs. */
export type Rc2Key = {
  /** 1 to 128 octets. */
  readonly key: Uint8Array
  /** Effective key bits, 1 to 1024: as many as the key has, in PKCS#12. */
  readonly effectiveBits: number
  /** 8 octets. */
  readonly iv: Uint8Array
}

/** Encrypts whole blocks in CBC mode; padding is the caller's. */
export const encryptRc2Cbc = (
  { key, effectiveBits, iv }: Rc2Key,
  plain: Uint8Array,
): Uint8Array => {
  const keyWords = expandKey(key, effectiveBits)
  const encrypted = new Uint8Array(plain.length)
  let previous = readBlock(iv, 0)
  for (let offset = 0; offset < plain.length; offset += rc2BlockBytes) {
    const before = previous
    const block = readBlock(plain, offset).map((word, i) => word ^ (before[i] ?? 0))
    encryptBlock(keyWords, block)
    writeBlock(encrypted, offset, block)
    previous = block
  }
  keyWords.fill(0)
  return encrypted
}

/** Decrypts whole blocks in CBC mode; padding is the caller's. */
export const decryptRc2Cbc = (
  { key, effectiveBits, iv }: Rc2Key,
  encrypted: Uint8Array,
): Uint8Array => {
  const keyWords = expandKey(key, effectiveBits)
  const plain = new Uint8Array(encrypted.length)
  let previous = readBlock(iv, 0)
  for (let offset = 0; offset < encrypted.length; offset += rc2BlockBytes) {
    const before = previous
    previous = readBlock(encrypted, offset)
    const block = readBlock(encrypted, offset)
    decryptBlock(keyWords, block)
    writeBlock(
      plain,
      offset,
      block.map((word, i) => word ^ (before[i] ?? 0)),
    )
  }
  keyWords.fill(0)
  return plain
}
