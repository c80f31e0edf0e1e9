/**
 * Deterministic nonces in the manner of RFC 6979 section 3.2, with HMAC-Streebog of the size of the
 * curve: no random generator can give a nonce away or use one twice.
 * @module
 */
import type { CurveParameters } from './curves.ts'
import { startHmacStreebog } from './hmac-streebog-core.ts'
import { concatOctets, isBelowSecret, numberToBigEndian } from './octets.ts'
import { type StreebogModule, streebogModule } from './streebog-wasm.ts'
import { STREEBOG } from './wasm/streebog-layout.ts'

/** What a nonce is derived from; numbers are octets of the size of the curve, most significant first. */
export type NonceInput = {
  readonly byteLength: 32 | 64
  /** q shifted left by the bits that it lacks: `nonceLimit`. */
  readonly limit: Uint8Array
  /** The private key. */
  readonly d: Uint8Array
  /** The number that is signed. */
  readonly e: Uint8Array
  /**
   * Octets mixed in after e (RFC 6979 section 3.6), so that a fault in one of two computations over the
   * same message does not give the key away.
   */
  readonly extraEntropy?: Uint8Array | undefined
}

/**
 * Calls `use` with one nonce after another until it answers true. They are octets of the size of the
 * curve, most significant first, before the shift right by the bits that q lacks (section 2.3.2), and are
 * overwritten after the call. The first is the nonce, unless it is zero; the next ones are for that case
 * and for the one, never seen, that r or s comes out as zero. What is not below q is left away.
 */
export function useNonces(input: NonceInput, use: (nonce: Uint8Array) => boolean): void {
  const seed = concatOctets(input.d, input.e, input.extraEntropy ?? new Uint8Array(0))
  const module = streebogModule()
  const nonces =
    module === undefined || seed.length > STREEBOG.nonce.seedBytes
      ? startInTypescript(input.byteLength, seed)
      : startInModule(module, { byteLength: input.byteLength, seed })
  seed.fill(0)
  for (;;) {
    const nonce = nonces.next()
    const isDone = isBelowSecret(nonce, input.limit) && use(nonce)
    nonce.fill(0)
    if (isDone) break
    nonces.skip()
  }
  nonces.end()
}

/** q shifted left by the bits that it lacks, most significant octet first. */
export function nonceLimit({ q, byteLength }: CurveParameters): Uint8Array {
  return numberToBigEndian(q << BigInt(8 * byteLength - q.toString(2).length), byteLength)
}

/** Candidates for k. */
export type Nonces = {
  readonly next: () => Uint8Array
  readonly skip: () => void
  readonly end: () => void
}

/** Candidates of the Streebog module, that computes them by itself. */
export function startInModule(
  { exports, memory }: StreebogModule,
  { byteLength, seed }: { readonly byteLength: number; readonly seed: Uint8Array },
): Nonces {
  memory.set(seed, STREEBOG.nonce.seed)
  exports.startNonces(byteLength, seed.length)
  const { value } = STREEBOG.nonce

  return {
    next: () => {
      exports.nextNonce()

      return memory.slice(value, value + byteLength)
    },
    skip: exports.skipNonce,
    end: exports.endNonces,
  }
}

/** The same in TypeScript, and for seeds of any length. */
export function startInTypescript(byteLength: 32 | 64, seed: Uint8Array): Nonces {
  let key: Uint8Array = new Uint8Array(byteLength)
  let value: Uint8Array = new Uint8Array(byteLength).fill(1)
  const hmac = (...parts: readonly Uint8Array[]): Uint8Array =>
    startHmacStreebog(byteLength, key)
      .update(concatOctets(...parts))
      .digest()
  const step = (octet: number, data: Uint8Array): void => {
    key = hmac(value, Uint8Array.of(octet), data)
    value = hmac(value)
  }
  step(0, seed)
  step(1, seed)

  return {
    next: () => {
      value = hmac(value)

      return value.slice()
    },
    skip: () => step(0, new Uint8Array(0)),
    end: () => {
      key.fill(0)
      value.fill(0)
    },
  }
}
