/**
 * Points of u^2 + v^2 = 1 + d u^2 v^2 in extended coordinates, u = X / Z, v = Y / Z, T = X Y / Z, over
 * pairs of FP24 numbers: the curves of RFC 7836 that have cofactor 4. As d is no square the formulas are
 * complete.
 *
 * The running point stands at `xx` = [X | Y] and `yz` = [T | Z].
 * @module
 */
import { type Bounds, joinBounds, loadedBounds } from './bounds.ts'
import { Formula, type Place } from './formula.ts'
import type { Layout } from './layout.ts'
import type { Shape } from './shape.ts'

type State = { readonly x: Bounds; readonly y: Bounds; readonly t: Bounds; readonly z: Bounds }

type Made = { readonly source: string; readonly after: State }

const ENTRY: Place = { base: 'entry', offset: 0 }

/** Entries are [X | Y], [d T | Z]; those with Z = 1 are added in one product less. */
export function edwardsSource(whole: Shape, layout: Layout): string {
  // Both curves stand over the first prime.
  const shape = { ...whole, primes: whole.primes.slice(0, 1) }
  const loaded = loadedBounds(shape)
  let state: State = { x: loaded, y: loaded, t: loaded, z: loaded }
  for (let round = 0; round < 20; round++) {
    const made = [
      doubling(shape, layout, state),
      affineAddition(shape, layout, state),
      fullAddition(shape, layout, state),
      keyPoint(shape, layout, state),
    ]
    const next = made.reduce<State>(
      (join, { after }) => ({
        x: joinBounds(join.x, after.x),
        y: joinBounds(join.y, after.y),
        t: joinBounds(join.t, after.t),
        z: joinBounds(join.z, after.z),
      }),
      state,
    )
    if (JSON.stringify(next) === JSON.stringify(state)) {
      return made.map(({ source }) => source).join('')
    }
    state = next
  }
  throw new Error('the bounds of the running point do not settle')
}

const start = (shape: Shape, layout: Layout, state: State) => {
  const f = new Formula(shape, layout)
  const xy = f.at('xx')
  const tz = f.at('yz')
  f.assume(xy, { lo: state.x, hi: state.y })
  f.assume(tz, { lo: state.t, hi: state.z })
  const finish = (name: string, parameters: readonly string[] = []): Made => {
    const { lo: x, hi: y } = f.boundsOf(xy)
    const { lo: t, hi: z } = f.boundsOf(tz)

    return { source: f.source(name, parameters), after: { x, y, t, z } }
  }

  return { f, xy, tz, at: (name: string) => f.at(name), finish }
}

/** X3 = E F, Y3 = G H, T3 = E H, Z3 = F G from the factors in [E | G], [F | H]. */
const endFormula = ({ f, xy, tz, at }: ReturnType<typeof start>): void => {
  const [eg, fh, left, right] = ['gd', 'bt', 'left', 'right'].map(at) as [
    Place,
    Place,
    Place,
    Place,
  ]
  f.line('// [E F | G H], [E H | F G]')
  f.multiply(xy, eg, fh)
  f.pass((p) => {
    const outer = p.load(eg)
    const inner = p.load(fh)

    return [
      [left, p.lows(outer, inner)],
      [right, p.highs(inner, outer)],
    ]
  })
  f.multiply(tz, left, right)
}

/** P = 2P in four levels: 6M + 2S. */
function doubling(shape: Shape, layout: Layout, state: State): Made {
  const started = start(shape, layout, state)
  const { f, xy, tz, at, finish } = started
  const [ab, eg, fh, left, right, zz] = ['uz', 'gd', 'bt', 'left', 'right', 'al'].map(at) as [
    Place,
    Place,
    Place,
    Place,
    Place,
    Place,
  ]
  f.line('// [A | B] = [X^2 | Y^2]')
  f.square(ab, xy)
  f.line('// [Z | X], [Z | Y] -> [Z^2 | X Y]')
  f.pass((p) => {
    const point = p.load(xy)
    const z = p.load(tz)

    return [
      [left, p.cross(z, point)],
      [right, p.highs(z, point)],
    ]
  })
  f.multiply(zz, left, right)
  f.line('// E = 2 X Y, G = A + B, F = G - 2 Z^2, H = A - B')
  f.pass((p) => {
    const squares = p.load(ab)
    const swapped = p.cross(squares, squares)
    const sum = p.add(squares, swapped)
    const products = p.load(zz)
    const twice = p.add(products, products)

    return [
      [eg, p.cross(twice, sum)],
      [fh, p.lows(p.subtract(sum, twice), p.subtract(squares, swapped))],
    ]
  })
  if (shape.carriesSums) f.carry(fh)
  endFormula(started)

  return finish('doubleEdwards')
}

/** Loads a pair with the sign of its first lane changed by the mask. */
const signed = (p: Parameters<Parameters<Formula['pass']>[0]>[0], place: Place) => {
  const value = p.load(place)

  return p.mix(p.xor(value, 'signs'), value)
}

/** P = P + the affine point [u | v], [d u v | -] at \`entry\`, negated by the sign: 8M. */
function affineAddition(shape: Shape, layout: Layout, state: State): Made {
  const started = start(shape, layout, state)
  const { f, xy, tz, at, finish } = started
  const second: Place = { base: 'entry', offset: 16 * shape.n }
  const [ab, eg, fh, left, right, cs] = ['uz', 'gd', 'bt', 'left', 'right', 'al'].map(at) as [
    Place,
    Place,
    Place,
    Place,
    Place,
    Place,
  ]
  const loaded = loadedBounds(shape)
  f.assume(ENTRY, { lo: loaded, hi: loaded })
  f.assume(second, { lo: loaded, hi: loaded })
  f.line('const signs = v128.load(sign)')
  f.line('// [X1 | Y1], [u | v] -> [A | B]')
  f.pass((p) => [[right, signed(p, ENTRY)]])
  f.multiply(ab, xy, right)
  f.line('// [T1 | X1 + Y1], [d u v | u + v] -> [C | S]')
  f.pass((p) => {
    const point = p.load(xy)
    const affine = p.load(right)

    return [
      [left, p.lows(p.load(tz), p.add(point, p.cross(point, point)))],
      [right, p.lows(p.xor(p.load(second), 'signs'), p.add(affine, p.cross(affine, affine)))],
    ]
  })
  f.multiply(cs, left, right)
  f.line('// E = S - A - B, G = Z1 + C, F = Z1 - C, H = B - A')
  f.pass((p) => {
    const squares = p.load(ab)
    const swapped = p.cross(squares, squares)
    const products = p.load(cs)
    const point = p.load(tz)
    const z = p.highs(point, point)
    const e = p.subtract(p.subtract(p.highs(products, products), squares), swapped)

    return [
      [eg, p.lows(e, p.add(z, products))],
      [fh, p.lows(p.subtract(z, products), p.subtract(swapped, squares))],
    ]
  })
  endFormula(started)

  return finish('addAffineEdwards', ['entry', 'sign'])
}

/** P = P + the point [X | Y], [d T | Z] at \`entry\`, negated by the sign: 10M. */
function fullAddition(shape: Shape, layout: Layout, state: State): Made {
  const started = start(shape, layout, state)
  const { f, xy, tz, at, finish } = started
  const second: Place = { base: 'entry', offset: 16 * shape.n }
  const [ab, eg, fh, right, cd, crossed] = ['uz', 'gd', 'bt', 'right', 'al', 'az'].map(at) as [
    Place,
    Place,
    Place,
    Place,
    Place,
    Place,
  ]
  f.assume(ENTRY, { lo: state.x, hi: state.y })
  f.assume(second, { lo: state.t, hi: state.z })
  f.line('const signs = v128.load(sign)')
  f.line(
    '// [X1 | Y1], [X2 | Y2] -> [A | B]; [X1 | Y1], [Y2 | X2]; [T1 | Z1], [d T2 | Z2] -> [C | D]',
  )
  f.pass((p) => [
    [right, signed(p, ENTRY)],
    [cd, signed(p, second)],
  ])
  f.multiply(ab, xy, right)
  f.multiply(cd, tz, cd)
  f.pass((p) => {
    const entry = p.load(right)

    return [[right, p.cross(entry, entry)]]
  })
  f.multiply(crossed, xy, right)
  f.line('// E = X1 Y2 + Y1 X2, G = D + C, F = D - C, H = B - A')
  f.pass((p) => {
    const squares = p.load(ab)
    const swapped = p.cross(squares, squares)
    const products = p.load(cd)
    const turned = p.cross(products, products)
    const halves = p.load(crossed)

    return [
      [eg, p.lows(p.add(halves, p.cross(halves, halves)), p.add(products, turned))],
      [fh, p.lows(p.subtract(turned, products), p.subtract(swapped, squares))],
    ]
  })
  endFormula(started)

  return finish('addEntryEdwards', ['entry', 'sign'])
}

/**
 * P = the point [x | y] at `point` of y^2 = x^3 + a x + b: u = (x - t) / y, v = (x - t - s) / (x - t + s)
 * (RFC 7836 section 5.2), without an inverse.
 */
function keyPoint(shape: Shape, layout: Layout, state: State): Made {
  const { f, xy, tz, at, finish } = start(shape, layout, state)
  const [point, shifts, shift, left, right] = ['point', 'shifts', 'shift', 'left', 'right'].map(
    at,
  ) as [Place, Place, Place, Place, Place]
  const loaded = loadedBounds(shape)
  for (const place of [point, shifts, shift]) f.assume(place, { lo: loaded, hi: loaded })
  f.line('// A = x - t, B = A - s, C = A + s; X = A C, Y = B y; T = A B, Z = C y')
  f.pass((p) => {
    const both = p.load(point)
    const x = p.lows(both, both)
    const ab = p.subtract(x, p.load(shifts))
    const c = p.subtract(x, p.load(shift))

    return [
      [left, ab],
      [right, p.mix(c, both)],
    ]
  })
  f.multiply(xy, left, right)
  f.pass((p) => {
    const ab = p.load(left)
    const cy = p.load(right)

    return [
      [left, p.lows(ab, cy)],
      [right, p.highs(ab, cy)],
    ]
  })
  f.multiply(tz, left, right)

  return finish('startKeyEdwards')
}
