import { power } from '../../src/affine-oracle.fixture.ts'
import { type CurveParameters, curveOf, type curves } from '../../src/curves.ts'
import { equalOctets, littleEndianToNumber } from '../../src/octets.ts'
import { isInSubgroup } from '../../src/subgroup.ts'
import type { WasmSource } from '../wasm-source.ts'
import { checkConversion, checkFormula, checkProducts, modulo } from './check-arithmetic.fixture.ts'
import { checkKeys, checkReadiness } from './check-keys.fixture.ts'
import { Inside } from './inside.fixture.ts'
import { fp24Pages, fp24Text } from './module-source.ts'
import { hasEdwards, type Shape, shape256, shape512, shapeAny256 } from './shape.ts'

const BLIND = [0xfedc_ba98_7654_3210n, 0x0123_4567_89ab_cdefn] as const

/** A secret scalar is hidden by 32 bits of blind, made odd, in regular digits; the wipe leaves nothing. */
function checkSecrets(inside: Inside): void {
  const { curve } = inside
  const { byteLength, q } = curve
  for (const scalar of [q / 3n, q / 3n + 1n]) {
    const multiply = (blind: readonly [bigint, bigint]): readonly number[] => {
      inside.put(inside.at('secret'), scalar)
      inside.put(inside.at('blind'), blind[0])
      inside.put(inside.at('blind') + byteLength, blind[1])
      inside.call('multiplyBase')

      return [...inside.octets('yz', 16 * inside.shape.n)]
    }
    const first = multiply(BLIND)
    const low = BLIND[1] & 0xffff_fffen
    const times = (scalar & 1n) === 1n ? low : low + 1n
    const blinded = littleEndianToNumber(inside.octets('blinded', byteLength + 8))
    inside.expect('the blinded scalar', blinded === scalar + times * q)
    const other = multiply([BLIND[0] + 2n, BLIND[1]])
    inside.expect('the random factor', first.join() !== other.join())
  }
}

const SECRETS = [
  'privateKey nonce blind secret secretProduct blinded random secretDigits chosen chosenSign compact',
  'xx yz gd left right bt uz al az xc sz rh rq hv columns digits reduced octets',
].flatMap((names) => names.split(' '))

/** The wipe clears every place that a secret passes, and no other. */
function checkWipe(inside: Inside): void {
  const { memory } = inside
  const start = inside.at('curve')
  const before = memory.slice()
  memory.fill(0x77, start)
  const expected = memory.slice()
  for (const place of SECRETS) {
    expected.fill(0, inside.at(place), inside.at(place) + inside.size(place))
  }
  inside.call('wipe')
  inside.expect('what a wipe leaves', equalOctets(expected.slice(start), memory.slice(start)))
  memory.set(before)
}

/** Nothing is said of a sum that is infinity but where the formulas are complete. */
function checkInfinity(inside: Inside): void {
  const { curve, probe } = inside
  const d = curve.q / 5n
  const { x, y } = probe.derive(d, [3n, 5n])
  const answer = probe.verify({ x, y, e: 7n, r: 5n, s: (5n * d) % curve.q })
  inside.expect('infinity', answer === (curve.edwardsD === undefined ? 2 : 0))
}

/** Points by their first coordinates, and whether q times each is infinity, once for all modules. */
const judgedPoints = new Map<string, ReturnType<typeof judgePoints>>()

const judgePoints = (curve: CurveParameters) =>
  Array.from({ length: 24 }, (_, i) => curve.p / 7n + BigInt(i)).flatMap((x) => {
    const { p, a, b } = curve
    const square = modulo(x ** 3n + a * x + b, p)
    const y = power(square, (p + 1n) / 4n, p)

    return modulo(y * y, p) === square ? [{ x, y, isInside: isInSubgroup(curve, x, y) }] : []
  })

/** Points of every kind are judged right, and what is raised to a power was carried before. */
function checkSubgroup(inside: Inside): void {
  const { curve, probe } = inside
  const points = judgedPoints.get(curve.name) ?? judgePoints(curve)
  judgedPoints.set(curve.name, points)
  for (const { x, y, isInside } of points) {
    inside.expect('the subgroup', probe.checkKey(x, y) === (isInside ? 0 : 3))
    const limbs = inside.limbs(inside.at('uz'), 0).slice(0, -1)
    inside.expect(
      'a carry before a power',
      limbs.every((limb) => Math.abs(limb) < 2 ** 23 + 2 ** 14),
    )
  }
}

/**
 * The constants of Edwards form are worked out where the curve has that form, and there alone; the neutral
 * point has Z = 1 whatever was before.
 */
function checkForm(inside: Inside): void {
  for (const lane of [0, 1] as const) inside.setLimbs(inside.at('left'), lane, inside.shape.limbs)
  inside.call('startOne')
  for (const place of ['xx', 'yz']) {
    inside.expect(
      'the neutral point',
      inside.limbs(inside.at(place), 0).every((limb) => limb === 0) &&
        inside.limbs(inside.at(place), 1).every((limb, j) => limb === (j === 0 ? 1 : 0)),
    )
  }
  const shifts = inside.octets('shifts', 16)
  shifts.fill(0x33)
  inside.reset()
  inside.expect(
    'the constants of Edwards form',
    shifts.every((octet) => octet === 0x33) === (inside.curve.edwardsD === undefined),
  )
}

const probeOf = (shape: Shape, names: readonly (keyof typeof curves)[]): WasmSource => ({
  name: `${shape.name} inside`,
  variants: ['simd'],
  memoryPages: fp24Pages(shape) + 1,
  source: (variant) => {
    const { text, layout } = fp24Text(shape, variant)
    for (const name of ['probeA', 'probeB', 'probeR']) layout.place(name, 16 * shape.n)
    const places = [...layout.places].map(
      ([name, { address, byteLength }]) =>
        `export const place_${name}: i32 = ${address}\nexport const size_${name}: i32 = ${byteLength}\n`,
    )

    return text.replaceAll(/^(function|let) /gm, 'export $1 ') + places.join('')
  },
  check: (module) => {
    checkFormula(shape)
    for (const name of names) {
      const inside = new Inside(shape, curveOf(name), module)
      checkConversion(inside)
      checkProducts(inside, 12)
      checkSecrets(inside)
      if (hasEdwards(shape)) checkForm(inside)
      if (inside.curve.edwardsD !== undefined) checkSubgroup(inside)
      checkInfinity(inside)
      checkKeys(inside)
      checkReadiness(inside)
      checkWipe(inside)
    }
  },
})

/**
 * The modules with all their functions exported, to be asked for what no signature shows: never shipped.
 */
export const fp24Probes: readonly WasmSource[] = [
  probeOf(shape256, ['cryptopro-A', 'cryptopro-B', 'tc26-256-A']),
  probeOf(shape512, ['tc26-512-A', 'tc26-512-B', 'tc26-512-C']),
  probeOf(shapeAny256, ['cryptopro-C', 'cryptopro-A']),
]
