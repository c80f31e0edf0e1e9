/**
 * Deterministic nonces in the manner of RFC 6979 section 3.2, with HMAC-Streebog of the size of the
 * curve: no random generator can give a nonce away or use one twice.
 * @module
 */
import { startHmacStreebog } from './hmac-streebog-core.ts'
import { concatOctets } from './octets.ts'

/**
 * Gives candidates without end, octets of the size of the curve, most significant first. The nonce is
 * the first of them that, shifted right by the bits that q lacks (section 2.3.2), is between 0 and q;
 * the next ones are also for the case, never seen, that r or s comes out as zero. Each candidate is
 * the caller's to overwrite.
 *
 * @param input.d the private key, most significant octet first.
 * @param input.e the number that is signed, most significant octet first.
 * @param input.extraEntropy octets mixed in after e (RFC 6979 section 3.6), so that a fault in one
 *   of two computations over the same message does not give the key away.
 */
export function* deriveNonces(
  byteLength: 32 | 64,
  input: {
    readonly d: Uint8Array
    readonly e: Uint8Array
    readonly extraEntropy?: Uint8Array | undefined
  },
): Generator<Uint8Array, never> {
  const hmac = (key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array => {
    const running = startHmacStreebog(byteLength, key)
    for (const part of parts) running.update(part)

    return running.digest()
  }

  const seed = concatOctets(input.d, input.e, input.extraEntropy ?? new Uint8Array(0))
  let value: Uint8Array = new Uint8Array(byteLength).fill(1)
  let key = hmac(new Uint8Array(byteLength), value, Uint8Array.of(0), seed)
  value = hmac(key, value)
  key = hmac(key, value, Uint8Array.of(1), seed)
  value = hmac(key, value)
  seed.fill(0)

  for (;;) {
    value = hmac(key, value)
    yield value.slice()
    key = hmac(key, value, Uint8Array.of(0))
    value = hmac(key, value)
  }
}
