/**
 * Bounds of the limbs of FP24 numbers, worked out while the code is generated: a formula whose sums
 * could leave the 53 bits in which doubles are exact is never written.
 * @module
 */
import type { Prime, Shape } from './shape.ts'
import { carryKeepingTop, tableBounds } from './table-bounds.ts'

/** Largest size of each limb of a number, for each prime of the shape. */
export type Bounds = readonly (readonly number[])[]

const HALF = 2 ** 23
const BASE = 2 ** 24
/** Sums of this size and more could be rounded. */
const EXACT = 2 ** 53

/** Limbs of a number that was read from octets: rounded to the nearest, the highest of what is left. */
export function loadedBounds(shape: Shape): Bounds {
  return shape.primes.map(({ topBits }) =>
    shape.limbs.map((j) => (j === shape.n - 1 ? 2 ** topBits + 1 : HALF)),
  )
}

export function addBounds(a: Bounds, b: Bounds): Bounds {
  return a.map((limbs, at) => limbs.map((limb, j) => limb + limbOf(b, at, j)))
}

export function scaleBounds(a: Bounds, factor: number): Bounds {
  return a.map((limbs) => limbs.map((limb) => limb * Math.abs(factor)))
}

/** The larger of both, limb by limb. */
export function joinBounds(a: Bounds, b: Bounds): Bounds {
  return a.map((limbs, at) => limbs.map((limb, j) => Math.max(limb, limbOf(b, at, j))))
}

/** True when a number within `a` is within `b`. */
export function isWithin(a: Bounds, b: Bounds): boolean {
  return a.every((limbs, at) => limbs.every((limb, j) => limb <= limbOf(b, at, j)))
}

/** After one parallel carry, as `carry` works. */
export function carryBounds(shape: Shape, a: Bounds): Bounds {
  if (shape.reduction === 'table') return a.map(carryKeepingTop)

  return shape.primes.map((prime, at) => carryOnce(prime, a[at] ?? []))
}

/** After `multiply`, as `reduceColumns` works; throws when a sum could be inexact. */
export function productBounds(shape: Shape, a: Bounds, b: Bounds): Bounds {
  return shape.primes.map((prime, at) => {
    const columns = Array.from({ length: 2 * shape.n - 1 }, (_, k) =>
      shape.limbs.reduce((sum, i) => {
        const j = k - i
        return j < 0 || j >= shape.n ? sum : sum + limbOf(a, at, i) * limbOf(b, at, j)
      }, 0),
    )

    return shape.reduction === 'table'
      ? tableBounds(shape.n, prime.topBits, columns)
      : reduceBounds(shape, prime, columns)
  })
}

/** How large a number is in units of 2^23, its highest limb apart: for comments. */
export function unitsOf(a: Bounds): string {
  return Math.max(...a.map((limbs) => Math.max(...limbs.slice(0, -1)) / HALF)).toFixed(2)
}

function reduceBounds(shape: Shape, prime: Prime, columns: readonly number[]): number[] {
  for (const column of columns) check(column)
  const { n } = shape
  const low = columns.slice(0, n)
  let high = [...columns.slice(n), 0]
  let into = low[n - 1] ?? 0
  for (let pass = 0; pass < shape.highPasses; pass++) {
    high = carryUp(high, into)
    into = 0
  }
  const kept = shape.carriesLow
    ? carryUp(low, 0)
    : low.map((limb, j) => (j === n - 1 ? HALF : limb))
  let limbs = kept.map((limb, j) => check(limb + Math.abs(prime.fold) * (high[j] ?? 0)))
  for (let pass = 0; pass < shape.lowPasses; pass++) limbs = carryOnce(prime, limbs)
  if (shape.lowPasses === 2) {
    const lowest = limbs[0] ?? 0
    limbs = limbs.with(0, Math.min(lowest, HALF)).with(1, (limbs[1] ?? 0) + carryOf(lowest, BASE))
  }

  return prime.carriesAgain ? carryOnce(prime, limbs) : limbs
}

/** The lower halves with what comes from below; the top keeps only its own lower half. */
function carryUp(limbs: readonly number[], into: number): number[] {
  return limbs.map((limb, j) => {
    const below = j === 0 ? into : (limbs[j - 1] ?? 0)
    return check(Math.min(limb, HALF) + carryOf(below, BASE))
  })
}

function carryOnce(prime: Prime, limbs: readonly number[]): number[] {
  const top = limbs.length - 1
  const topBase = 2 ** prime.topBits
  const wrapped = carryOf(limbs[top] ?? 0, topBase) * Math.abs(prime.tail)

  return limbs.map((limb, j) => {
    const half = j === top ? topBase / 2 : HALF
    const below = j === 0 ? wrapped : carryOf(limbs[j - 1] ?? 0, BASE)
    return check(Math.min(limb, half) + below)
  })
}

const carryOf = (limb: number, base: number): number => Math.floor(limb / base + 0.5)

function check(sum: number): number {
  if (!(sum < EXACT)) throw new Error(`a sum of ${Math.log2(sum).toFixed(2)} bits is not exact`)

  return sum
}

function limbOf(a: Bounds, at: number, j: number): number {
  return a[at]?.[j] ?? 0
}
