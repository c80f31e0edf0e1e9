/** Octets asked of the platform at once. */
const POOL_BYTES = 4096

const pool = new Uint8Array(POOL_BYTES)
let left = 0

/**
 * Hands random octets of the platform to a receiver and overwrites them. They hide how a secret is
 * worked on and come into no result, so that without a random source nothing breaks: then zeros.
 */
export function giveRandom(byteLength: number, receive: (octets: Uint8Array) => void): void {
  if (left < byteLength) {
    globalThis.crypto?.getRandomValues(pool)
    left = POOL_BYTES
  }
  left -= byteLength
  const octets = pool.subarray(left, left + byteLength)
  receive(octets)
  octets.fill(0)
}
