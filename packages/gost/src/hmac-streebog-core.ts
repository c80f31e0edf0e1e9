/**
 * HMAC (RFC 2104) over Streebog, as R 50.1.113-2016 / RFC 7836 section 4.1 fixes it: block of 64
 * octets for both digest sizes. The algorithm alone, without the start-up check.
 * @module
 */
import { assertOctets } from './octets.ts'
import { startStreebog } from './start-streebog.ts'
import type { Hasher } from './streebog-core.ts'

const BLOCK_BYTES = 64

class HmacStreebog implements Hasher {
  readonly byteLength: 32 | 64
  readonly #inner: Hasher
  readonly #outer: Hasher

  constructor(byteLength: 32 | 64, key: Uint8Array) {
    assertOctets(key, 'key')
    this.byteLength = byteLength
    const block = new Uint8Array(BLOCK_BYTES)
    block.set(key.length > BLOCK_BYTES ? startStreebog(byteLength).update(key).digest() : key)
    this.#inner = startStreebog(byteLength).update(block.map((octet) => octet ^ 0x36))
    this.#outer = startStreebog(byteLength).update(block.map((octet) => octet ^ 0x5c))
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

/** Starts an HMAC computation with a digest of 32 or 64 octets, without the start-up check. */
export function startHmacStreebog(byteLength: 32 | 64, key: Uint8Array): Hasher {
  return new HmacStreebog(byteLength, key)
}
