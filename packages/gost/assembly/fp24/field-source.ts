/**
 * The AssemblyScript of FP24: pairs of numbers modulo a pseudo-Mersenne prime, 24-bit limbs in
 * doubles, one v128 for the same limb of two independent numbers. All sums stay below 2^53
 * (`bounds.ts`), so every operation is exact, fused or not.
 *
 * The order of operations is that which leaves V8 with few live values: six rows of a product at a
 * time, columns in memory between them; and constants are loaded, because V8 builds a constant of
 * 128 bits anew at each use.
 * @module
 */
import type { WasmVariant } from '../../src/wasm/load-module.ts'
import type { Layout } from './layout.ts'
import type { Shape } from './shape.ts'
import { tableReductionSource } from './table-reduction-source.ts'

const ROWS = 6

/** Writes `a * b + c`. */
export type MultiplyAdd = (a: string, b: string, c: string) => string

export function multiplyAddOf(variant: WasmVariant): MultiplyAdd {
  return variant === 'relaxed-simd'
    ? (a, b, c) => `f64x2.relaxed_madd(${a}, ${b}, ${c})`
    : (a, b, c) => `f64x2.add(${c}, f64x2.mul(${a}, ${b}))`
}

/** Limb j of the pair at an address. */
export const limbAt = (address: string | number, j: number): string =>
  typeof address === 'number'
    ? `v128.load(${address + 16 * j})`
    : `v128.load(${address}, ${16 * j})`

export const storeLimb = (address: string | number, j: number, value: string): string =>
  typeof address === 'number'
    ? `v128.store(${address + 16 * j}, ${value})`
    : `v128.store(${address}, ${value}, ${16 * j})`

/** The constants of the field, in memory: `setField` writes them. */
export function fieldConstants(layout: Layout): {
  readonly round: number
  readonly down: number
  readonly fold: number
  readonly roundTop: number
  readonly tail: number
  readonly carriesAgain: number
} {
  return {
    round: layout.place('round', 16),
    down: layout.place('down', 16),
    fold: layout.place('fold', 16),
    roundTop: layout.place('roundTop', 16),
    tail: layout.place('tail', 16),
    carriesAgain: layout.place('carriesAgain', 16),
  }
}

export function fieldSource(shape: Shape, layout: Layout, madd: MultiplyAdd): string {
  const { n, limbs } = shape
  const constant = fieldConstants(layout)
  const columns = layout.place('columns', 16 * 2 * n)
  const column = (k: number): string => limbAt(columns, k)
  const storeColumn = (k: number, value: string): string => storeLimb(columns, k, value)

  /** Rows i0 ... of a product, over what earlier rows left in the columns below `known`. */
  const rows = (
    i0: number,
    options: { known: number; square: boolean },
  ): { readonly text: string; readonly known: number } => {
    const taken = limbs.slice(i0, i0 + ROWS)
    const out: string[] = ['  {']
    for (const i of taken) {
      out.push(`    const a${i} = ${limbAt('a', i)}`)
      if (options.square && i < n - 1) out.push(`    const d${i} = f64x2.add(a${i}, a${i})`)
    }
    const open = new Set<number>()
    const first = options.square ? i0 : 0
    const last = i0 + taken.length - 1 + n - 1
    const columnOfLastUse = (k: number): number => Math.min(n - 1, k - i0)
    for (let j = first; j < n; j++) {
      const b = options.square && taken.includes(j) ? `a${j}` : `b${j}`
      if (b === `b${j}`) out.push(`    const b${j} = ${limbAt(options.square ? 'a' : 'b', j)}`)
      for (const i of taken) {
        if (options.square && i > j) continue
        const k = i + j
        const left = options.square && i < j ? `d${i}` : `a${i}`
        if (open.has(k)) out.push(`    c${k} = ${madd(left, b, `c${k}`)}`)
        else {
          open.add(k)
          const value = k < options.known ? madd(left, b, column(k)) : `f64x2.mul(${left}, ${b})`
          out.push(`    let c${k} = ${value}`)
        }
      }
      for (const k of open) {
        if (columnOfLastUse(k) === j && k <= last) out.push(`    ${storeColumn(k, `c${k}`)}`)
      }
    }
    out.push('  }')

    return { text: out.join('\n'), known: Math.max(options.known, last + 1) }
  }

  const product = (square: boolean): string => {
    let known = 0
    const texts: string[] = []
    for (let i0 = 0; i0 < n; i0 += ROWS) {
      const block = rows(i0, { known, square })
      texts.push(block.text)
      known = block.known
    }

    return texts.join('\n')
  }

  const round = (value: string, by = 'round'): string =>
    `f64x2.sub(f64x2.add(${value}, ${by}), ${by})`

  /** Writes limb j after its carry and the carry from below, remembering its own in `name`. */
  const passLimb = (name: string, j: number, value: string): readonly string[] => [
    `  ${name}v = ${value}`,
    `  ${name}h = ${round(`${name}v`, j === n - 1 ? 'roundTop' : 'round')}`,
    `  ${name}v = f64x2.sub(${name}v, ${name}h)`,
    ...(j === 0 ? [] : [`  ${name}v = ${madd(`${name}c`, 'down', `${name}v`)}`]),
    `  ${name}c = ${name}h`,
  ]

  const declare = (name: string): string =>
    `  let ${name}v: v128, ${name}h: v128, ${name}c = f64x2.splat(0)`

  const loads = (...names: readonly (keyof typeof constant)[]): string =>
    names.map((name) => `  const ${name} = v128.load(${constant[name]})`).join('\n')

  /** The columns folded and carried into the n limbs at `r`. */
  const reduce = (): string => {
    const out: string[] = []
    out.push(loads('round', 'down', 'fold', 'roundTop', 'tail'))
    // The carry of the highest low column goes up before the fold.
    out.push(`  let up = ${round(column(n - 1))}`)
    out.push('  let low: v128, high: v128, h: v128, lowUp = f64x2.splat(0)')
    if (shape.highPasses === 2) {
      out.push('  let high2: v128, up2 = f64x2.splat(0)')
    }
    out.push(declare('p'))
    if (shape.lowPasses === 2) out.push(declare('q'))
    for (const j of limbs) {
      const k = n + j
      if (k < 2 * n - 1) {
        out.push(`  high = ${column(k)}`, `  h = ${round('high')}`)
        out.push(`  high = ${madd('up', 'down', 'f64x2.sub(high, h)')}`, '  up = h')
      } else out.push('  high = f64x2.mul(up, down)')
      if (shape.highPasses === 2) {
        out.push(`  h = ${round('high')}`)
        out.push(
          j === 0
            ? '  high2 = f64x2.sub(high, h)'
            : `  high2 = ${madd('up2', 'down', 'f64x2.sub(high, h)')}`,
          '  up2 = h',
        )
      }
      const top = shape.highPasses === 2 ? 'high2' : 'high'
      if (shape.carriesLow) {
        out.push(`  low = ${column(j)}`, `  h = ${round('low')}`, '  low = f64x2.sub(low, h)')
        if (j > 0) out.push(`  low = ${madd('lowUp', 'down', 'low')}`)
        out.push('  lowUp = h')
      } else {
        out.push(`  low = ${column(j)}`)
        if (j === n - 1) out.push(`  low = f64x2.sub(low, ${round('low')})`)
      }
      out.push(...passLimb('p', j, madd(top, 'fold', 'low')))
      out.push(`  ${storeLimb('r', j, 'pv')}`)
    }
    out.push(`  ${storeLimb('r', 0, madd('pc', 'tail', limbAt('r', 0)))}`)
    if (shape.lowPasses === 2) {
      for (const j of limbs) {
        out.push(...passLimb('q', j, limbAt('r', j)))
        out.push(`  ${storeLimb('r', j, 'qv')}`)
      }
      // The highest limb is short, so what it folds back may be long: limb 0 once more.
      out.push(
        `  qv = ${madd('qc', 'tail', limbAt('r', 0))}`,
        `  qh = ${round('qv')}`,
        `  ${storeLimb('r', 0, 'f64x2.sub(qv, qh)')}`,
        `  ${storeLimb('r', 1, madd('qh', 'down', limbAt('r', 1)))}`,
      )
    }
    if (shape.primes.some(({ carriesAgain }) => carriesAgain)) {
      out.push(`  if (load<i32>(${constant.carriesAgain})) carry(r)`)
    }

    return out.join('\n')
  }

  const folding = (): string => `
/** One parallel carry of the pair at r, the top folded into the lowest limb. */
function carry(r: usize): void {
${loads('round', 'down', 'roundTop', 'tail')}
${declare('p')}
${limbs.flatMap((j) => [...passLimb('p', j, limbAt('r', j)), `  ${storeLimb('r', j, 'pv')}`]).join('\n')}
  ${storeLimb('r', 0, madd('pc', 'tail', limbAt('r', 0)))}
}

function reduceColumns(r: usize): void {
${reduce()}
}
`

  return `
${shape.reduction === 'table' ? tableReductionSource(shape, layout, madd) : folding()}

/** r = a b, both lanes. Any of the three may be the same. */
function multiply(r: usize, a: usize, b: usize): void {
${product(false)}
  reduceColumns(r)
}

/** r = a^2, both lanes. */
function square(r: usize, a: usize): void {
${product(true)}
  reduceColumns(r)
}
`
}
