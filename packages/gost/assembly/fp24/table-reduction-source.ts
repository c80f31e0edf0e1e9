/**
 * The AssemblyScript that reduces products of FP24 numbers modulo a prime of no special form: each of
 * the upper limbs times the residue of its place, from a table, then the multiple of p that the highest
 * limbs show. No step waits for the carry of the one before, as in Montgomery's way.
 * @module
 */
import { limbAt, type MultiplyAdd, storeLimb } from './field-source.ts'
import type { Layout } from './layout.ts'
import type { Shape } from './shape.ts'

/** Upper limbs folded in one pass over the columns: more of them and V8 runs out of registers. */
const ROWS = 4

/** The constants of the field, in memory: `setField` writes them. */
export function tableConstants(
  shape: Shape,
  layout: Layout,
): {
  readonly round: number
  readonly down: number
  readonly roundUnit: number
  readonly quotient: number
  readonly minusP: number
  readonly residues: number
} {
  const { n } = shape

  return {
    round: layout.place('round', 16),
    down: layout.place('down', 16),
    roundUnit: layout.place('roundUnit', 16),
    quotient: layout.place('quotient', 16),
    minusP: layout.place('minusP', 16 * n),
    residues: layout.place('residues', 16 * n * n),
  }
}

export function tableReductionSource(shape: Shape, layout: Layout, madd: MultiplyAdd): string {
  const { n, limbs } = shape
  const constant = tableConstants(shape, layout)
  const columns = layout.place('columns', 16 * 2 * n)
  const column = (k: number): string => limbAt(columns, k)
  const storeColumn = (k: number, value: string): string => `  ${storeLimb(columns, k, value)}`
  const round = (value: string, by = 'round'): string =>
    `f64x2.sub(f64x2.add(${value}, ${by}), ${by})`
  const residue = (i: number, j: number): string => limbAt(constant.residues + 16 * n * i, j)
  const loads = `  const round = v128.load(${constant.round})
  const down = v128.load(${constant.down})`

  /** Two parallel carries through the upper columns, the lowest taking that of the column below. */
  const carryHigh = (): readonly string[] => {
    const out = [
      `  v = ${column(n - 1)}`,
      `  let up = ${round('v')}`,
      storeColumn(n - 1, 'f64x2.sub(v, up)'),
      '  let up2 = f64x2.splat(0)',
    ]
    for (const j of limbs) {
      if (j < n - 1) {
        out.push(`  v = ${column(n + j)}`, `  h = ${round('v')}`)
        out.push(`  v = ${madd('up', 'down', 'f64x2.sub(v, h)')}`, '  up = h')
        out.push(`  h = ${round('v')}`, `  v = ${madd('up2', 'down', 'f64x2.sub(v, h)')}`)
        out.push('  up2 = h')
      } else out.push('  v = f64x2.mul(up, down)', `  v = ${madd('up2', 'down', 'v')}`)
      out.push(storeColumn(n + j, 'v'))
    }

    return out
  }

  /** Column j with the products of some upper limbs. */
  const fold = (rows: readonly number[], j: number): string =>
    rows.reduce((sum, i) => madd(`z${i}`, residue(i, j), sum), column(j))

  const foldHigh = (): readonly string[] => {
    const out: string[] = []
    let first = 0
    for (; first + ROWS < n; first += ROWS) {
      const rows = limbs.slice(first, first + ROWS)
      out.push('  {', ...rows.map((i) => `    const z${i} = ${column(n + i)}`))
      const sum = rows.reduce(
        (all, i) => madd(`z${i}`, `v128.load(at, ${constant.residues + 16 * n * i})`, all),
        `v128.load(at, ${columns})`,
      )
      out.push(`    for (let at: usize = 0; at < ${16 * n}; at += 16) {`)
      out.push(`      v128.store(at, ${sum}, ${columns})`, '    }', '  }')
    }
    const rows = limbs.slice(first)
    out.push(...rows.map((i) => `  const z${i} = ${column(n + i)}`))
    // The highest two columns first: they show how often p is in the number.
    out.push(`  const top = ${fold(rows, n - 1)}`, storeColumn(n - 1, 'top'))
    out.push(`  const below = ${fold(rows, n - 2)}`, storeColumn(n - 2, 'below'))
    out.push(`  const unit = v128.load(${constant.roundUnit})`)
    const ratio = `f64x2.mul(${madd('below', 'down', 'top')}, v128.load(${constant.quotient}))`
    out.push(`  const times = ${round(ratio, 'unit')}`)
    out.push('  let c1 = f64x2.splat(0), c2 = f64x2.splat(0)')
    for (const j of limbs) {
      const sum = j < n - 2 ? fold(rows, j) : column(j)
      out.push(`  v = ${madd('times', limbAt(constant.minusP, j), sum)}`)
      for (const carry of ['c1', 'c2']) {
        if (j < n - 1) out.push(`  h = ${round('v')}`, '  v = f64x2.sub(v, h)')
        if (j > 0) out.push(`  v = ${madd(carry, 'down', 'v')}`)
        if (j < n - 1) out.push(`  ${carry} = h`)
      }
      out.push(`  ${storeLimb('r', j, 'v')}`)
    }

    return out
  }

  return `
/** One parallel carry of the pair at r; the top limb keeps what it has. */
function carry(r: usize): void {
${loads}
  let v: v128, h: v128, up = f64x2.splat(0)
  for (let at: usize = 0; at < ${16 * (n - 1)}; at += 16) {
    v = v128.load(r + at)
    h = ${round('v')}
    v128.store(r + at, ${madd('up', 'down', 'f64x2.sub(v, h)')})
    up = h
  }
  ${storeLimb('r', n - 1, madd('up', 'down', limbAt('r', n - 1)))}
}

function reduceColumns(r: usize): void {
${loads}
  let v: v128, h: v128
${carryHigh().join('\n')}
${foldHigh().join('\n')}
}
`
}
