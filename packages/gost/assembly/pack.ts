/**
 * Packs octets into the form of `unpack-layout.ts`. Out of all ways to write them it looks for the
 * shortest by prices of the decisions, which it counts in the pass before.
 * @module
 */
import { UNPACK } from '../src/wasm/unpack-layout.ts'

const LONGEST = 273
const PASSES = 3
/** Earlier places that are tried for a match. */
const CHAIN = 256

/** What is written at one place: a literal, a match, or a repeat of the distance with that number. */
export type Step = {
  readonly kind: 'literal' | 'match' | 'repeat'
  readonly length: number
  /** Of a match: from 1. Of a repeat: 0 to 3. */
  readonly distance: number
}

type Distances = readonly [number, number, number, number]

/** What a decision depends on besides the octets before. */
type Context = { readonly state: number; readonly distances: Distances }

/** Takes decisions: bit under probability `index`, or bits of even chance when it is undefined. */
type Sink = (index: number | undefined, bit: number) => void

const KINDS = { literal: 0, match: 1, repeat: 2 } as const

const START: Context = { state: 0, distances: [1, 1, 1, 1] }

const advance = ({ state, distances }: Context, step: Step): Context => ({
  state: KINDS[step.kind] * 3 + Math.floor(state / 3),
  distances:
    step.kind === 'literal'
      ? distances
      : step.kind === 'match'
        ? [step.distance, distances[0], distances[1], distances[2]]
        : toFront(distances, step.distance),
})

const toFront = (distances: Distances, which: number): Distances => {
  const [a, b, c, d] = distances

  return which === 0
    ? distances
    : which === 1
      ? [b, a, c, d]
      : which === 2
        ? [c, a, b, d]
        : [d, a, b, c]
}

const putTree = (put: Sink, at: number, bits: number, value: number): void => {
  for (let node = 1, i = bits - 1; i >= 0; i--) {
    const bit = (value >> i) & 1
    put(at + node, bit)
    node = node * 2 + bit
  }
}

const putReverseTree = (put: Sink, at: number, bits: number, value: number): void => {
  for (let node = 1, i = 0; i < bits; i++) {
    const bit = (value >> i) & 1
    put(at + node, bit)
    node = node * 2 + bit
  }
}

const putLength = (put: Sink, at: number, length: number): void => {
  const value = length - 2
  put(at, value < 8 ? 0 : 1)
  if (value < 8) {
    putTree(put, at + 2 - 1, 3, value)

    return
  }
  put(at + 1, value < 16 ? 0 : 1)
  if (value < 16) putTree(put, at + 10 - 1, 3, value - 8)
  else putTree(put, at + 18 - 1, 8, value - 16)
}

const putDistance = (put: Sink, length: number, distance: number): void => {
  const value = distance - 1
  const bits = 31 - Math.clz32(value)
  const slot = value < 4 ? value : 2 * bits + ((value >> (bits - 1)) & 1)
  putTree(put, UNPACK.slot + 64 * Math.min(length - 2, 3), 6, slot)
  if (slot < 4) return
  const low = (slot >> 1) - 1
  const rest = value - ((2 | (slot & 1)) << low)
  if (slot < 14) {
    putReverseTree(put, UNPACK.lowBits + 64 * (slot - 4), low, rest)

    return
  }
  for (let i = low - 1; i >= 4; i--) put(undefined, (rest >> i) & 1)
  putReverseTree(put, UNPACK.align, 4, rest & 15)
}

/** All decisions of one step. */
function putStep(
  put: Sink,
  octets: Uint8Array,
  { at, context, step }: { readonly at: number; readonly context: Context; readonly step: Step },
): void {
  const { state, distances } = context
  put(UNPACK.isMatch + state, step.kind === 'literal' ? 0 : 1)
  if (step.kind === 'literal') {
    putLiteral(put, octets, { at, state, distance: distances[0] })
  } else if (step.kind === 'match') {
    put(UNPACK.isRepeat + state, 0)
    putLength(put, UNPACK.matchLength, step.length)
    putDistance(put, step.length, step.distance)
  } else {
    put(UNPACK.isRepeat + state, 1)
    put(UNPACK.isFirst + state, step.distance === 0 ? 0 : 1)
    if (step.distance === 0) {
      put(UNPACK.isLong + state, step.length === 1 ? 0 : 1)
      if (step.length === 1) return
    } else {
      put(UNPACK.isSecond + state, step.distance === 1 ? 0 : 1)
      if (step.distance > 1) put(UNPACK.isThird + state, step.distance - 2)
    }
    putLength(put, UNPACK.repeatLength, step.length)
  }
}

/** After a match the octet that would have gone on with it is a hint, as long as it is right. */
function putLiteral(
  put: Sink,
  octets: Uint8Array,
  {
    at,
    state,
    distance,
  }: { readonly at: number; readonly state: number; readonly distance: number },
): void {
  const before = octets[at - 1] ?? 0
  const probabilities = UNPACK.literal + 768 * (before >> (8 - UNPACK.literalBits))
  const octet = octets[at] ?? 0
  if (state < 3) {
    putTree(put, probabilities, 8, octet)

    return
  }
  const hint = octets[at - distance] ?? 0
  let isRight = true
  for (let node = 1, i = 7; i >= 0; i--) {
    const bit = (octet >> i) & 1
    const hinted = (hint >> i) & 1
    put(probabilities + (isRight ? (hinted + 1) * 256 : 0) + node, bit)
    isRight &&= bit === hinted
    node = node * 2 + bit
  }
}

/** Lengths of what comes again: for each length the nearest earlier place, by places with equal starts. */
function* matchesAt(
  octets: Uint8Array,
  at: number,
  earlier: Int32Array,
): Generator<{ readonly length: number; readonly distance: number }> {
  let longest = 1
  for (let from = earlier[at] ?? -1, tries = 0; from >= 0 && tries < CHAIN; tries++) {
    const length = commonLength(octets, from, at)
    if (length > longest) {
      longest = length
      yield { length, distance: at - from }
    }
    from = earlier[from] ?? -1
  }
}

const commonLength = (octets: Uint8Array, from: number, at: number): number => {
  const most = Math.min(LONGEST, octets.length - at)
  let length = 0
  while (length < most && octets[from + length] === octets[at + length]) length++

  return length
}

/** For each place the last one before that starts with the same two octets. */
const chainsOf = (octets: Uint8Array): Int32Array => {
  const earlier = new Int32Array(octets.length).fill(-1)
  const last = new Map<number, number>()
  for (let at = 0; at + 1 < octets.length; at++) {
    const start = ((octets[at] ?? 0) << 8) | (octets[at + 1] ?? 0)
    earlier[at] = last.get(start) ?? -1
    last.set(start, at)
  }

  return earlier
}

/** Prices in bits of both values of each decision. */
type Prices = readonly [Float64Array, Float64Array]

/** The cheapest way to write the octets. */
function parse(octets: Uint8Array, earlier: Int32Array, prices: Prices): readonly Step[] {
  const best = new Float64Array(octets.length + 1).fill(Number.POSITIVE_INFINITY)
  const steps: (Step | undefined)[] = new Array(octets.length + 1)
  const contexts: Context[] = new Array(octets.length + 1)
  let price = 0
  const count: Sink = (index, bit) => {
    price += index === undefined ? 1 : ((bit === 0 ? prices[0] : prices[1])[index] ?? 0)
  }
  const reach = (at: number, step: Step, cost: number): void => {
    const to = at + step.length
    if (cost >= (best[to] ?? 0)) return
    best[to] = cost
    steps[to] = step
    contexts[to] = advance(contexts[at] ?? START, step)
  }
  const priceOf = (run: () => void): number => {
    price = 0
    run()

    return price
  }
  best[0] = 0
  contexts[0] = START
  const lengthPrices = [UNPACK.matchLength, UNPACK.repeatLength].map((coder) =>
    Float64Array.from({ length: LONGEST + 1 }, (_, length) =>
      length < 2 ? 0 : priceOf(() => putLength(count, coder, length)),
    ),
  )
  for (let at = 0; at < octets.length; at++) {
    const context = contexts[at] ?? START
    const here = best[at] ?? 0
    const base = { at, context }
    const literal: Step = { kind: 'literal', length: 1, distance: 0 }
    reach(at, literal, here + priceOf(() => putStep(count, octets, { ...base, step: literal })))
    context.distances.forEach((back, which) => {
      if (back > at) return
      const most = commonLength(octets, at - back, at)
      if (which === 0 && most > 0) {
        const step: Step = { kind: 'repeat', length: 1, distance: 0 }
        reach(at, step, here + priceOf(() => putStep(count, octets, { ...base, step })))
      }
      if (most < 2) return
      const two: Step = { kind: 'repeat', length: 2, distance: which }
      const fixed =
        here +
        priceOf(() => putStep(count, octets, { ...base, step: two })) -
        (lengthPrices[1]?.[2] ?? 0)
      for (let length = 2; length <= most; length++) {
        reach(
          at,
          { kind: 'repeat', length, distance: which },
          fixed + (lengthPrices[1]?.[length] ?? 0),
        )
      }
    })
    let shortest = 2
    for (const { length: most, distance } of matchesAt(octets, at, earlier)) {
      const start = priceOf(() => {
        count(UNPACK.isMatch + context.state, 1)
        count(UNPACK.isRepeat + context.state, 0)
      })
      let distancePrice = 0
      for (let length = shortest; length <= most; length++) {
        if (length <= 5 || length === shortest) {
          distancePrice = priceOf(() => putDistance(count, length, distance))
        }
        reach(
          at,
          { kind: 'match', length, distance },
          here + start + (lengthPrices[0]?.[length] ?? 0) + distancePrice,
        )
      }
      shortest = most + 1
    }
  }
  const path: Step[] = []
  for (let at = octets.length; at > 0; ) {
    const step = steps[at]
    if (step === undefined) throw new Error('no way to write the octets')
    path.push(step)
    at -= step.length
  }

  return path.reverse()
}

function putAll(put: Sink, octets: Uint8Array, steps: readonly Step[]): void {
  let context = START
  let at = 0
  for (const step of steps) {
    putStep(put, octets, { at, context, step })
    context = advance(context, step)
    at += step.length
  }
}

/** Prices by how often each value was taken. */
function pricesOf(octets: Uint8Array, steps: readonly Step[]): Prices {
  const taken = [0, 1].map(() => new Float64Array(UNPACK.probabilityCount).fill(0.4))
  const [zeros = new Float64Array(0), ones = new Float64Array(0)] = taken
  putAll(
    (index, bit) => {
      const counts = bit === 0 ? zeros : ones
      if (index !== undefined) counts[index] = (counts[index] ?? 0) + 1
    },
    octets,
    steps,
  )

  return [
    zeros.map((zero, i) => Math.log2((zero + (ones[i] ?? 0)) / zero)),
    ones.map((one, i) => Math.log2((one + (zeros[i] ?? 0)) / one)),
  ]
}

/** The packed octets; `unpack` gives the same back, all or any first part of them. */
export function pack(octets: Uint8Array): Uint8Array<ArrayBuffer> {
  const earlier = chainsOf(octets)
  const even = new Float64Array(UNPACK.probabilityCount).fill(1)
  let steps = parse(octets, earlier, [even, even])
  for (let pass = 1; pass < PASSES; pass++) {
    steps = parse(octets, earlier, pricesOf(octets, steps))
  }

  return packSteps(octets, steps)
}

/** The same by given steps, which must lead to the octets. */
export function packSteps(octets: Uint8Array, steps: readonly Step[]): Uint8Array<ArrayBuffer> {
  const coder = createRangeEncoder()
  putAll(coder.put, octets, steps)

  return coder.end()
}

/** Arithmetic coding of binary decisions: the interval [low, low + range) is narrowed by each. */
function createRangeEncoder(): {
  readonly put: Sink
  readonly end: () => Uint8Array<ArrayBuffer>
} {
  const probabilities = new Uint16Array(UNPACK.probabilityCount).fill(1024)
  const out: number[] = []
  let low = 0
  let range = 2 ** 32 - 1
  // The last octet and a run of 0xff after it wait until it is known whether a carry reaches them.
  let waiting = 0
  let run = 0
  let isFirst = true

  const shift = (): void => {
    if (low < 0xff000000 || low >= 2 ** 32) {
      const carry = low >= 2 ** 32 ? 1 : 0
      if (!isFirst) out.push((waiting + carry) & 255)
      isFirst = false
      for (; run > 0; run--) out.push((255 + carry) & 255)
      waiting = Math.floor(low / 2 ** 24) & 255
    } else {
      run++
    }
    low = (low % 2 ** 24) * 256
  }

  return {
    put: (index, bit) => {
      const probability = index === undefined ? 1024 : (probabilities[index] ?? 1024)
      const bound = (range >>> 11) * probability
      if (bit === 0) range = bound
      else {
        low += bound
        range -= bound
      }
      if (index !== undefined) {
        probabilities[index] =
          bit === 0 ? probability + ((2048 - probability) >> 5) : probability - (probability >> 5)
      }
      while (range < 2 ** 24) {
        range *= 256
        shift()
      }
    },
    end: () => {
      for (let i = 0; i < 5; i++) shift()

      return Uint8Array.from(out)
    },
  }
}
