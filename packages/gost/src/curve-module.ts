/**
 * The exports that every curve module in WebAssembly has, whatever its field arithmetic: the octets
 * and answers of each are told in `assembly/abi.md`.
 * @module
 */

/** An address or a count: an immutable i32 global. */
type Constant = WebAssembly.Global

/** One instance serves one curve, named by what stood at `curveAddress` when `setCurve` ran. */
export type CurveModule = {
  readonly memory: WebAssembly.Memory
  /** L: octets of a number, 32 or 64. */
  readonly byteLength: Constant
  /** Most signatures of one `verifyBatch`. */
  readonly batchSize: Constant
  /** p, a, b, q, x, y, e, d. */
  readonly curveAddress: Constant
  /** x, y of each public key. */
  readonly keyAddress: Constant
  readonly digestAddress: Constant
  /** r, s of each signature. */
  readonly signatureAddress: Constant
  /** One octet for each signature of a batch. */
  readonly resultAddress: Constant
  readonly privateKeyAddress: Constant
  /** Most significant octet first. */
  readonly nonceAddress: Constant
  /** 2 L random octets. */
  readonly blindAddress: Constant

  setCurve(): void
  /** 0 valid, 1 coordinate, 2 not on the curve, 3 not in the subgroup. */
  checkKey(): number
  /** 0 false, 1 true, 2 exceptional. */
  verify(): number
  verifyBatch(count: number): void
  /** 1 done, 0 or 2 take the next nonce, 3 not a private key. */
  sign(): number
  /** 1 done, 3 not a private key. */
  derivePublic(): number
  reduceDigest(): void
  /** Drops the tables of keys, where a module keeps any. */
  forgetKeys?(): void
}
