/**
 * The AssemblyScript of combs: for each five bits of a scalar the odd multiples 1, 3 ... 31 of the
 * point times a power of 32, affine, so that a multiplication is additions alone. An entry keeps its
 * limbs as f32: they have 24 bits.
 * @module
 */
import type { Layout } from './layout.ts'
import { affinePairs, hasEdwards, type Shape } from './shape.ts'
import { entryBytes } from './weierstrass-source.ts'

/** Odd multiples in a window of five bits. */
const ENTRIES = 16
/** Bits of random multiples of q that hide a secret scalar. */
const BLIND_BITS = 32

/** Octets of one pair in a comb. */
const narrowBytes = (shape: Shape): number => Math.ceil((8 * shape.n) / 16) * 16

/** A window: the first pairs of all its points, then their second ones. */
const windowBytes = (shape: Shape): number => affinePairs(shape) * ENTRIES * narrowBytes(shape)

/** Windows of a scalar that was only made odd: below 2q. */
export const publicWindows = (shape: Shape): number => Math.ceil((8 * shape.byteLength + 1) / 5)

/** Windows of a blinded scalar. */
export const secretWindows = (shape: Shape): number =>
  Math.ceil((8 * shape.byteLength + BLIND_BITS + 1) / 5)

export const publicCombBytes = (shape: Shape): number => publicWindows(shape) * windowBytes(shape)

export const secretCombBytes = (shape: Shape): number => secretWindows(shape) * windowBytes(shape)

export function combSource(shape: Shape, layout: Layout): string {
  const { n, byteLength } = shape
  const pair = 16 * n
  const narrow = narrowBytes(shape)
  const vectors = narrow / 16
  const entry = entryBytes(shape)
  const affine = affinePairs(shape) * pair
  const affinePoints = layout.place('affine', ENTRIES * affine)
  const base = layout.place('base', entry)
  const twice = layout.place('twice', entry)
  const signs = layout.place('signs', 32)
  const chosen = layout.place('chosen', affine)
  const compact = layout.place('compact', narrow)
  const chosenSign = layout.place('chosenSign', 16)
  const digits1 = layout.place('digits1', 8 * byteLength + 16)
  const digits2 = layout.place('digits2', 8 * byteLength + 16)
  const odd = layout.place('odd', byteLength + 16)
  const second = (line: string): string => (hasEdwards(shape) ? line : '')
  const vector = Array.from({ length: vectors }, (_, i) => i)

  return `
/** Writes affine pairs as f32, [x0 y0 x1 y1] in a vector. */
function narrowPairs(dst: usize, src: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    for (let j: usize = 0; j < ${8 * n}; j += 8) {
      store<f32>(dst + j, f32(load<f64>(src + 2 * j)))
      store<f32>(dst + j, f32(load<f64>(src + 2 * j, 8)), 4)
    }
    dst += ${narrow}
    src += ${affine}
  }
}

/** A compact point as a pair. */
function widen(dst: usize, src: usize): void {
  for (let j: usize = 0; j < ${8 * n}; j += 8) {
    v128.store(dst + 2 * j, f64x2.promote_low_f32x4(v128.load64_zero(src + j)))
  }
}

/** Writes the comb of P; P is then of no use. */
function fillComb(to: usize, windows: i32): void {
  for (let i = 0; i < windows; i++) {
    keepJacobian(0)
    makeEntry(${base})
    double()
    makeEntry(${twice})
    startEntry(${base}, ${signs})
    for (let m: usize = 1; m < ${ENTRIES}; m++) {
      addEntry(${twice}, ${signs})
      keepJacobian(m)
    }
    addEntry(${base}, ${signs})
    normalise(${affinePoints}, ${ENTRIES})
    narrowPairs(to, ${affinePoints}, ${ENTRIES})
${second(`    narrowPairs(to + ${ENTRIES * narrow}, ${affinePoints + pair}, ${ENTRIES})`)}
    to += ${windowBytes(shape)}
  }
}

/** \`dst\` = one pair of the multiple that a digit names, without its sign; every entry is read. */
function choosePair(dst: usize, at: usize, digit: i32): void {
  const wanted = (digit ^ (digit >> 31)) >> 1
${vector.map((i) => `  let s${i} = i64x2.splat(0)`).join('\n')}
  for (let i = 0; i < ${ENTRIES}; i++) {
    const mask = i64x2.splat((i64(i ^ wanted) - 1) >> 63)
${vector.map((i) => `    s${i} = v128.or(s${i}, v128.and(mask, v128.load(at, ${16 * i})))`).join('\n')}
    at += ${narrow}
  }
${vector.map((i) => `  v128.store(${compact + 16 * i}, s${i})`).join('\n')}
  widen(dst, ${compact})
}

/** \`chosen\` = the multiple that a digit names, \`chosenSign\` its sign. */
function choose(at: usize, digit: i32): void {
  choosePair(${chosen}, at, digit)
${second(`  if (isEdwards) choosePair(${chosen + pair}, at + ${ENTRIES * narrow}, digit)`)}
  v128.store(${chosenSign}, i64x2.splat(i64(digit) & 0x8000000000000000))
}

/** \`chosen\` = the multiple that a public digit names. */
function look(at: usize, digit: i32): void {
  at += usize((digit ^ (digit >> 31)) >> 1) * ${narrow}
  widen(${chosen}, at)
${second(`  if (isEdwards) widen(${chosen + pair}, at + ${ENTRIES * narrow})`)}
}

/** P = P + the multiple that a digit names; for public digits. */
function addFromComb(at: usize, digit: i32): void {
  look(at, digit)
  addAffine(${chosen}, ${signs} + (u32(digit) >> 31 << 4))
}

/** P = z1 G + z2 Q by the combs of both. */
function addCombs(baseComb: usize, keyComb: usize, z1: usize, z2: usize): void {
  makeOdd(${odd}, z1, modulusQ)
  recodeRegularly(${digits1}, ${odd}, ${publicWindows(shape)}, ${byteLength + 4})
  makeOdd(${odd}, z2, modulusQ)
  recodeRegularly(${digits2}, ${odd}, ${publicWindows(shape)}, ${byteLength + 4})
  for (let i: usize = 0; i < ${publicWindows(shape)}; i++) {
    const digit = i32(load<i8>(${digits1} + i))
    if (i == 0) {
      look(baseComb, digit)
      startAffine(${chosen}, ${signs} + (u32(digit) >> 31 << 4))
    } else addFromComb(baseComb, digit)
    addFromComb(keyComb, i32(load<i8>(${digits2} + i)))
    baseComb += ${windowBytes(shape)}
    keyComb += ${windowBytes(shape)}
  }
}
`
}

/** The AssemblyScript of signing and of deriving a public key. */
export function signSource(shape: Shape, layout: Layout, scratchNames: readonly string[]): string {
  const { n, byteLength: bytes } = shape
  const pair = 16 * n
  const place = (name: string, byteLength: number): number => layout.place(name, byteLength)
  const [privateKey, nonce, blind] = [
    place('privateKey', bytes),
    place('nonce', bytes),
    place('blind', 2 * bytes),
  ]
  const [key, digest, signature] = [
    place('key', 64 * 2 * bytes),
    place('digest', 64 * bytes),
    place('signature', 64 * 2 * bytes),
  ]
  const secret = place('secret', bytes)
  const product = place('secretProduct', bytes)
  const blinded = place('blinded', bytes + 16)
  const random = place('random', 16)
  const digits = place('secretDigits', 128)
  const chosen = place('chosen', affinePairs(shape) * pair)
  const chosenSign = place('chosenSign', 16)
  const compact = place('compact', narrowBytes(shape))
  const point = place('point', pair)
  const secretComb = place('secretComb', secretCombBytes(shape))
  const [xx, yz, left, right] = ['xx', 'yz', 'left', 'right'].map((name) => place(name, pair)) as [
    number,
    number,
    number,
    number,
  ]
  const ifEdwards = (text: string): string => (hasEdwards(shape) ? text : '')

  return `
let isCombReady = false

function prepareComb(): void {
  if (isCombReady) return
  isCombReady = true
  fromOctets(${point}, ${place('curve', 8 * bytes) + 4 * bytes})
  fromOctets(${point + 8}, ${place('curve', 8 * bytes) + 5 * bytes})
  startKey()
  fillComb(${secretComb}, ${secretWindows(shape)})
}

/** \`right\` = [t^2 | t^3] of the number at both lanes of \`left\`. */
function raise(): void {
  square(${right}, ${left})
  for (let j: usize = 0; j < ${pair}; j += 16) {
    v128.store(${left} + j, v128.shuffle<f64>(f64x2.splat(j == 0 ? 1 : 0), v128.load(${left} + j), 0, 2))
  }
  multiply(${right}, ${right}, ${left})
}

/** P = P + the multiples of the windows from \`first\` on. */
function addWindows(first: usize): void {
  let at: usize = ${secretComb} + first * ${windowBytes(shape)}
  for (let i = first; i < ${secretWindows(shape)}; i++) {
    choose(at, i32(load<i8>(${digits} + i)))
    addAffine(${chosen}, ${chosenSign})
    at += ${windowBytes(shape)}
  }
}

/**
 * \`chosen\` = [x | y] of the secret scalar times G. The scalar is hidden by a random multiple of q,
 * the coordinates by a random factor: Z that is inverted tells nothing of the scalar.
 */
function multiplyBase(): void {
  prepareComb()
  store<u64>(${random}, u64(load<u32>(${blind + bytes})))
  blindScalar(${blinded}, ${secret}, ${random}, modulusQ)
  recodeRegularly(${digits}, ${blinded}, ${secretWindows(shape)}, ${bytes + 8})
  loadDigest(${product}, ${blind}, modulusP)
  fromOctets(${left}, ${product})
  fromOctets(${left + 8}, ${product})
${ifEdwards(`  if (isEdwards) {
    startNeutral()
    addWindows(0)
    leaveEdwards(${chosen}, ${product})
    return
  }`)}
  choose(${secretComb}, i32(load<i8>(${digits})))
  for (let j: usize = 0; j < ${pair}; j += 16) {
    const factor = v128.load(${left} + j)
    v128.store(${yz} + j, factor)
    v128.store(${chosen} + j, v128.shuffle<f64>(
      v128.load(${chosen} + j), v128.xor(v128.load(${chosen} + j), v128.load(${chosenSign})), 0, 3))
  }
  raise()
  multiply(${left}, ${chosen}, ${right})
  for (let j: usize = 0; j < ${pair}; j += 16) {
    const point = v128.load(${left} + j)
    v128.store(${xx} + j, v128.shuffle<f64>(point, point, 0, 2))
    v128.store(${yz} + j, v128.shuffle<f64>(point, v128.load(${yz} + j), 1, 3))
  }
  addWindows(1)
  toOctets(${product}, ${yz + 8})
  invertSteadily(${product}, ${product}, modulusP)
  fromOctets(${left}, ${product})
  fromOctets(${left + 8}, ${product})
  raise()
  for (let j: usize = 0; j < ${pair}; j += 16) {
    v128.store(${chosen} + j, v128.shuffle<f64>(v128.load(${xx} + j), v128.load(${yz} + j), 0, 2))
  }
  multiply(${chosen}, ${chosen}, ${right})
}

/** Overwrites everything from which d or k could be read. */
function wipe(): void {
  for (let at: usize = ${privateKey}; at < ${privateKey + bytes}; at += 8) store<u64>(at, 0)
${[
  [nonce, bytes],
  [blind, 2 * bytes],
  [secret, bytes],
  [product, bytes],
  [blinded, bytes + 16],
  [random, 16],
  [digits, 128],
  [chosen, affinePairs(shape) * pair],
  [chosenSign, 16],
  [compact, narrowBytes(shape)],
  ...scratchNames.map((name) => [place(name, pair), pair]),
]
  .map(([address, length]) => `  memory.fill(${address}, 0, ${length})`)
  .join('\n')}
  memory.fill(${place('columns', 16 * 2 * n)}, 0, ${16 * 2 * n})
  wipeDigits()
  wipeProduct()
  wipeInverse()
}

/** Octets of the nonce as a number, shifted right by the bits that q lacks (RFC 6979 section 2.3.2). */
function loadNonce(): void {
  reverseOctets(${secret}, ${nonce}, ${bytes})
  const shift = clz<u32>(load<u32>(modulusQ + ${bytes - 4}))
  for (let i: usize = 0; i < ${bytes}; i += 4) {
    const above = i < ${bytes - 4} ? u64(load<u32>(${secret} + i, 4)) : 0
    store<u32>(${secret} + i, u32(((above << 32) | u64(load<u32>(${secret} + i))) >> shift))
  }
}

function signWithNonce(): i32 {
  if (isInRange(${privateKey}, modulusQ) == 0) return 3
  loadNonce()
  if (isInRange(${secret}, modulusQ) == 0) return 2
  multiplyBase()
  toOctets(${signature}, ${chosen})
  reduceModulo(${signature}, ${signature}, modulusQ)
  loadDigest(${signature + bytes}, ${digest}, modulusQ)
  multiplyModulo(${signature + bytes}, ${signature + bytes}, ${secret}, modulusQ)
  multiplyModulo(${product}, ${signature}, ${privateKey}, modulusQ)
  addModulo(${signature + bytes}, ${signature + bytes}, ${product}, modulusQ)

  return i32((isZero(${signature}, ${bytes}) | isZero(${signature + bytes}, ${bytes})) ^ 1)
}

export function sign(): i32 {
  const answer = signWithNonce()
  wipe()

  return answer
}

export function derivePublic(): i32 {
  const isGood = isInRange(${privateKey}, modulusQ)
  if (isGood) {
    copyWords(${secret}, ${privateKey}, ${bytes})
    multiplyBase()
    toOctets(${key}, ${chosen})
    toOctets(${key + bytes}, ${chosen + 8})
  }
  wipe()

  return isGood ? 1 : 3
}
`
}
