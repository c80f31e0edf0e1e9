import { randomBytes } from 'node:crypto'
import type { SealOptions, UnattendedSignerKey } from './signer-key.ts'

/**
 * Signs a few random bytes, so that PIN, key, certificate, program and service are all tried at once.
 * The signature is thrown away: over random bytes it says nothing in the organisation's name.
 * Throws as `signDetached` does.
 */
export async function tryKey(key: UnattendedSignerKey, options: SealOptions): Promise<void> {
  await key.signDetached(new Uint8Array(randomBytes(32)), options)
}
