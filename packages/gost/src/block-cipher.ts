import { checkCiphers } from './check-ciphers.ts'
import { KuznyechikCore } from './kuznyechik-core.ts'
import { MagmaCore } from './magma-core.ts'

/** Block ciphers of GOST R 34.12-2015. */
export type BlockCipherName = 'magma' | 'kuznyechik'

/** A block cipher under one key: transforms one block of octets in place. */
export type BlockCipher = {
  readonly blockBytes: 8 | 16
  readonly encrypt: (block: Uint8Array) => void
  readonly decrypt: (block: Uint8Array) => void
  /** Overwrites the round keys. */
  readonly wipe: () => void
}

/** Octets of a block of each cipher. */
export const BLOCK_BYTES: Readonly<Record<BlockCipherName, 8 | 16>> = Object.freeze({
  magma: 8,
  kuznyechik: 16,
})

/**
 * A cipher under a key of 32 octets.
 * @throws RangeError when there is no cipher of that name or the key has another length.
 */
export function startBlockCipher(name: BlockCipherName, key: Uint8Array): BlockCipher {
  checkCiphers()
  switch (name) {
    case 'magma':
      return new MagmaCore(key)
    case 'kuznyechik':
      return new KuznyechikCore(key)
    default:
      throw new RangeError('"cipher" is neither magma nor kuznyechik')
  }
}
