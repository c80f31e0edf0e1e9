import { CIPHER_KEY_BYTES, Gost28147Core } from './gost28147-core.ts'
import { sboxTableOf } from './gost28147-sboxes.ts'
import { assertOctets, viewOf } from './octets.ts'

/**
 * Magma, RFC 8891 (GOST R 34.12-2015 with n = 64): the rounds of GOST 28147-89 with the substitution
 * TC26 Z, on big-endian words, the left half of a block being N2.
 */
export class MagmaCore {
  readonly blockBytes = 8
  readonly #core: Gost28147Core

  constructor(key: Uint8Array) {
    assertOctets(key, 'key', CIPHER_KEY_BYTES)
    const view = viewOf(key)
    const words = Int32Array.from({ length: 8 }, (_, i) => view.getInt32(4 * i))
    this.#core = new Gost28147Core(sboxTableOf('tc26-z'), words)
  }

  encrypt(block: Uint8Array): void {
    const view = viewOf(block)
    this.#core.encrypt(view.getInt32(4), view.getInt32(0))
    this.#store(view)
  }

  decrypt(block: Uint8Array): void {
    const view = viewOf(block)
    this.#core.decrypt(view.getInt32(4), view.getInt32(0))
    this.#store(view)
  }

  wipe(): void {
    this.#core.wipe()
  }

  #store(view: DataView): void {
    view.setInt32(0, this.#core.words[1] as number)
    view.setInt32(4, this.#core.words[0] as number)
  }
}
