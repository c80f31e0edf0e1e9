/**
 * A whole curve module over FP24, as `assembly/abi.md` tells it.
 * @module
 */
import type { WasmVariant } from '../../src/wasm/load-module.ts'
import { integersSource } from '../integers/integers-source.ts'
import { combSource, secretCombBytes, signSource } from './comb-source.ts'
import { convertSource } from './convert-source.ts'
import { edwardsPointsSource } from './edwards-points-source.ts'
import { fieldSource, multiplyAddOf } from './field-source.ts'
import { keyCacheSource } from './key-cache-source.ts'
import { Layout } from './layout.ts'
import { affinePairs, hasEdwards, type Shape } from './shape.ts'
import { BASE_WIDTH, ladderSource } from './verify-source.ts'
import { entryBytes, weierstrassSource } from './weierstrass-source.ts'

const BATCH_SIZE = 64
/** Pairs that point formulas write to. */
const SCRATCH = [
  'xx',
  'yz',
  'gd',
  'left',
  'right',
  'bt',
  'uz',
  'al',
  'az',
  'xc',
  'sz',
  'rh',
  'rq',
  'hv',
] as const
/** Where the places of this room begin; what the integers and constants need ends before. */
const START = 4096

/** 64 KiB pages that a module of the shape takes. */
export function fp24Pages(shape: Shape): number {
  return Math.ceil(fp24Text(shape, 'simd').layout.end / 65_536)
}

/** The AssemblyScript of a module, and where its places are. */
export function fp24Text(
  shape: Shape,
  variant: WasmVariant,
): { readonly text: string; readonly layout: Layout } {
  const layout = new Layout(START)

  return { text: moduleText(shape, variant, layout), layout }
}

function moduleText(shape: Shape, variant: WasmVariant, layout: Layout): string {
  const { byteLength: bytes, n } = shape
  const pair = 16 * n
  const entry = entryBytes(shape)
  const place = (name: string, byteLength: number): number => layout.place(name, byteLength)
  const curve = place('curve', 8 * bytes)
  const [key, digest, signature] = [
    place('key', BATCH_SIZE * 2 * bytes),
    place('digest', BATCH_SIZE * bytes),
    place('signature', BATCH_SIZE * 2 * bytes),
  ]
  const result = place('result', BATCH_SIZE)
  const privateKey = place('privateKey', bytes)
  const nonce = place('nonce', bytes)
  const blind = place('blind', 2 * bytes)
  const modulusP = place('modulusP', 224)
  const modulusQ = place('modulusQ', 224)
  const inverses = place('inverses', BATCH_SIZE * bytes)
  const scratch = place('scratch', BATCH_SIZE * bytes)
  const signs = place('signs', 32)
  const [z1, z2] = [place('z1', bytes), place('z2', bytes)]
  const [xx, yz, left, right] = ['xx', 'yz', 'left', 'right'].map((name) => place(name, pair)) as [
    number,
    number,
    number,
    number,
  ]
  const coefficients = place('coefficients', pair)
  const point = place('point', pair)
  const affine = affinePairs(shape) * pair
  const baseTable = place('baseTable', (1 << (BASE_WIDTH - 2)) * affine)
  const jacobian = place('jacobian', 64 * 2 * pair)
  const products = place('products', 64 * pair)
  const twice = place('twice', entry)
  const inverse = place('inverse', bytes)
  const number = place('number', bytes)

  const ifEdwards = (text: string): string => (hasEdwards(shape) ? text : '')

  return `
${integersSource()}
${fieldSource(shape, layout, multiplyAddOf(variant))}
${convertSource(shape, layout)}
${weierstrassSource(shape, layout)}

export const byteLength: i32 = ${bytes}
export const batchSize: i32 = ${BATCH_SIZE}
export const curveAddress: i32 = ${curve}
export const keyAddress: i32 = ${key}
export const digestAddress: i32 = ${digest}
export const signatureAddress: i32 = ${signature}
export const resultAddress: i32 = ${result}
export const privateKeyAddress: i32 = ${privateKey}
export const nonceAddress: i32 = ${nonce}
export const blindAddress: i32 = ${blind}

const modulusP: usize = ${modulusP}
const modulusQ: usize = ${modulusQ}
${hasEdwards(shape) ? edwardsPointsSource(shape, layout) : ''}
${groupSource(shape)}
${ladderSource(shape, layout)}
${combSource(shape, layout)}
${keyCacheSource(shape, layout)}
${signSource(shape, layout, SCRATCH)}

/** Both lanes become the inverse of the pair's first lane; public numbers. */
function invertLane(dst: usize, lane: usize): void {
  toOctets(${number}, lane)
  invertFast(${inverse}, ${number}, modulusP)
  fromOctets(dst, ${inverse})
  fromOctets(dst + 8, ${inverse})
}

/** Keeps P for \`normalise\` as number \`i\`: [X | Y], [Z | Z]. */
function keepJacobian(i: usize): void {
  const to = ${jacobian} + i * ${2 * pair}
  for (let j: usize = 0; j < ${pair}; j += 16) {
    const first = v128.load(${xx} + j)
    const second = v128.load(${yz} + j)
    v128.store(to + j, v128.shuffle<f64>(first, second, 0, 2))
${ifEdwards('    if (isEdwards) v128.store(to + j, first)')}
    v128.store(to + j, v128.shuffle<f64>(second, second, 1, 3), ${pair})
  }
}

/** Writes the kept points as affine [x | y], one after the other; none may be infinite. */
function normalise(dst: usize, count: usize): void {
  copyPair(${products}, ${jacobian + pair})
  for (let i: usize = 1; i < count; i++) {
    const at = ${products} + i * ${pair}
    multiply(at, at - ${pair}, ${jacobian + pair} + i * ${2 * pair})
  }
  invertLane(${left}, ${products} + (count - 1) * ${pair})
  for (let i = isize(count) - 1; i >= 0; i--) {
    const from = ${jacobian} + usize(i) * ${2 * pair}
    // \`right\` = 1 / Z_i, \`left\` = 1 / (Z_0 ... Z_(i-1))
    if (i > 0) {
      multiply(${right}, ${left}, ${products} + usize(i - 1) * ${pair})
      multiply(${left}, ${left}, from + ${pair})
    } else copyPair(${right}, ${left})
${ifEdwards(`    if (isEdwards) {
      makeAffineEdwards(dst + usize(i) * ${affine}, from)
      continue
    }`)}
    // [1/Z^2 | 1/Z^2], then [1 | 1/Z] times that
    square(${products} + usize(i) * ${pair}, ${right})
    for (let j: usize = 0; j < ${pair}; j += 16) {
      v128.store(${right} + j, v128.shuffle<f64>(f64x2.splat(j == 0 ? 1 : 0), v128.load(${right} + j), 0, 2))
    }
    multiply(${right}, ${right}, ${products} + usize(i) * ${pair})
    multiply(dst + usize(i) * ${affine}, from, ${right})
  }
}

let isBaseReady = false

/** What everything needs: field, moduli, coefficients. */
export function setCurve(): void {
  isBaseReady = false
  isCombReady = false
  forgetKeys()
  setField(${curve})
  prepareModulus(modulusP, ${curve}, ${bytes})
  prepareModulus(modulusQ, ${curve + 3 * bytes}, ${bytes})
  store<u64>(${signs + 16}, 0x8000000000000000)
  store<u64>(${signs + 24}, 0x8000000000000000)
  fromOctets(${coefficients}, ${curve + bytes})
  fromOctets(${coefficients + 8}, ${curve + 2 * bytes})
${ifEdwards('  setEdwards()')}
}

/** The odd multiples of G, at the first verification. */
function prepareBase(): void {
  if (isBaseReady) return
  isBaseReady = true
  takeKey(${curve + 4 * bytes})
  startKey()
  keepJacobian(0)
  double()
  makeEntry(${twice})
  startKey()
  for (let i: usize = 1; i < ${1 << (BASE_WIDTH - 2)}; i++) {
    addEntry(${twice}, ${signs})
    keepJacobian(i)
  }
  normalise(${baseTable}, ${1 << (BASE_WIDTH - 2)})
}

/** What is wrong with the key at \`key\`, as \`checkKey\` says it; a good one is left in \`point\`. */
function examineKey(key: usize): i32 {
  if (!isBelow(key, modulusP, ${bytes}) || !isBelow(key + ${bytes}, modulusP, ${bytes})) return 1
  takeKey(key)
  // [x^2 | y^2]; x (x^2 + a) + b - y^2
  square(${right}, ${point})
  for (let j: usize = 0; j < ${pair}; j += 16) {
    v128.store(${left} + j, f64x2.add(v128.load(${right} + j), v128.load(${coefficients} + j)))
  }
  multiply(${left}, ${left}, ${point})
  for (let j: usize = 0; j < ${pair}; j += 16) {
    const rest = f64x2.sub(v128.load(${coefficients} + j), v128.load(${right} + j))
    v128.store(${left} + j, f64x2.add(v128.load(${left} + j), v128.shuffle<f64>(rest, rest, 1, 3)))
  }
  if (!isZeroLane(${left})) return 2

  return ${ifEdwards('isEdwards && !isInSubgroup() ? 3 : ')}0
}

export function checkKey(): i32 {
  return examineKey(${key})
}

/** P = the key in \`point\`. */
function startKey(): void {
${ifEdwards(`  if (isEdwards) {
    startKeyEdwards()
    return
  }`)}
  startAffine(${point}, ${signs})
}

/** \`point\` = a key that is known to be good. */
function takeKey(key: usize): void {
  fromOctets(${point}, key)
  fromOctets(${point + 8}, key + ${bytes})
}

function verifyOne(key: usize, signature: usize, inverse: usize): i32 {
  if (!isInRange(signature, modulusQ) || !isInRange(signature + ${bytes}, modulusQ)) return 0
  const slot = slotOf(key)
  if (slot < 0) return 0
  findFactors(${z1}, ${z2}, signature, signature + ${bytes}, inverse, modulusQ)
  const comb = combOf(slot)
  if (comb == 0) climb(tableOf(slot))
  else addCombs(${place('secretComb', secretCombBytes(shape))}, comb, ${z1}, ${z2})

  return compare(signature)
}

export function verify(): i32 {
  prepareBase()
  loadDigest(${inverses}, ${digest}, modulusQ)
  invertMany(${inverses}, 1, ${scratch}, modulusQ)

  return verifyOne(${key}, ${signature}, ${inverses})
}

export function verifyBatch(count: i32): void {
  prepareBase()
  for (let i: usize = 0; i < usize(count); i++) {
    loadDigest(${inverses} + i * ${bytes}, ${digest} + i * ${bytes}, modulusQ)
  }
  invertMany(${inverses}, count, ${scratch}, modulusQ)
  for (let i: usize = 0; i < usize(count); i++) {
    store<u8>(
      ${result} + i,
      verifyOne(${key} + i * ${2 * bytes}, ${signature} + i * ${2 * bytes}, ${inverses} + i * ${bytes}),
    )
  }
}

export function reduceDigest(): void {
  loadDigest(${digest}, ${digest}, modulusQ)
}
`
}

/** The operations of the curve at hand, by their names without a suffix. */
function groupSource(shape: Shape): string {
  const operations = [
    ['double', ''],
    ['addAffine', 'entry: usize, sign: usize'],
    ['addEntry', 'entry: usize, sign: usize'],
    ['makeEntry', 'entry: usize'],
    ['startAffine', 'entry: usize, sign: usize'],
    ['startEntry', 'entry: usize, sign: usize'],
  ] as const

  return operations
    .map(([name, parameters]) => {
      const passed = parameters.replaceAll(': usize', '')
      const other = hasEdwards(shape) ? `if (isEdwards) ${name}Edwards(${passed})\n  else ` : ''

      return `
function ${name}(${parameters}): void {
  ${other}${name}Weierstrass(${passed})
}
`
    })
    .join('')
}
