import { power } from '../../src/affine-oracle.fixture.ts'
import { answerDigest, CURVE_ANSWERS } from '../../src/curve-answers.ts'
import { type CurveParameters, curveOf, type curves } from '../../src/curves.ts'
import { equalOctets, littleEndianToNumber, octetsOfHex } from '../../src/octets.ts'
import { isInSubgroup } from '../../src/subgroup.ts'
import type { WasmSource } from '../wasm-source.ts'
import { type Bounds, loadedBounds, productBounds, scaleBounds } from './bounds.ts'
import { Formula } from './formula.ts'
import { Inside } from './inside.fixture.ts'
import { Layout } from './layout.ts'
import { fp24Pages, fp24Text } from './module-source.ts'
import { hasEdwards, type Shape, shape256, shape512, shapeAny256 } from './shape.ts'

const modulo = (value: bigint, p: bigint): bigint => ((value % p) + p) % p

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
function checkFormula(shape: Shape): void {
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
function checkConversion(inside: Inside): void {
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
function checkProducts(inside: Inside, rounds: number): void {
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

/** Tables of keys, combs of frequent ones, and who has to make place. */
function checkKeys(inside: Inside): void {
  const { curve, probe } = inside
  const { byteLength } = curve
  const combs = byteLength === 32 ? 8 : 4
  const blind = [3n, 5n] as const
  const keys = Array.from({ length: 66 }, (_, i) => probe.derive(BigInt(i + 2) ** 41n, blind))
  const slotOf = (i: number): number => {
    const key = keys[i]
    if (key === undefined) return -2
    inside.put(inside.at('key'), key.x)
    inside.put(inside.at('key') + byteLength, key.y)

    return inside.call('slotOf', inside.at('key'))
  }
  // Anew: nothing is ready, so a comb for a key must make that of G too.
  inside.reset()
  inside.expect('clock', inside.variable('clock').value === 0)
  for (let i = 0; i < 64; i++) inside.expect('a free slot', slotOf(i) === i)
  inside.expect('the same slot', slotOf(0) === 0 && inside.word('uses', 0) === 2)
  inside.expect('the stamp', inside.word('stamps', 0) === 65)
  inside.expect('the oldest slot', slotOf(64) === 1 && slotOf(65) === 2)
  inside.expect('its use', inside.word('uses', 1) === 1)
  for (let i = 1; i < 15; i++) slotOf(3)
  inside.expect('no comb yet', inside.call('combOf', 3) === 0 && inside.word('uses', 3) === 15)
  inside.expect('no comb of G', inside.variable('isCombReady').value === 0)
  slotOf(3)
  inside.expect('a comb', inside.call('combOf', 3) === inside.at('keyCombs'))
  inside.expect('a comb of G', inside.variable('isCombReady').value === 1)
  inside.expect(
    'its owner',
    inside.word('combOwners', 0) === 4 && inside.word('ownedCombs', 3) === 1,
  )
  inside.expect('the next oldest', slotOf(1) === 4)
  inside.setWord('stamps', 3, 1)
  inside.expect('the owner stays', slotOf(2) === 5 && slotOf(3) === 3)
  // All combs taken: a key gets one when its owner comes less than half as often.
  const give = (slot: number, count: number): void => {
    inside.setWord('uses', slot, count - 1)
    slotOf(slot)
  }
  inside.setWord('uses', 3, 1000)
  for (let i = 1; i < combs; i++) give(8 + i, 48)
  inside.expect(
    'all combs',
    Array.from({ length: combs - 1 }, (_, i) => inside.word('ownedCombs', 9 + i) === i + 2).every(
      Boolean,
    ),
  )
  inside.setWord('uses', 3, 24)
  give(30, 48)
  inside.expect('no comb for as many', inside.call('combOf', 30) === 0)
  inside.setWord('uses', 3, 23)
  const others = (): Uint8Array =>
    inside.octets('keyCombs', inside.size('keyCombs')).slice(inside.size('keyCombs') / combs)
  const before = others()
  give(30, 48)
  inside.expect('the other combs stay', equalOctets(before, others()))
  inside.expect('the comb of a rarer key', inside.word('ownedCombs', 30) === 1)
  inside.expect('its owner of before', inside.word('ownedCombs', 3) === 0)
  give(30, 112)
  inside.expect('one comb for a key', inside.word('combOwners', 1) === 10)
  inside.variable('clock').value = 65_534
  inside.setWord('uses', 40, 10)
  inside.setWord('uses', 63, 10)
  inside.setWord('uses', 0, 10)
  slotOf(41)
  inside.expect('counts stay', inside.word('uses', 40) === 10)
  slotOf(42)
  inside.expect(
    'counts are halved',
    [0, 40, 63].every((slot) => inside.word('uses', slot) === 5),
  )
  inside.call('forgetKeys')
  const areas = [
    ['stamps', 256],
    ['uses', 256],
    ['ownedCombs', 256],
    ['combOwners', 4 * combs],
  ] as const
  inside.expect(
    'all is forgotten',
    inside.variable('clock').value === 0 &&
      areas.every(([place, length]) => inside.octets(place, length).every((octet) => octet === 0)),
  )
}

/** What is ready is not made again. */
function checkReadiness(inside: Inside): void {
  for (const [prepare, place] of [
    ['prepareComb', 'secretComb'],
    ['prepareBase', 'baseTable'],
  ] as const) {
    inside.call(prepare)
    const start = inside.octets(place, 16)
    start.fill(0x33)
    inside.call(prepare)
    inside.expect(
      prepare,
      start.every((octet) => octet === 0x33),
    )
  }
  // Whoever verifies many first makes the table of G too.
  inside.reset()
  const { curve, probe } = inside
  const answer = CURVE_ANSWERS[curve.name]
  const [x, y, r, s] = [answer.publicKey, answer.signature].flatMap((hex) => {
    const octets = octetsOfHex(hex)

    return [0, curve.byteLength].map((from) =>
      littleEndianToNumber(octets.subarray(from, from + curve.byteLength)),
    )
  })
  if (x === undefined || y === undefined || r === undefined || s === undefined) {
    throw new Error(`${curve.name} has no answer`)
  }
  const e = littleEndianToNumber(answerDigest(curve.byteLength))
  inside.expect('many first', probe.verifyBatch([{ x, y, e, r, s }])[0] === 1)
  inside.reset()
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
