/**
 * The two sizes of field that FP24 serves.
 * @module
 */

/** A pseudo-Mersenne prime 2^bits - tail. */
export type Prime = {
  readonly name: string
  /** p = 2^(24 (n - 1) + topBits) - tail. */
  readonly topBits: number
  readonly tail: number
  /** 2^(24 n) modulo p: what a limb n places higher is worth. */
  readonly fold: number
  /** Whether one more carry follows each product, because the fold is large. */
  readonly carriesAgain: boolean
}

/**
 * How products are reduced. `fold`: the upper half times a small number, for pseudo-Mersenne primes.
 * `table`: each upper limb times the residue of its place, for any prime.
 */
export type Reduction = 'fold' | 'table'

/** How numbers of one size are held and reduced. */
export type Shape = {
  /** What modules of this shape are called. */
  readonly name: string
  readonly reduction: Reduction
  /** Octets of a number. */
  readonly byteLength: 32 | 64
  /** Limbs of a number. */
  readonly n: number
  /** 0 ... n - 1. */
  readonly limbs: readonly number[]
  readonly primes: readonly Prime[]
  /** Carries through the upper columns of a product before they are folded. */
  readonly highPasses: 1 | 2
  /** Whether the lower columns are carried beside the upper ones, once, before the fold. */
  readonly carriesLow: boolean
  /** Carries after the fold. */
  readonly lowPasses: 1 | 2
  /** Whether a sum of three products is too long to be squared without a carry. */
  readonly carriesSums: boolean
}

const prime = (
  n: number,
  { bits, tail, carriesAgain }: { bits: number; tail: number; carriesAgain: boolean },
): Prime => {
  const topBits = bits - 24 * (n - 1)
  const name = `2^${bits} ${tail < 0 ? '+' : '-'} ${Math.abs(tail)}`

  return { name, topBits, tail, fold: tail * 2 ** (24 - topBits), carriesAgain }
}

const range = (n: number): readonly number[] => Array.from({ length: n }, (_, j) => j)

/** CryptoPro-A and TC26 256-A; CryptoPro-B. */
export const shape256: Shape = {
  name: 'fp24-256',
  reduction: 'fold',
  byteLength: 32,
  n: 11,
  limbs: range(11),
  primes: [
    prime(11, { bits: 256, tail: 617, carriesAgain: false }),
    prime(11, { bits: 255, tail: -3225, carriesAgain: true }),
  ],
  highPasses: 1,
  carriesLow: true,
  lowPasses: 1,
  carriesSums: false,
}

/** TC26 512-A and 512-C; 512-B. */
export const shape512: Shape = {
  name: 'fp24-512',
  reduction: 'fold',
  byteLength: 64,
  n: 22,
  limbs: range(22),
  primes: [
    prime(22, { bits: 512, tail: 569, carriesAgain: false }),
    prime(22, { bits: 511, tail: -111, carriesAgain: false }),
  ],
  highPasses: 2,
  carriesLow: false,
  lowPasses: 2,
  carriesSums: true,
}

/** CryptoPro-C, and any other prime of 256 bits. */
export const shapeAny256: Shape = {
  name: 'fp24-any-256',
  reduction: 'table',
  byteLength: 32,
  n: 11,
  limbs: range(11),
  // All of a 256-bit prime is tail: only where its top limb ends counts here.
  primes: [{ name: 'any prime', topBits: 16, tail: 0, fold: 0, carriesAgain: false }],
  highPasses: 2,
  carriesLow: false,
  lowPasses: 2,
  carriesSums: false,
}

/** Whether the module also serves curves of Edwards form. */
export const hasEdwards = (shape: Shape): boolean => shape.reduction === 'fold'

/** Pairs of an affine point: [x | y], or [u | v] and [d u v | -]. */
export const affinePairs = (shape: Shape): 1 | 2 => (hasEdwards(shape) ? 2 : 1)
