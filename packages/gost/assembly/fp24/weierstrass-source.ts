/**
 * Points of y^2 = x^3 - 3x + b in Jacobian coordinates, x = X / Z^2, y = Y / Z^3, over pairs of FP24
 * numbers: the two lanes hold two independent products of the same point operation.
 *
 * The running point stands at `xx` = [X | X] and `yz` = [Y | Z]. Where an addition meets equal or
 * opposite points its Z becomes 0, and Z stays 0 through all that follows: one test at the end finds
 * every exceptional case.
 * @module
 */
import { type Bounds, joinBounds, loadedBounds } from './bounds.ts'
import { Formula, type PairBounds, type Place } from './formula.ts'
import type { Layout } from './layout.ts'
import type { Shape } from './shape.ts'

/** Octets of an entry of the table of a key: [Y | X], [Z^3 | -], [Z^2 | Z]. */
export const entryBytes = (shape: Shape): number => 3 * 16 * shape.n

type State = { readonly xx: Bounds; readonly y: Bounds; readonly z: Bounds }

const offsetOf = (place: Place, pairs: number, shape: Shape): Place => ({
  base: place.base,
  offset: place.offset + pairs * 16 * shape.n,
})

const ENTRY: Place = { base: 'entry', offset: 0 }

export function weierstrassSource(shape: Shape, layout: Layout): string {
  const loaded = loadedBounds(shape)
  let state: State = { xx: loaded, y: loaded, z: loaded }
  // The bounds of the running point are those that every formula keeps: found by trying.
  for (let round = 0; round < 20; round++) {
    const made = [
      doubling(shape, layout, state),
      mixedAddition(shape, layout, state),
      fullAddition(shape, layout, state),
      tableEntry(shape, layout, state),
    ]
    const next = made.reduce<State>(
      (join, { after }) => ({
        xx: joinBounds(join.xx, after.xx),
        y: joinBounds(join.y, after.y),
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

type Made = { readonly source: string; readonly after: State }

/** Starts a formula with the running point within its bounds. */
const start = (shape: Shape, layout: Layout, state: State) => {
  const f = new Formula(shape, layout)
  const xx = f.at('xx')
  const yz = f.at('yz')
  f.assume(xx, { lo: state.xx, hi: state.xx })
  f.assume(yz, { lo: state.y, hi: state.z })
  const finish = (name: string, parameters: readonly string[] = []): Made => {
    const x = f.boundsOf(xx)
    const { lo: y, hi: z } = f.boundsOf(yz)

    return { source: f.source(name, parameters), after: { xx: joinBounds(x.lo, x.hi), y, z } }
  }

  return { f, xx, yz, at: (name: string) => f.at(name), finish }
}

/** What entries hold: any value that the running point can have, or a product. */
const entryBounds = (state: State): readonly PairBounds[] => [
  { lo: state.y, hi: state.xx },
  { lo: state.z, hi: state.z },
  { lo: state.z, hi: state.z },
]

/** P = 2P in four levels: 3M + 5S. */
function doubling(shape: Shape, layout: Layout, state: State): Made {
  const { f, xx, yz, at, finish } = start(shape, layout, state)
  const [gd, left, right, bt, ag, al, az, xc] = [
    'gd',
    'left',
    'right',
    'bt',
    'uz',
    'al',
    'az',
    'xc',
  ].map(at) as [Place, Place, Place, Place, Place, Place, Place, Place]
  f.line('// [gamma | delta] = [Y^2 | Z^2]')
  f.square(gd, yz)
  f.line('// [X | X - delta], [4 gamma | X + delta]')
  f.pass((p) => {
    const squares = p.load(gd)
    const x = p.load(xx)
    const delta = p.highs(squares, squares)
    const twice = p.add(squares, squares)

    return [
      [left, p.mix(x, p.subtract(x, delta))],
      [right, p.mix(p.add(twice, twice), p.add(x, delta))],
    ]
  })
  f.line('// [beta = 4 X gamma | (X - delta)(X + delta)]')
  f.multiply(bt, left, right)
  f.line('// alpha = 3 (X - delta)(X + delta); [alpha | 4 gamma]')
  f.pass((p) => {
    const product = p.load(bt)
    const third = p.highs(product, product)
    const squares = p.load(gd)
    const twice = p.add(squares, squares)

    return [[ag, p.lows(p.add(p.add(third, third), third), p.add(twice, twice))]]
  })
  if (shape.carriesSums) f.carry(ag)
  f.line('// [alpha | Y], [alpha | 2 Z]')
  f.pass((p) => {
    const alpha = p.load(ag)
    const point = p.load(yz)

    return [
      [al, p.lows(alpha, point)],
      [right, p.mix(alpha, p.add(point, point))],
    ]
  })
  f.line('// [alpha^2 | Z3 = 2 Y Z]')
  f.multiply(az, al, right)
  f.line('// X3 = alpha^2 - 2 beta; [X3 | beta - X3]')
  f.pass((p) => {
    const beta = p.load(bt)
    const x = p.subtract(p.load(az), p.add(beta, beta))

    return [[xc, p.lows(x, p.subtract(beta, x))]]
  })
  f.carry(xc)
  f.line('// [alpha | 2 gamma], [beta - X3 | 4 gamma]')
  f.pass((p) => {
    const squares = p.load(gd)
    const x = p.load(xc)
    const slope = p.load(ag)

    return [
      [xx, p.lows(x, x)],
      [left, p.lows(slope, p.add(squares, squares))],
      [right, p.highs(x, slope)],
    ]
  })
  f.multiply(bt, left, right)
  f.line('// Y3 = alpha (beta - X3) - 8 gamma^2')
  f.pass((p) => {
    const product = p.load(bt)

    return [[yz, p.mix(p.subtract(product, p.highs(product, product)), p.load(az))]]
  })

  return finish('doubleWeierstrass')
}

/** The end of both additions: X3 and Y3 from R, H^3, V, and what H^3 is multiplied by. */
const endAddition = (
  { f, xx, yz, at }: ReturnType<typeof start>,
  places: {
    /** lo: R^2 */ readonly square: Place
    /** H^3 and V, each in a lane of a place. */ readonly cube: readonly [Place, 'lo' | 'hi']
    readonly v: readonly [Place, 'lo' | 'hi']
    /** lo: R */ readonly r: Place
    /** lo: Y1 or S1 */ readonly y: Place
    /** hi: Z3 */ readonly z: Place
  },
): void => {
  const xc = at('xc')
  const [left, right, product] = [at('left'), at('right'), at('bt')]
  f.line('// X3 = R^2 - H^3 - 2 V; [X3 | V - X3]')
  f.pass((p) => {
    const spread = ([place, lane]: readonly [Place, 'lo' | 'hi']) => {
      const value = p.load(place)
      return lane === 'lo' ? value : p.highs(value, value)
    }
    const v = spread(places.v)
    const x = p.subtract(p.subtract(p.load(places.square), spread(places.cube)), p.add(v, v))

    return [[xc, p.lows(x, p.subtract(v, x))]]
  })
  f.carry(xc)
  f.line('// [R | Y1], [V - X3 | H^3]')
  f.pass((p) => {
    const x = p.load(xc)
    const cube = p.load(places.cube[0])

    return [
      [xx, p.lows(x, x)],
      [left, p.lows(p.load(places.r), p.load(places.y))],
      [right, places.cube[1] === 'lo' ? p.cross(x, cube) : p.highs(x, cube)],
    ]
  })
  f.multiply(product, left, right)
  f.line('// Y3 = R (V - X3) - Y1 H^3')
  f.pass((p) => {
    const both = p.load(product)

    return [[yz, p.mix(p.subtract(both, p.highs(both, both)), p.load(places.z))]]
  })
}

/** P = P + the affine point [x | y] at `entry`, y with the sign at `sign`: 8M + 3S in six levels. */
function mixedAddition(shape: Shape, layout: Layout, state: State): Made {
  const started = start(shape, layout, state)
  const { f, xx, yz, at, finish } = started
  const [gd, left, right, uz, sz, rh, rq, hv] = [
    'gd',
    'left',
    'right',
    'uz',
    'sz',
    'rh',
    'rq',
    'hv',
  ].map(at) as [Place, Place, Place, Place, Place, Place, Place, Place]
  const loaded = loadedBounds(shape)
  f.assume(ENTRY, { lo: loaded, hi: loaded })
  f.line('const signs = v128.load(sign)')
  f.line('// [- | Z1^2]')
  f.square(gd, yz)
  f.line('// [x2 | Z1], [Z1^2 | Z1^2]')
  f.pass((p) => {
    const squares = p.load(gd)

    return [
      [left, p.mix(p.load(ENTRY), p.load(yz))],
      [right, p.highs(squares, squares)],
    ]
  })
  f.line('// [U2 | Z1^3]')
  f.multiply(uz, left, right)
  f.line('// H = U2 - X1; [y2 | Z1], [Z1^3 | H]')
  f.pass((p) => {
    const product = p.load(uz)

    return [
      [left, p.highs(p.xor(p.load(ENTRY), 'signs'), p.load(yz))],
      [right, p.cross(product, p.subtract(product, p.load(xx)))],
    ]
  })
  f.line('// [S2 | Z3 = Z1 H]')
  f.multiply(sz, left, right)
  f.line('// R = S2 - Y1; [R | H]')
  f.pass((p) => [[rh, p.mix(p.subtract(p.load(sz), p.load(yz)), p.load(right))]])
  if (shape.carriesSums) f.carry(rh)
  f.line('// [R^2 | H^2]')
  f.square(rq, rh)
  f.line('// [H | X1], [H^2 | H^2]')
  f.pass((p) => {
    const squares = p.load(rq)

    return [
      [left, p.cross(p.load(rh), p.load(xx))],
      [right, p.highs(squares, squares)],
    ]
  })
  f.line('// [H^3 | V = X1 H^2]')
  f.multiply(hv, left, right)
  endAddition(started, { square: rq, cube: [hv, 'lo'], v: [hv, 'hi'], r: rh, y: yz, z: sz })

  return finish('addAffineWeierstrass', ['entry', 'sign'])
}

/** P = P + the point of a table entry, y with the sign at `sign`: 13M + 1S in seven levels. */
function fullAddition(shape: Shape, layout: Layout, state: State): Made {
  const started = start(shape, layout, state)
  const { f, xx, yz, at, finish } = started
  const [left, right, p1, p2, p3, p4, p5, p6, h, r] = [
    'left',
    'right',
    'gd',
    'uz',
    'sz',
    'rq',
    'hv',
    'az',
    'rh',
    'al',
  ].map(at) as [Place, Place, Place, Place, Place, Place, Place, Place, Place, Place]
  const [yx, cube, squared] = [0, 1, 2].map((pairs) => offsetOf(ENTRY, pairs, shape)) as [
    Place,
    Place,
    Place,
  ]
  ;[yx, cube, squared].forEach((place, i) => {
    f.assume(place, entryBounds(state)[i] as PairBounds)
  })
  f.line('const signs = v128.load(sign)')
  f.line('// [Y1 | Z1], [Z2^3 | Z1] -> [S1 | Z1^2]')
  f.pass((p) => [[right, p.mix(p.load(cube), p.load(yz))]])
  f.multiply(p1, yz, right)
  f.line('// [Z1 | X2], [Z1^2 | Z1^2] -> [Z1^3 | U2]; [X1 | Z1] for the next')
  f.pass((p) => {
    const product = p.load(p1)
    const point = p.load(yz)

    return [
      [left, p.highs(point, p.load(yx))],
      [right, p.highs(product, product)],
      [r, p.mix(p.load(xx), point)],
    ]
  })
  f.multiply(p2, left, right)
  f.line('// [X1 | Z1], [Z2^2 | Z2] -> [U1 | Z1 Z2]')
  f.multiply(p3, r, squared)
  f.line('// H = U2 - U1; [Y2 | H], [Z1^3 | H] -> [S2 | H^2]')
  f.pass((p) => {
    const product = p.load(p2)
    const difference = p.subtract(p.highs(product, product), p.load(p3))

    return [
      [h, difference],
      [left, p.lows(p.xor(p.load(yx), 'signs'), difference)],
      [right, p.lows(product, difference)],
    ]
  })
  f.multiply(p4, left, right)
  f.line('// R = S2 - S1; [R | H], [R | H^2] -> [R^2 | H^3]; [H^2 | H] for the next')
  f.pass((p) => {
    const product = p.load(p4)
    const difference = p.subtract(product, p.load(p1))
    const low = p.load(h)

    return [
      [r, p.lows(difference, low)],
      [right, p.mix(difference, product)],
      [left, p.cross(product, low)],
    ]
  })
  f.multiply(p5, r, right)
  f.line('// [U1 | Z1 Z2], [H^2 | H] -> [V | Z3]')
  f.multiply(p6, p3, left)
  endAddition(started, { square: p5, cube: [p5, 'hi'], v: [p6, 'lo'], r, y: p1, z: p6 })

  return finish('addEntryWeierstrass', ['entry', 'sign'])
}

/** Writes the running point as a table entry. */
function tableEntry(shape: Shape, layout: Layout, state: State): Made {
  const { f, xx, yz, at, finish } = start(shape, layout, state)
  const [left, right] = [at('left'), at('right')]
  const [yx, cube, squared] = [0, 1, 2].map((pairs) => offsetOf(ENTRY, pairs, shape)) as [
    Place,
    Place,
    Place,
  ]
  f.line('// [- | Z^2], then [Z^3 | -]')
  f.square(right, yz)
  f.pass((p) => {
    const point = p.load(yz)
    const squares = p.load(right)

    return [
      [yx, p.lows(point, p.load(xx))],
      [squared, p.highs(squares, point)],
      [left, p.highs(point, point)],
    ]
  })
  f.multiply(cube, left, squared)
  const made = finish('makeEntryWeierstrass', ['entry'])
  const powers = joinBounds(f.boundsOf(cube).lo, f.boundsOf(squared).lo)

  return { ...made, after: { ...made.after, z: joinBounds(made.after.z, powers) } }
}
