/**
 * Bounds of the limbs that `table-reduction-source.ts` leaves.
 * @module
 */

const HALF = 2 ** 23
const BASE = 2 ** 24
/** Sums of this size and more could be rounded. */
const EXACT = 2 ** 53

const carryOf = (limb: number): number => Math.floor(limb / BASE + 0.5)

const exact = (sum: number): number => {
  if (!(sum < EXACT)) throw new Error(`a sum of ${Math.log2(sum).toFixed(2)} bits is not exact`)

  return sum
}

/** One parallel carry in which the top limb keeps all that it has. */
export function carryKeepingTop(limbs: readonly number[]): number[] {
  const top = limbs.length - 1

  return limbs.map((limb, j) => {
    const below = j === 0 ? 0 : carryOf(limbs[j - 1] ?? 0)

    return exact((j === top ? limb : Math.min(limb, HALF)) + below)
  })
}

/** The limbs of a product whose columns are within `columns`, for p between 2^(b - 1) and 2^b, b = 24 (n - 1) + topBits. */
export function tableBounds(
  n: number,
  topBits: number,
  columns: readonly number[],
): readonly number[] {
  for (const sum of columns) exact(sum)
  const into = carryOf(columns[n - 1] ?? 0)
  let high = [...columns.slice(n), 0].map((limb, j) => {
    const below = j === 0 ? into : carryOf(columns[n + j - 1] ?? 0)

    return exact(Math.min(limb, HALF) + below)
  })
  high = carryKeepingTop(high)
  const total = high.reduce((sum, limb) => sum + limb, 0)
  const topHalf = 2 ** (topBits - 1)
  // Residues are between -p/2 and p/2, so that half of `total` is as often as they have p.
  const folded = columns
    .slice(0, n)
    .map((limb, j) => exact(j === n - 1 ? HALF + total * (topHalf + 1) : limb + total * HALF))
  const below = carryOf(folded[n - 2] ?? 0)
  const times = total * (0.5 + 1 / topHalf) + (HALF + below) / topHalf + 1
  let limbs = folded.map((limb, j) => exact(limb + times * (j === n - 1 ? 2 * topHalf + 1 : HALF)))
  limbs = carryKeepingTop(carryKeepingTop(limbs))

  // What is left is half of p and what the columns below the highest two have.
  const rest = ((folded[n - 3] ?? 0) / BASE ** 2) * 2

  return limbs.with(n - 1, Math.ceil(topHalf + rest) + 2)
}
