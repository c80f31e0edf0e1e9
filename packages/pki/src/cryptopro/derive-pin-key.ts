/**
 * The key that a CryptoPro container derives from its PIN (ru-cryptopro-container.md §2).
 * @module
 */
import { createGost94, createStreebog256 } from '@muhr/gost'

/** Which hash: GOST R 34.11-94 in containers of 2001 keys, Streebog-256 in all of 2012. */
export type PinHash = 'streebog-256' | 'gost-34.11-94'

const hashes = {
  'streebog-256': { blockBytes: 64, create: createStreebog256 },
  'gost-34.11-94': { blockBytes: 32, create: () => createGost94({ sbox: 'cryptopro' }) },
} as const

const startText = new TextEncoder().encode('DENEFH028.760246785.IUEFHWUIO.EF')

const iterations = 2000
/** Of the empty PIN, which needs no guarding. */
const emptyIterations = 2

const keyBytes = 32

/**
 * The key of 32 octets.
 * @param input.code code units of the PIN, each below 2^16 (see `pinCodes`); none for the empty PIN.
 * @param input.salt 12 octets of masks.key, or 8 of the key's fingerprint for the PIN check.
 */
export const derivePinKey = (input: {
  readonly hash: PinHash
  readonly code: Uint16Array
  readonly salt: Uint8Array
}): Uint8Array => {
  const { blockBytes, create } = hashes[input.hash]
  const digestOf = (...parts: readonly Uint8Array[]): Uint8Array => {
    const state = create()
    for (const part of parts) {
      state.update(part)
    }
    return state.digest()
  }
  const pin = new Uint8Array(4 * input.code.length)
  input.code.forEach((unit, at) => {
    pin[4 * at] = unit
    pin[4 * at + 1] = unit >>> 8
  })
  const mixed = (block: Uint8Array, octet: number): Uint8Array =>
    block.map((value) => value ^ octet)

  const seed = digestOf(input.salt, pin)
  const chain = new Uint8Array(blockBytes)
  chain.set(startText)
  // In one piece, where the seed stays: thousands of short updates would take longer than their hashing.
  const half = blockBytes + seed.length
  const step = new Uint8Array(2 * half)
  step.set(seed, blockBytes)
  step.set(seed, half + blockBytes)
  const count = input.code.length === 0 ? emptyIterations : iterations
  for (let i = 0; i < count; i += 1) {
    for (let at = 0; at < blockBytes; at += 1) {
      const octet = chain[at] ?? 0
      step[at] = octet ^ 0x36
      step[half + at] = octet ^ 0x5c
    }
    chain.set(digestOf(step))
  }
  const last = chain.slice(0, keyBytes)
  const inner = digestOf(mixed(last, 0x36), input.salt, mixed(last, 0x5c), pin)
  const key = digestOf(inner)
  for (const secret of [pin, seed, chain, step, last, inner]) {
    secret.fill(0)
  }
  return key
}

/** The octet of each letter in Windows code page 1251. */
const codePage1251: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 256 }, (_, octet) => [
    new TextDecoder('windows-1251').decode(Uint8Array.of(octet)),
    octet,
  ]),
)

/**
 * What a PIN may have been typed into: UTF-16 code units first, then for letters beyond ASCII the octets
 * of code page 1251 and of UTF-8 (tools differ, §2). For ASCII there is one reading.
 */
export const pinCodes = (pin: string): readonly Uint16Array[] => {
  const units = Uint16Array.from({ length: pin.length }, (_, i) => pin.charCodeAt(i))
  if (units.every((unit) => unit < 0x80)) {
    return [units]
  }
  const letters = Array.from(pin, (letter) => codePage1251.get(letter))
  const ansi = letters.filter((octet) => octet !== undefined)
  return [
    units,
    ...(ansi.length === letters.length ? [Uint16Array.from(ansi)] : []),
    Uint16Array.from(new TextEncoder().encode(pin)),
  ]
}
