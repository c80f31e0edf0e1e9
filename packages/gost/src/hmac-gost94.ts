import { checkHashes } from './check-hashes.ts'
import type { Gost94Sbox } from './gost94-core.ts'
import { assertOctets } from './octets.ts'
import { startGost94 } from './start-gost94.ts'
import type { Hasher } from './streebog-core.ts'

/** GOST R 34.11-94 works on blocks of 32 octets: RFC 4357 section 3. */
const BLOCK_BYTES = 32

class HmacGost94 implements Hasher {
  readonly byteLength = 32
  readonly #inner: Hasher
  readonly #outer: Hasher

  constructor(key: Uint8Array, sbox: Gost94Sbox) {
    assertOctets(key, 'key')
    const block = new Uint8Array(BLOCK_BYTES)
    block.set(key.length > BLOCK_BYTES ? startGost94(sbox).update(key).digest() : key)
    this.#inner = startGost94(sbox).update(block.map((octet) => octet ^ 0x36))
    this.#outer = startGost94(sbox).update(block.map((octet) => octet ^ 0x5c))
    block.fill(0)
  }

  update(octets: Uint8Array): this {
    this.#inner.update(octets)

    return this
  }

  digest(): Uint8Array {
    return this.#outer.update(this.#inner.digest()).digest()
  }
}

/** Starts HMAC_GOSTR3411 (RFC 4357 section 3), a tag of 32 octets, under a key of any length. */
export function createHmacGost94(key: Uint8Array, { sbox }: { readonly sbox: Gost94Sbox }): Hasher {
  checkHashes()

  return new HmacGost94(key, sbox)
}

/** HMAC over GOST R 34.11-94 of one piece. Compare tags in constant time. */
export function hmacGost94(
  key: Uint8Array,
  octets: Uint8Array,
  options: { readonly sbox: Gost94Sbox },
): Uint8Array {
  return createHmacGost94(key, options).update(octets).digest()
}
