/**
 * Keys derived from keys: KDF_GOSTR3411_2012_256 and KDF_TREE_GOSTR3411_2012_256 of RFC 7836
 * (R 50.1.113-2016).
 * @module
 */
import { hmacStreebog256 } from './hmac-streebog.ts'
import { assertOctets, concatOctets } from './octets.ts'

/** What is mixed into a derived key. */
export type KdfInput = {
  /** 32 octets. */
  readonly key: Uint8Array
  readonly label: Uint8Array
  readonly seed: Uint8Array
}

/** KDF_GOSTR3411_2012_256, RFC 7836 section 4.4: 32 octets. */
export function kdfGost3411({ key, label, seed }: KdfInput): Uint8Array {
  assertOctets(key, 'key')
  assertOctets(label, 'label')
  assertOctets(seed, 'seed')

  return hmacStreebog256(
    key,
    concatOctets(Uint8Array.of(1), label, Uint8Array.of(0), seed, Uint8Array.of(1, 0)),
  )
}

/** A number in as few octets as it needs, big-endian. */
const minimalOctets = (value: number): Uint8Array => {
  const octets: number[] = []
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)

  return Uint8Array.from(octets)
}

/**
 * KDF_TREE_GOSTR3411_2012_256, RFC 7836 section 4.5.
 * @param input.byteLength octets wanted: a multiple of 32.
 * @param input.counterBytes R: octets of the counter, 1 to 4. Default 1.
 * @throws RangeError when the length is no multiple of 32 or does not fit the counter.
 */
export function kdfTreeGost3411(
  input: KdfInput & { readonly byteLength: number; readonly counterBytes?: number },
): Uint8Array {
  const { key, label, seed, byteLength, counterBytes = 1 } = input
  assertOctets(key, 'key')
  assertOctets(label, 'label')
  assertOctets(seed, 'seed')
  if (!Number.isInteger(counterBytes) || counterBytes < 1 || counterBytes > 4) {
    throw new RangeError('"counterBytes" expected 1 to 4')
  }
  const count = byteLength / 32
  if (!Number.isInteger(count) || count < 1 || count >= 2 ** (8 * counterBytes)) {
    throw new RangeError('"byteLength" expected a multiple of 32 that the counter can count')
  }
  const parts = Array.from({ length: count }, (_, i) => {
    const counter = new Uint8Array(4)
    new DataView(counter.buffer).setUint32(0, i + 1)

    return hmacStreebog256(
      key,
      concatOctets(
        counter.subarray(4 - counterBytes),
        label,
        Uint8Array.of(0),
        seed,
        minimalOctets(8 * byteLength),
      ),
    )
  })

  return concatOctets(...parts)
}
