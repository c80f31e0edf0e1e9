import type { Gost28147Key } from './gost28147.ts'
import { GOST28147_BLOCK_BYTES, Gost28147Block, MESHING_BYTES } from './gost28147-block.ts'
import { assertOctets, viewOf } from './octets.ts'

/** Octets of an imitovstavka as CryptoPro formats and RFC 4357 use it. */
const TAG_BYTES = 4

/** What `macGost28147` needs beside the key. */
export type MacGost28147Options = Gost28147Key & {
  /** 8 octets that the first block is mixed with (the UKM of a key wrap). Default: zeros. */
  readonly iv?: Uint8Array
  /** Change the key after every 1024 octets, RFC 4357 section 2.3.2. Default: no. */
  readonly keyMeshing?: boolean
}

/**
 * The imitovstavka (MAC) of GOST 28147-89, RFC 5830 section 8: 4 octets. The message is filled with
 * zeros to whole blocks, and to the two blocks that the standard wants at least. Compare in constant
 * time where the tag is a secret's guard.
 * @throws RangeError when the key is not 32 or the start vector not 8 octets.
 */
export function macGost28147(
  octets: Uint8Array,
  { key, sbox, iv, keyMeshing = false }: MacGost28147Options,
): Uint8Array {
  assertOctets(octets, 'octets')
  if (iv !== undefined) assertOctets(iv, 'iv', GOST28147_BLOCK_BYTES)
  const cipher = new Gost28147Block(key, sbox)
  const state = Uint8Array.from(iv ?? new Uint8Array(GOST28147_BLOCK_BYTES))
  const view = viewOf(state)
  const length = Math.max(octets.length, 2 * GOST28147_BLOCK_BYTES)
  for (let at = 0; at < length; at += GOST28147_BLOCK_BYTES) {
    if (keyMeshing && at > 0 && at % MESHING_BYTES === 0) {
      // The state is not part of the meshing here: only the key changes.
      cipher.mesh(viewOf(new Uint8Array(GOST28147_BLOCK_BYTES)), 0)
    }
    for (let i = 0; i < GOST28147_BLOCK_BYTES; i++) {
      state[i] = (state[i] as number) ^ (octets[at + i] ?? 0)
    }
    cipher.mac(view, 0)
  }
  cipher.wipe()

  return state.slice(0, TAG_BYTES)
}
