/**
 * HMAC_GOSTR3411_2012_256 and _512 of RFC 7836 section 4.1.
 * @module
 */
import { checkHashes } from './check-hashes.ts'
import { startHmacStreebog } from './hmac-streebog-core.ts'
import type { Hasher } from './streebog-core.ts'

/** Starts HMAC over Streebog-256, a tag of 32 octets, under a key of any length. */
export function createHmacStreebog256(key: Uint8Array): Hasher {
  checkHashes()

  return startHmacStreebog(32, key)
}

/** Starts HMAC over Streebog-512, a tag of 64 octets, under a key of any length. */
export function createHmacStreebog512(key: Uint8Array): Hasher {
  checkHashes()

  return startHmacStreebog(64, key)
}

/** HMAC over Streebog-256 of one piece. Compare tags in constant time. */
export function hmacStreebog256(key: Uint8Array, octets: Uint8Array): Uint8Array {
  return createHmacStreebog256(key).update(octets).digest()
}

/** HMAC over Streebog-512 of one piece. Compare tags in constant time. */
export function hmacStreebog512(key: Uint8Array, octets: Uint8Array): Uint8Array {
  return createHmacStreebog512(key).update(octets).digest()
}
