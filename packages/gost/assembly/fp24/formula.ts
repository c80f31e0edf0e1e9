/**
 * A small language for point formulas over pairs of FP24 numbers. What is written in it becomes
 * AssemblyScript, and the bounds of every limb are followed through it (`bounds.ts`): a formula
 * that could leave the exact range throws here and is never generated.
 * @module
 */
import { addBounds, type Bounds, carryBounds, isWithin, productBounds, unitsOf } from './bounds.ts'
import type { Layout } from './layout.ts'
import type { Shape } from './shape.ts'

/** Bounds of both lanes. */
export type PairBounds = { readonly lo: Bounds; readonly hi: Bounds }

/** A pair inside one pass over the limbs. */
export type Value = PairBounds & {
  /** The local variable that has the limb at hand. */
  readonly name: string
}

/** A pair in memory: at a fixed address, or at an offset from a parameter. */
export type Place = { readonly base: number | string; readonly offset: number }

/** One function of the module, under construction. */
export class Formula {
  readonly #shape: Shape
  readonly #layout: Layout
  readonly #lines: string[] = []
  readonly #bounds = new Map<string, PairBounds>()
  #locals = 0

  constructor(shape: Shape, layout: Layout) {
    this.#shape = shape
    this.#layout = layout
  }

  /** A named pair at a fixed address. */
  at(name: string): Place {
    return { base: this.#layout.place(name, 16 * this.#shape.n), offset: 0 }
  }

  /** Says within which bounds a place is when the function starts. */
  assume(place: Place, bounds: PairBounds): void {
    this.#bounds.set(keyOf(place), bounds)
  }

  /** Within which bounds a place is now. */
  boundsOf(place: Place): PairBounds {
    const bounds = this.#bounds.get(keyOf(place))
    if (bounds === undefined) throw new Error(`nothing is known of ${keyOf(place)}`)

    return bounds
  }

  /** Throws unless the place is within the bounds: for what is assumed at the next call. */
  demand(place: Place, bounds: PairBounds): void {
    const now = this.boundsOf(place)
    if (!isWithin(now.lo, bounds.lo) || !isWithin(now.hi, bounds.hi)) {
      throw new Error(`${keyOf(place)} grows: ${unitsOf(now.lo)} | ${unitsOf(now.hi)} units`)
    }
  }

  /** r = a b in both lanes. */
  multiply(r: Place, a: Place, b: Place): void {
    const [left, right] = [this.boundsOf(a), this.boundsOf(b)]
    this.#product(`multiply(${addressOf(r)}, ${addressOf(a)}, ${addressOf(b)})`, r, [left, right])
  }

  /** r = a^2 in both lanes. */
  square(r: Place, a: Place): void {
    const bounds = this.boundsOf(a)
    this.#product(`square(${addressOf(r)}, ${addressOf(a)})`, r, [bounds, bounds])
  }

  #product(call: string, r: Place, [a, b]: readonly [PairBounds, PairBounds]): void {
    const lo = productBounds(this.#shape, a.lo, b.lo)
    const hi = productBounds(this.#shape, a.hi, b.hi)
    this.#bounds.set(keyOf(r), { lo, hi })
    const units = `${unitsOf(a.lo)} * ${unitsOf(b.lo)} | ${unitsOf(a.hi)} * ${unitsOf(b.hi)} units`
    this.#lines.push(`  ${call} // ${units} -> ${unitsOf(lo)} | ${unitsOf(hi)}`)
  }

  /** One carry of the pair, both lanes. */
  carry(place: Place): void {
    const { lo, hi } = this.boundsOf(place)
    this.#bounds.set(keyOf(place), {
      lo: carryBounds(this.#shape, lo),
      hi: carryBounds(this.#shape, hi),
    })
    this.#lines.push(`  carry(${addressOf(place)})`)
  }

  /** One pass over the limbs: what `build` computes from places, stored into places. */
  pass(build: (pass: Pass) => readonly (readonly [Place, Value])[]): void {
    const pass = new Pass((place) => this.boundsOf(place), this.#locals)
    const results = build(pass)
    this.#locals = pass.locals
    this.#lines.push(`  for (let j: usize = 0; j < ${16 * this.#shape.n}; j += 16) {`)
    for (const line of pass.lines) this.#lines.push(`    ${line}`)
    for (const [place, value] of results) {
      const { at, offset } = limbOf(place)
      this.#lines.push(`    v128.store(${at}, ${value.name}, ${offset})`)
    }
    this.#lines.push('  }')
    for (const [place, { lo, hi }] of results) {
      this.#bounds.set(keyOf(place), { lo, hi })
      this.#lines.push(`  // ${keyOf(place)}: ${unitsOf(lo)} | ${unitsOf(hi)} units`)
    }
  }

  /** A line of AssemblyScript. */
  line(text: string): void {
    this.#lines.push(`  ${text}`)
  }

  /** The whole function. */
  source(name: string, parameters: readonly string[] = []): string {
    return `\nfunction ${name}(${parameters.map((p) => `${p}: usize`).join(', ')}): void {\n${this.#lines.join('\n')}\n}\n`
  }
}

/** What can be done with the limbs of pairs in one pass. All operations act on both lanes. */
class Pass {
  readonly lines: string[] = []
  locals: number
  readonly #boundsOf: (place: Place) => PairBounds

  constructor(boundsOf: (place: Place) => PairBounds, locals: number) {
    this.#boundsOf = boundsOf
    this.locals = locals
  }

  #let(bounds: PairBounds, value: string): Value {
    const name = `v${this.locals++}`
    this.lines.push(`const ${name} = ${value}`)

    return { lo: bounds.lo, hi: bounds.hi, name }
  }

  load(place: Place): Value {
    const { at, offset } = limbOf(place)

    return this.#let(this.#boundsOf(place), `v128.load(${at}, ${offset})`)
  }

  add(a: Value, b: Value): Value {
    return this.#let(sumBounds(a, b), `f64x2.add(${a.name}, ${b.name})`)
  }

  subtract(a: Value, b: Value): Value {
    return this.#let(sumBounds(a, b), `f64x2.sub(${a.name}, ${b.name})`)
  }

  /** a with the signs changed by a mask. */
  xor(a: Value, mask: string): Value {
    return this.#let(a, `v128.xor(${a.name}, ${mask})`)
  }

  /** [a.lo | b.lo] */
  lows(a: Value, b: Value): Value {
    return this.#let({ lo: a.lo, hi: b.lo }, shuffle(a, b, '0, 2'))
  }

  /** [a.hi | b.hi] */
  highs(a: Value, b: Value): Value {
    return this.#let({ lo: a.hi, hi: b.hi }, shuffle(a, b, '1, 3'))
  }

  /** [a.lo | b.hi] */
  mix(a: Value, b: Value): Value {
    return this.#let({ lo: a.lo, hi: b.hi }, shuffle(a, b, '0, 3'))
  }

  /** [a.hi | b.lo] */
  cross(a: Value, b: Value): Value {
    return this.#let({ lo: a.hi, hi: b.lo }, shuffle(a, b, '1, 2'))
  }
}

const sumBounds = (a: PairBounds, b: PairBounds): PairBounds => ({
  lo: addBounds(a.lo, b.lo),
  hi: addBounds(a.hi, b.hi),
})

const shuffle = (a: Value, b: Value, lanes: string): string =>
  `v128.shuffle<f64>(${a.name}, ${b.name}, ${lanes})`

/** Where the limb at hand stands: an address and a static offset. */
const limbOf = ({ base, offset }: Place): { readonly at: string; readonly offset: number } =>
  typeof base === 'number' ? { at: 'j', offset: base + offset } : { at: `${base} + j`, offset }

const keyOf = ({ base, offset }: Place): string => `${base}+${offset}`

const addressOf = ({ base, offset }: Place): string =>
  typeof base === 'number' ? String(base + offset) : offset === 0 ? base : `${base} + ${offset}`
