/**
 * Deterministic nonces in the manner of RFC 6979 section 3.2, with HMAC-Streebog of the size of the
 * curve: no random generator can give a nonce away or use one twice.
 * @module
 */
import type { CurveParameters } from './curves.ts'
import { startHmacStreebog } from './hmac-streebog-core.ts'
import { bigEndianToNumber, concatOctets, numberToBigEndian } from './octets.ts'

/**
 * Gives nonces k, 0 < k < q, without end: the first is the nonce; the next ones are for the case,
 * never seen, that r or s comes out as zero.
 *
 * @param input.d the private key. @param input.e the number that is signed.
 * @param input.extraEntropy octets mixed in after e (RFC 6979 section 3.6), so that a fault in one
 *   of two computations over the same message does not give the key away.
 */
export function* deriveNonces(
  curve: CurveParameters,
  input: { readonly d: bigint; readonly e: bigint; readonly extraEntropy?: Uint8Array | undefined },
): Generator<bigint, never> {
  const { byteLength, q } = curve
  const excessBits = BigInt(byteLength * 8 - q.toString(2).length)
  const hmac = (key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array =>
    startHmacStreebog(byteLength, key)
      .update(concatOctets(...parts))
      .digest()

  const seed = concatOctets(
    numberToBigEndian(input.d, byteLength),
    numberToBigEndian(input.e, byteLength),
    input.extraEntropy ?? new Uint8Array(0),
  )
  let value = new Uint8Array(byteLength).fill(1)
  let key = hmac(new Uint8Array(byteLength), value, Uint8Array.of(0), seed)
  value = hmac(key, value) as Uint8Array<ArrayBuffer>
  key = hmac(key, value, Uint8Array.of(1), seed)
  value = hmac(key, value) as Uint8Array<ArrayBuffer>
  seed.fill(0)

  for (;;) {
    value = hmac(key, value) as Uint8Array<ArrayBuffer>
    const k = bigEndianToNumber(value) >> excessBits
    if (k > 0n && k < q) yield k
    key = hmac(key, value, Uint8Array.of(0))
    value = hmac(key, value) as Uint8Array<ArrayBuffer>
  }
}
