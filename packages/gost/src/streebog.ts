/**
 * GOST R 34.11-2012 "Streebog", RFC 6986: the hash of Russian GOST R 34.10-2012 and Kazakh
 * GOST R 34.10-2015 signatures.
 * @module
 */
import { checkHashes } from './check-hashes.ts'
import { startStreebog } from './start-streebog.ts'
import type { Hasher } from './streebog-core.ts'

/**
 * Starts a Streebog hash with a digest of 32 octets; feed it octets of any length as they arrive.
 * @example createStreebog256().update(header).update(body).digest()
 */
export function createStreebog256(): Hasher {
  checkHashes()

  return startStreebog(32)
}

/**
 * Starts a Streebog hash with a digest of 64 octets; feed it octets of any length as they arrive.
 * @example createStreebog512().update(header).update(body).digest()
 */
export function createStreebog512(): Hasher {
  checkHashes()

  return startStreebog(64)
}

/** Streebog of one piece: 32 octets, in the order that deployed encoders emit (RFC 6986 reversed). */
export function streebog256(octets: Uint8Array): Uint8Array {
  return createStreebog256().update(octets).digest()
}

/** Streebog of one piece: 64 octets, in the order that deployed encoders emit (RFC 6986 reversed). */
export function streebog512(octets: Uint8Array): Uint8Array {
  return createStreebog512().update(octets).digest()
}
