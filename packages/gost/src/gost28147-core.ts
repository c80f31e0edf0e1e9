/**
 * The block cipher of GOST 28147-89 (RFC 5830) over 32-bit words, shared by GOST 28147-89 itself,
 * whose octets are little-endian, and by Magma (RFC 8891), whose octets are big-endian.
 *
 * Side channels: the substitutions are look-ups in tables of 4 KiB at places that depend on key and
 * data. Who shares the processor's cache with this process may learn something about the key. The
 * product uses these ciphers for key files that their owner opens, never for a service that others
 * can time.
 * @module
 */

/** Keys of every cipher in this room, octets. */
export const CIPHER_KEY_BYTES = 32

/** Which round key each round takes: RFC 5830 sections 5 and 8. */
const ENCRYPT_ORDER = Uint8Array.from({ length: 32 }, (_, i) => (i < 24 ? i & 7 : 31 - i))
const DECRYPT_ORDER = ENCRYPT_ORDER.toReversed()
/** The imitovstavka runs the first 16 rounds of encryption and does not swap at the end. */
const MAC_ORDER = ENCRYPT_ORDER.subarray(0, 16)

/** A key with its substitution, ready for use; `wipe` it afterwards. */
export class Gost28147Core {
  readonly #table: Int32Array
  readonly #key: Int32Array
  /** N1 and N2 of the last block: what a transformation leaves. */
  readonly words = new Int32Array(2)

  constructor(table: Int32Array, key: Int32Array) {
    this.#table = table
    this.#key = key
  }

  /** words = encryption of (n1, n2). */
  encrypt(n1: number, n2: number): void {
    this.#rounds(ENCRYPT_ORDER, n1, n2)
    this.#swap()
  }

  /** words = decryption of (n1, n2). */
  decrypt(n1: number, n2: number): void {
    this.#rounds(DECRYPT_ORDER, n1, n2)
    this.#swap()
  }

  /** words = the 16 rounds of an imitovstavka over (n1, n2). */
  mac(n1: number, n2: number): void {
    this.#rounds(MAC_ORDER, n1, n2)
  }

  /** Overwrites the key and the last block. */
  wipe(): void {
    this.#key.fill(0)
    this.words.fill(0)
  }

  /** The last round of a whole pass does not exchange the halves (RFC 5830 section 5). */
  #swap(): void {
    const low = this.words[0] as number
    this.words[0] = this.words[1] as number
    this.words[1] = low
  }

  #rounds(order: Uint8Array, first: number, second: number): void {
    const table = this.#table
    const key = this.#key
    let n1 = first | 0
    let n2 = second | 0
    for (let round = 0; round < order.length; round += 2) {
      let x = (n1 + (key[order[round] as number] as number)) | 0
      n2 ^=
        (table[x & 255] as number) ^
        (table[((x >>> 8) & 255) | 256] as number) ^
        (table[((x >>> 16) & 255) | 512] as number) ^
        (table[(x >>> 24) | 768] as number)
      x = (n2 + (key[order[round + 1] as number] as number)) | 0
      n1 ^=
        (table[x & 255] as number) ^
        (table[((x >>> 8) & 255) | 256] as number) ^
        (table[((x >>> 16) & 255) | 512] as number) ^
        (table[(x >>> 24) | 768] as number)
    }
    this.words[0] = n1
    this.words[1] = n2
  }
}
