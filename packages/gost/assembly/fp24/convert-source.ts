/**
 * The AssemblyScript that takes FP24 numbers from octets and gives them back, least residues, and
 * that prepares the field. No branch and no address depends on a number.
 * @module
 */
import { fieldConstants } from './field-source.ts'
import type { Layout } from './layout.ts'
import type { Prime, Shape } from './shape.ts'
import { tableField } from './table-field-source.ts'

/** What the kinds of reduction do not share. */
export type FieldParts = {
  /** Which primes are served: for a comment. */
  readonly primes: string
  readonly declarations: string
  /** Addresses of the constants that both kinds have. */
  readonly round: number
  readonly down: number
  /** Statements of `setField`. */
  readonly take: string
  /** Statements of `toOctets` that bring `digits` and `top` between -p and 2p. */
  readonly shorten: string
}

/** A number as a literal of f64: whole numbers in full, for AssemblyScript takes `1e21` without a point amiss. */
export const float = (value: number): string =>
  Number.isInteger(value) ? `${BigInt(value)}.0` : String(value)

function foldField(shape: Shape, layout: Layout): FieldParts {
  const { n, byteLength } = shape
  const constant = fieldConstants(layout)
  const digits = layout.place('digits', 8 * n)
  const [larger, smaller] = shape.primes
  if (larger === undefined || smaller === undefined) throw new Error('two primes were expected')
  const choose = (value: (prime: Prime) => number): string =>
    `isLarger ? ${float(value(larger))} : ${float(value(smaller))}`

  return {
    ...constant,
    primes: `${larger.name}, or ${smaller.name}`,
    declarations: 'let topBits: i64 = 0\nlet tail: i64 = 0',
    take: `  const isLarger = load<u8>(p, ${byteLength - 1}) == 0xff
  topBits = isLarger ? ${larger.topBits} : ${smaller.topBits}
  tail = isLarger ? ${larger.tail} : ${smaller.tail}
  storeBoth(${constant.fold}, ${choose(({ fold }) => fold)})
  storeBoth(${constant.roundTop}, ${choose(({ topBits }) => 1.5 * 2 ** (52 + topBits))})
  storeBoth(${constant.tail}, ${choose(({ tail, topBits }) => tail * 2 ** -topBits)})
  store<i32>(${constant.carriesAgain}, isLarger ? ${Number(larger.carriesAgain)} : ${Number(smaller.carriesAgain)})`,
    shorten: `  carry = (top >> topBits) * tail
  top &= (1 << topBits) - 1
  for (let j: usize = 0; j < ${n - 1}; j++) {
    const limb = load<i64>(${digits} + (j << 3)) + carry
    store<i64>(${digits} + (j << 3), limb & 0xffffff)
    carry = limb >> 24
  }
  top += carry`,
  }
}

export function convertSource(shape: Shape, layout: Layout): string {
  const { n, byteLength } = shape
  const limbsOfP = layout.place('limbsOfP', 8 * n)
  const digits = layout.place('digits', 8 * n)
  const reduced = layout.place('reduced', 8 * n)
  const octets = layout.place('octets', byteLength)
  const top = 16 * (n - 1)
  const [loadTop, storeTop] =
    byteLength === 32 ? ['load<u16>', 'store<u16>'] : ['load<u8>', 'store<u8>']
  const field = shape.reduction === 'table' ? tableField(shape, layout) : foldField(shape, layout)

  return `
${field.declarations}

function storeBoth(address: usize, value: f64): void {
  store<f64>(address, value)
  store<f64>(address, value, 8)
}

/** Takes the prime at \`p\`: ${field.primes}. */
function setField(p: usize): void {
  storeBoth(${field.round}, ${float(1.5 * 2 ** 76)})
  storeBoth(${field.down}, ${float(2 ** -24)})
  for (let j: usize = 0; j < ${n - 1}; j++) {
    store<i64>(${limbsOfP} + (j << 3), i64(load<u32>(p + 3 * j) & 0xffffff))
  }
  store<i64>(${limbsOfP + 8 * (n - 1)}, i64(${loadTop}(p, ${3 * (n - 1)})))
${field.take}
}

/** One lane from octets below 2^${8 * byteLength}: limbs rounded to the nearest. \`lane\` is its address. */
function fromOctets(lane: usize, src: usize): void {
  let carry: i32 = 0
  for (let j: usize = 0; j < ${n - 1}; j++) {
    const limb = i32(load<u32>(src + 3 * j) & 0xffffff) + carry
    carry = (limb + 0x800000) >> 24
    store<f64>(lane + (j << 4), f64(limb - (carry << 24)))
  }
  store<f64>(lane, f64(i32(${loadTop}(src, ${3 * (n - 1)})) + carry), ${top})
}

/** The least residue of one lane, in octets. */
function toOctets(dst: usize, lane: usize): void {
  let carry: i64 = 0
  for (let j: usize = 0; j < ${n - 1}; j++) {
    const limb = i64(load<f64>(lane + (j << 4))) + carry
    store<i64>(${digits} + (j << 3), limb & 0xffffff)
    carry = limb >> 24
  }
  let top = i64(load<f64>(lane, ${top})) + carry
${field.shorten}
  // Now between -p and 2p: p is added to what is negative, then taken away if something is left.
  const isNegative = top >> 63
  carry = 0
  for (let j: usize = 0; j < ${n - 1}; j++) {
    const limb = load<i64>(${digits} + (j << 3)) + (load<i64>(${limbsOfP} + (j << 3)) & isNegative) + carry
    store<i64>(${digits} + (j << 3), limb & 0xffffff)
    carry = limb >> 24
  }
  top += (load<i64>(${limbsOfP + 8 * (n - 1)}) & isNegative) + carry
  carry = 0
  for (let j: usize = 0; j < ${n - 1}; j++) {
    const limb = load<i64>(${digits} + (j << 3)) - load<i64>(${limbsOfP} + (j << 3)) + carry
    store<i64>(${reduced} + (j << 3), limb & 0xffffff)
    carry = limb >> 24
  }
  const topLess = top - load<i64>(${limbsOfP + 8 * (n - 1)}) + carry
  const isBelowP = topLess >> 63
  for (let j: usize = 0; j < ${n - 1}; j++) {
    const limb = load<i64>(${reduced} + (j << 3))
    store<u32>(dst + 3 * j, u32(limb ^ ((limb ^ load<i64>(${digits} + (j << 3))) & isBelowP)))
  }
  ${storeTop}(dst, u32(topLess ^ ((topLess ^ top) & isBelowP)), ${3 * (n - 1)})
}

/** 1 when one lane is 0 modulo p, else 0. */
function isZeroLane(lane: usize): u32 {
  toOctets(${octets}, lane)

  return isZero(${octets}, ${byteLength})
}

function copyPair(dst: usize, src: usize): void {
  memory.copy(dst, src, ${16 * n})
}

/** Overwrites what the last numbers left. */
function wipeDigits(): void {
  memory.fill(${digits}, 0, ${8 * n})
  memory.fill(${reduced}, 0, ${8 * n})
  memory.fill(${octets}, 0, ${byteLength})
}
`
}
