/**
 * The AssemblyScript that verifies on y^2 = x^3 - 3x + b: C = z1 G + z2 Q by interleaved digits, then
 * X = r Z^2 instead of an inverse of Z. Keys that come again keep their table; those that come often
 * get a comb, which needs no doubling.
 * @module
 */
import type { Layout } from './layout.ts'
import { affinePairs, hasEdwards, type Shape } from './shape.ts'
import { entryBytes } from './weierstrass-source.ts'

/** Odd multiples of G: 1, 3 ... 127. */
export const BASE_WIDTH = 8
/**
 * Odd multiples of a key: 1, 3 ... 15, or to 31 where scalars are long enough to pay for the table.
 */
export const keyWidth = (shape: Shape): 5 | 6 => (shape.byteLength === 32 ? 5 : 6)

export function ladderSource(shape: Shape, layout: Layout): string {
  const { n, byteLength } = shape
  const pair = 16 * n
  const entry = entryBytes(shape)
  const affine = affinePairs(shape) * pair
  const baseTable = layout.place('baseTable', (1 << (BASE_WIDTH - 2)) * affine)
  const xx = layout.place('xx', pair)
  const yz = layout.place('yz', pair)
  const twice = layout.place('twice', entry)
  const digits1 = layout.place('digits1', 8 * byteLength + 16)
  const digits2 = layout.place('digits2', 8 * byteLength + 16)
  const z1 = layout.place('z1', byteLength)
  const z2 = layout.place('z2', byteLength)
  const left = layout.place('left', pair)
  const right = layout.place('right', pair)
  const candidate = layout.place('candidate', byteLength)
  const signs = layout.place('signs', 32)

  return `
/** P = the affine point [x | y], with the sign. */
function startAffineWeierstrass(entry: usize, sign: usize): void {
  const signs = v128.load(sign)
  for (let j: usize = 0; j < ${pair}; j += 16) {
    const point = v128.load(entry + j)
    v128.store(${xx} + j, v128.shuffle<f64>(point, point, 0, 2))
    v128.store(${yz} + j, v128.shuffle<f64>(v128.xor(point, signs), f64x2.splat(j == 0 ? 1 : 0), 1, 2))
  }
}

/** P = the point of a table entry, with the sign. */
function startEntryWeierstrass(entry: usize, sign: usize): void {
  const signs = v128.load(sign)
  for (let j: usize = 0; j < ${pair}; j += 16) {
    const point = v128.load(entry + j)
    const power = v128.load(entry + j, ${2 * pair})
    v128.store(${xx} + j, v128.shuffle<f64>(point, point, 1, 3))
    v128.store(${yz} + j, v128.shuffle<f64>(v128.xor(point, signs), power, 0, 3))
  }
}

/** Writes P, 3P ... ${2 ** (keyWidth(shape) - 1) - 1}P as table entries; P is then of no use. */
function fillTable(table: usize): void {
  makeEntry(table)
  double()
  makeEntry(${twice})
  startEntry(table, ${signs})
  for (let i: usize = 1; i < ${1 << (keyWidth(shape) - 2)}; i++) {
    addEntry(${twice}, ${signs})
    makeEntry(table + i * ${entry})
  }
}

/** P = z1 G + z2 Q, by the digits of both. */
function climb(table: usize): void {
  const count1 = recodeSparse(${digits1}, ${z1}, ${BASE_WIDTH}, ${byteLength})
  const count2 = recodeSparse(${digits2}, ${z2}, ${keyWidth(shape)}, ${byteLength})
  const count = max(count1, count2)
  let started = false
  for (let i = count - 1; i >= 0; i--) {
    if (started) double()
    const digit2 = i32(load<i8>(${digits2} + i))
    if (digit2 != 0) {
      const sign = ${signs} + (u32(digit2) >> 31 << 4)
      const at = table + usize(abs(digit2) >> 1) * ${entry}
      if (started) addEntry(at, sign)
      else startEntry(at, sign)
      started = true
    }
    const digit1 = i32(load<i8>(${digits1} + i))
    if (digit1 != 0) {
      const sign = ${signs} + (u32(digit1) >> 31 << 4)
      const at = ${baseTable} + usize(abs(digit1) >> 1) * ${affine}
      if (started) addAffine(at, sign)
      else startAffine(at, sign)
      started = true
    }
  }
}

${
  hasEdwards(shape)
    ? `
/** The same on a curve of Edwards form, where every case has its answer. */
function compareEdwards(): i32 {
  let isPossible = isBelow(${candidate}, modulusP, ${byteLength})
  while (isPossible) {
    fromOctets(${left}, ${candidate})
    if (hasCoordinate()) return 1
    isPossible = advanceCandidate(${candidate}, modulusQ, modulusP)
  }

  return 0
}
`
    : ''
}
/** Whether x(P) is r modulo q: 0 no, 1 yes, 2 when Z is 0 and nothing can be said. */
function compare(r: usize): i32 {
  memory.copy(${candidate}, r, ${byteLength})
${hasEdwards(shape) ? '  if (isEdwards) return compareEdwards()' : ''}
  if (isZeroLane(${yz + 8})) return 2
  square(${right}, ${yz})
  for (let j: usize = 0; j < ${pair}; j += 16) {
    const squares = v128.load(${right} + j)
    v128.store(${right} + j, v128.shuffle<f64>(squares, squares, 1, 3))
  }
  // A number that is not below p is no coordinate, though it may be r.
  let isPossible = isBelow(${candidate}, modulusP, ${byteLength})
  while (isPossible) {
    fromOctets(${left}, ${candidate})
    multiply(${left}, ${left}, ${right})
    for (let j: usize = 0; j < ${pair}; j += 16) {
      v128.store(${left} + j, f64x2.sub(v128.load(${left} + j), v128.load(${xx} + j)))
    }
    if (isZeroLane(${left})) return 1
    isPossible = advanceCandidate(${candidate}, modulusQ, modulusP)
  }

  return 0
}
`
}
