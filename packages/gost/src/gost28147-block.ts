import { checkCiphers } from './check-ciphers.ts'
import { CIPHER_KEY_BYTES, Gost28147Core } from './gost28147-core.ts'
import { type Gost28147Sbox, sboxTableOf } from './gost28147-sboxes.ts'
import { assertOctets, viewOf } from './octets.ts'

/** Octets of a block of GOST 28147-89. */
export const GOST28147_BLOCK_BYTES = 8

/** Constant of the key meshing, RFC 4357 section 2.3.2: what the old key decrypts to the new one. */
const MESHING_KEY = Uint8Array.of(
  ...[0x69, 0x00, 0x72, 0x22, 0x64, 0xc9, 0x04, 0x23, 0x8d, 0x3a, 0xdb, 0x96, 0x46, 0xe9, 0x2a],
  ...[0xc4, 0x18, 0xfe, 0xac, 0x94, 0x00, 0xed, 0x07, 0x12, 0xc0, 0x86, 0xdc, 0xc2, 0xef, 0x4c],
  ...[0xa9, 0x2b],
)

/** After so many octets key meshing changes the key, RFC 4357 section 2.3.2. */
export const MESHING_BYTES = 1024

const readWords = (octets: Uint8Array): Int32Array => {
  const view = viewOf(octets)

  return Int32Array.from({ length: octets.length / 4 }, (_, i) => view.getInt32(4 * i, true))
}

/**
 * GOST 28147-89 on blocks of octets in place: little-endian words, as RFC 5830 and every CryptoPro
 * format have them.
 */
export class Gost28147Block {
  readonly #table: Int32Array
  #core: Gost28147Core

  constructor(key: Uint8Array, sbox: Gost28147Sbox) {
    assertOctets(key, 'key', CIPHER_KEY_BYTES)
    checkCiphers()
    this.#table = sboxTableOf(sbox)
    this.#core = new Gost28147Core(this.#table, readWords(key))
  }

  encrypt(block: DataView, at: number): void {
    this.#core.encrypt(block.getInt32(at, true), block.getInt32(at + 4, true))
    this.#store(block, at)
  }

  decrypt(block: DataView, at: number): void {
    this.#core.decrypt(block.getInt32(at, true), block.getInt32(at + 4, true))
    this.#store(block, at)
  }

  /** One step of an imitovstavka. */
  mac(block: DataView, at: number): void {
    this.#core.mac(block.getInt32(at, true), block.getInt32(at + 4, true))
    this.#store(block, at)
  }

  /** CryptoPro key meshing, RFC 4357 section 2.3.2: another key, and the block encrypted under it. */
  mesh(block: DataView, at: number): void {
    const key = Uint8Array.from(MESHING_KEY)
    const view = new DataView(key.buffer)
    for (let offset = 0; offset < key.length; offset += GOST28147_BLOCK_BYTES) {
      this.decrypt(view, offset)
    }
    this.#core.wipe()
    this.#core = new Gost28147Core(this.#table, readWords(key))
    key.fill(0)
    this.encrypt(block, at)
  }

  wipe(): void {
    this.#core.wipe()
  }

  #store(block: DataView, at: number): void {
    block.setInt32(at, this.#core.words[0] as number, true)
    block.setInt32(at + 4, this.#core.words[1] as number, true)
  }
}
