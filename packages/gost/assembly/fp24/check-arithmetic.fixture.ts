/**
 * What the arithmetic of a module is asked inside of it: carries that are counted on, numbers at the edges,
 * products at their bounds.
 * @module
 */
import { type Bounds, loadedBounds, productBounds, scaleBounds } from './bounds.ts'
import { Formula } from './formula.ts'
import type { Inside } from './inside.fixture.ts'
import { Layout } from './layout.ts'
import type { Shape } from './shape.ts'

export const modulo = (value: bigint, p: bigint): bigint => ((value % p) + p) % p

const numberOf = (limbs: readonly number[]): bigint =>
  limbs.reduceRight((sum, limb) => (sum << 24n) + BigInt(limb), 0n)

/** Signs that repeat themselves (xorshift). */
const createSigns = (): (() => 1 | -1) => {
  let state = 0x2545f491

  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5

    return (state & 1) === 0 ? 1 : -1
  }
}

/** As far as one factor may grow beside another of one unit before a sum could be inexact. */
function largestFactor(shape: Shape): number {
  const unit = loadedBounds(shape)
  for (let factor = 1; ; factor += 0.25) {
    try {
      productBounds(shape, scaleBounds(unit, factor + 0.25), unit)
    } catch {
      return factor
    }
  }
}

/** Limbs rounded to the nearest, the highest of what is left. */
function balancedLimbs({ n, limbs }: Shape, value: bigint): readonly number[] {
  let rest = value

  return limbs.map((j) => {
    const limb = j === n - 1 ? rest : BigInt.asIntN(24, rest)
    rest = (rest - limb) >> 24n

    return Number(limb)
  })
}

/**
 * A carry that is counted on is also made: points seldom come near the bounds that ask for it, so no sum
 * of points would show that it is missing.
 */
export function checkFormula(shape: Shape): void {
  const formula = new Formula(shape, new Layout(1024))
  const pair = formula.at('pair')
  const unit = loadedBounds(shape)
  formula.assume(pair, { lo: scaleBounds(unit, 3), hi: unit })
  formula.carry(pair)
  if (formula.source('probe') !== '\nfunction probe(): void {\n  carry(1024)\n}\n') {
    throw new Error(`${shape.name}: what a formula says is not what it does`)
  }
}

/** Numbers enter and leave as they are, at the edges too. */
export function checkConversion(inside: Inside): void {
  const { shape, curve } = inside
  const { p, byteLength } = curve
  const left = inside.at('left')
  const limit = 2n ** BigInt(8 * byteLength)
  const sparse = limit / 0xffff_ffff_ffffn
  const numbers = [0n, 1n, p - 1n, p, limit - 1n, limit >> 1n, sparse, (sparse * 5n) % p, p / 3n]
  for (const number of numbers) {
    inside.put(inside.at('number'), number)
    inside.call('fromOctets', left + 8, inside.at('number'))
    const limbs = balancedLimbs(shape, number)
    inside.expect(
      'fromOctets',
      inside.limbs(left, 1).every((limb, j) => limb === limbs[j]),
    )
    for (const value of [number, -number, number + p, number - p]) {
      const { n } = shape
      const wide = balancedLimbs(shape, value)
      // Limbs that are not carried stand for the same number.
      const spread = wide.map((limb, j) => limb + (j < n - 1 ? 3 * 2 ** 24 : 0) - (j > 0 ? 3 : 0))
      for (const given of [wide, spread]) {
        inside.setLimbs(left, 0, given)
        inside.call('toOctets', inside.at('inverse'), left)
        inside.expect('toOctets', inside.get(inside.at('inverse')) === modulo(value, p))
        inside.expect(
          'isZeroLane',
          inside.call('isZeroLane', left) === (modulo(value, p) === 0n ? 1 : 0),
        )
      }
    }
  }
}

/** Products with every limb at the largest size that the bounds allow. */
export function checkProducts(inside: Inside, rounds: number): void {
  const { shape, curve } = inside
  const { p } = curve
  const prime = shape.primes.findIndex(
    ({ topBits }) => 24 * (shape.n - 1) + topBits === p.toString(2).length,
  )
  const unit = loadedBounds(shape)
  const factor = largestFactor(shape)
  const root = scaleBounds(unit, Math.sqrt(factor))
  const sizes: readonly (readonly [Bounds, Bounds])[] = [
    [scaleBounds(unit, factor), unit],
    [root, root],
    [unit, unit],
  ]
  const [a, b, r] = [inside.at('probeA'), inside.at('probeB'), inside.at('probeR')]
  const sign = createSigns()
  const fill = (address: number, bounds: Bounds, round: number): void => {
    for (const lane of [0, 1] as const) {
      const limbs = shape.limbs.map((j) => {
        const size = Math.floor(bounds[prime]?.[j] ?? 0)

        return round === 0 ? size : round === 1 ? -size : sign() * (size - (round % 7) * lane)
      })
      inside.setLimbs(address, lane, limbs)
    }
  }
  const isRight = (allowed: readonly number[], wanted: (lane: 0 | 1) => bigint): boolean =>
    ([0, 1] as const).every((lane) => {
      const made = inside.limbs(r, lane)
      inside.call('toOctets', inside.at('number'), r + 8 * lane)

      return (
        made.every((limb, j) => Math.abs(limb) <= (allowed[j] ?? 0)) &&
        modulo(numberOf(made), p) === modulo(wanted(lane), p) &&
        inside.get(inside.at('number')) === modulo(wanted(lane), p)
      )
    })
  for (const [left, right] of sizes) {
    const allowed = productBounds(shape, left, right)[prime] ?? []
    for (let round = 0; round < rounds; round++) {
      fill(a, left, round)
      fill(b, right, round)
      const numbers = [a, b].map((at) => ([0, 1] as const).map((lane) => inside.limbs(at, lane)))
      const factorOf = (which: 0 | 1, lane: 0 | 1): bigint => numberOf(numbers[which]?.[lane] ?? [])
      inside.call('multiply', r, a, b)
      inside.expect(
        'multiply',
        isRight(allowed, (lane) => factorOf(0, lane) * factorOf(1, lane)),
      )
      if (left !== right) continue
      inside.call('square', r, b)
      inside.expect(
        'square',
        isRight(allowed, (lane) => factorOf(1, lane) ** 2n),
      )
    }
  }
}
