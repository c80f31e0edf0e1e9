/**
 * The AssemblyScript around the formulas of twisted Edwards curves: constants of the maps to and from
 * y^2 = x^3 + a x + b (RFC 7836 section 5.2, e = 1), what points are compared with, and whether a key lies in
 * the subgroup of order q.
 * @module
 */
import { edwardsSource } from './edwards-source.ts'
import type { Layout } from './layout.ts'
import type { Shape } from './shape.ts'

export function edwardsPointsSource(shape: Shape, layout: Layout): string {
  const { n, byteLength: bytes, primes } = shape
  const [prime] = primes
  if (prime === undefined) throw new Error('a prime was expected')
  const pair = 16 * n
  const place = (name: string, byteLength = pair): number => layout.place(name, byteLength)
  const curve = place('curve', 8 * bytes)
  const [shifts, shift, scale, dOne, root, alpha, point] = [
    'shifts',
    'shift',
    'scale',
    'dOne',
    'root',
    'alpha',
    'point',
  ].map((name) => place(name)) as [number, number, number, number, number, number, number]
  const [xy, tz, left, right] = ['xx', 'yz', 'left', 'right'].map((name) => place(name)) as [
    number,
    number,
    number,
    number,
  ]
  const [base, held, x, w, y, z] = ['gd', 'bt', 'uz', 'al', 'az', 'sz'].map((name) =>
    place(name),
  ) as [number, number, number, number, number, number]
  const [s, t, small, sum] = ['numberS', 'numberT', 'small', 'sumOfNumbers'].map((name) =>
    place(name, bytes),
  ) as [number, number, number, number]
  const bits = 24 * (n - 1) + prime.topBits
  // (p - 3) / 4 = (2^ones - 1) 2^8 + low
  const ones = bits - 10
  const low = 256 - (prime.tail + 3) / 4
  const eachLimb = (body: string): string =>
    `  for (let j: usize = 0; j < ${pair}; j += 16) {\n${body}\n  }`
  const load = (address: number): string => `v128.load(j, ${address})`
  const store = (address: number, value: string): string =>
    `    v128.store(j, ${value}, ${address})`
  const both = (address: number, number: number | string): string =>
    `  fromOctets(${address}, ${number})\n  fromOctets(${address + 8}, ${number})`

  return `
${edwardsSource(shape, layout)}

let isEdwards = false

/** dst = (e + sign d) / divisor modulo p. */
function divided(dst: usize, isDifference: bool, divisor: u32): void {
  clearWords(${small}, ${bytes})
  store<u32>(${small}, divisor)
  invertFast(${small}, ${small}, modulusP)
  if (isDifference) subtractModulo(dst, ${curve + 6 * bytes}, ${curve + 7 * bytes}, modulusP)
  else addModulo(dst, ${curve + 6 * bytes}, ${curve + 7 * bytes}, modulusP)
  multiplyModulo(dst, dst, ${small}, modulusP)
}

/** Constants of the curve where it has e: s = (e - d) / 4, t = (e + d) / 6. */
function setEdwards(): void {
  isEdwards = !isZero(${curve + 6 * bytes}, ${bytes})
  if (!isEdwards) return
  divided(${s}, true, 4)
  divided(${t}, false, 6)
  fromOctets(${shifts}, ${t})
  addModulo(${sum}, ${t}, ${s}, modulusP)
  fromOctets(${shifts + 8}, ${sum})
  subtractModulo(${sum}, ${t}, ${s}, modulusP)
${both(shift, sum)}
${both(scale, s)}
  addModulo(${sum}, ${t}, ${t}, modulusP)
  addModulo(${sum}, ${sum}, ${t}, modulusP)
${both(alpha, sum)}
  fromOctets(${dOne}, ${curve + 7 * bytes})
  clearWords(${small}, ${bytes})
  store<u32>(${small}, 1)
  fromOctets(${dOne + 8}, ${small})
  // The root of -d, a square since d is none.
  negateModulo(${sum}, ${curve + 7 * bytes}, modulusP)
${both(left, sum)}
  powerOfQuarter(${right}, ${left})
  multiply(${root}, ${left}, ${right})
}

/** dst = a^((p - 3) / 4), both lanes: a times its square is 1 for squares and -1 for others. a is carried. */
function powerOfQuarter(dst: usize, a: usize): void {
  carry(a)
  copyPair(${base}, a)
  copyPair(dst, a)
  let made = 1
  for (let bit = ${31 - Math.clz32(ones) - 1}; bit >= 0; bit--) {
    copyPair(${held}, dst)
    for (let i = 0; i < made; i++) square(dst, dst)
    multiply(dst, dst, ${held})
    made <<= 1
    if ((${ones} >> bit) & 1) {
      square(dst, dst)
      multiply(dst, dst, ${base})
      made++
    }
  }
  for (let bit = 7; bit >= 0; bit--) {
    square(dst, dst)
    if ((${low} >> bit) & 1) multiply(dst, dst, ${base})
  }
}

/** Whether a t is 1 modulo p; \`left\` is used up. */
function isInverse(a: usize, t: usize): bool {
  multiply(${left}, a, t)
  store<f64>(${left}, load<f64>(${left}) - 1)

  return isZeroLane(${left}) != 0
}

/**
 * Whether the point of the curve at \`point\` lies in the subgroup of order q, that is, can be halved
 * twice. With x' = x - t the curve is y^2 = x' (x'^2 + 3 t x' + s^2). A point can be halved when x' is a square
 * w^2, for (0, 0) is the only point of order 2; the halving goes through the curve of the dual isogeny,
 * where X = 3 t + 2 x' - 2 y / w is a square for one sign of w; then a half has x' = (X - 3 t + 2 w z) / 2, z^2 = X.
 */
function isInSubgroup(): bool {
${eachLimb(`    const point = ${load(point)}
    const x = f64x2.sub(point, ${load(shifts)})
${store(x, 'v128.shuffle<f64>(x, x, 0, 2)')}
${store(y, 'v128.shuffle<f64>(point, point, 1, 3)')}`)}
  // t = 1 / w where x' is a square; 0, of the point of order 2, has none
  powerOfQuarter(${right}, ${x})
  multiply(${w}, ${x}, ${right})
  if (!isInverse(${w}, ${right})) return false
  multiply(${y}, ${y}, ${right})
${eachLimb(`    const part = f64x2.sub(${load(x)}, ${load(y)})
${store(x, `f64x2.add(f64x2.add(part, part), ${load(alpha)})`)}`)}
  powerOfQuarter(${right}, ${x})
  multiply(${z}, ${x}, ${right})
  if (!isInverse(${z}, ${right})) {
    // The other sign: both values of X multiply to d, and z = root of -d over that of -X.
    multiply(${z}, ${root}, ${right})
    square(${x}, ${z})
  }
  multiply(${y}, ${w}, ${z})
${eachLimb(`    const part = f64x2.add(f64x2.sub(${load(x)}, ${load(alpha)}), f64x2.add(${load(y)}, ${load(y)}))
${store(x, 'f64x2.add(part, part)')}`)}
  powerOfQuarter(${right}, ${x})
  multiply(${z}, ${x}, ${right})

  return isInverse(${z}, ${right})
}

/** P = the neutral point with Z = the number at both lanes of \`left\`. */
function startNeutral(): void {
${eachLimb(`    const start = v128.shuffle<f64>(f64x2.splat(0), ${load(left)}, 0, 2)
${store(xy, 'start')}
${store(tz, 'start')}`)}
}

function startOne(): void {
  memory.fill(${left}, 0, ${pair})
  storeBoth(${left}, 1)
  startNeutral()
}

/** Writes P as a table entry. */
function makeEntryEdwards(entry: usize): void {
  copyPair(entry, ${xy})
  multiply(entry + ${pair}, ${tz}, ${dOne})
}

/** Writes [u | v], [d u v | -] from [X | Y] and 1 / Z at both lanes of \`right\`. */
function makeAffineEdwards(dst: usize, from: usize): void {
  multiply(dst, from, ${right})
${eachLimb(`    const point = v128.load(dst + j)
${store(y, 'v128.shuffle<f64>(point, point, 1, 2)')}`)}
  multiply(dst + ${pair}, dst, ${y})
  multiply(dst + ${pair}, dst + ${pair}, ${dOne})
}

/** Whether x(P) is the number at both lanes of \`left\`: x - t = s (Z + Y) / (Z - Y). */
function hasCoordinate(): bool {
${eachLimb(`    const y = v128.shuffle<f64>(${load(xy)}, ${load(xy)}, 1, 3)
    const z = v128.shuffle<f64>(${load(tz)}, ${load(tz)}, 1, 3)
    const x = f64x2.sub(${load(left)}, ${load(shifts)})
${store(left, `v128.shuffle<f64>(x, ${load(scale)}, 0, 2)`)}
${store(x, 'v128.shuffle<f64>(f64x2.sub(z, y), f64x2.add(z, y), 0, 2)')}`)}
  multiply(${left}, ${left}, ${x})
${eachLimb(`    const sides = ${load(left)}
${store(left, 'f64x2.sub(sides, v128.shuffle<f64>(sides, sides, 1, 2))')}`)}

  return isZeroLane(${left}) != 0
}

/** \`dst\` = [x | y] of P; \`inverse\` takes octets. The same steps for every P. */
function leaveEdwards(dst: usize, inverse: usize): void {
  // [(Z - Y) X | s (Z + Y)]
${eachLimb(`    const y = v128.shuffle<f64>(${load(xy)}, ${load(xy)}, 1, 3)
    const z = v128.shuffle<f64>(${load(tz)}, ${load(tz)}, 1, 3)
${store(left, 'v128.shuffle<f64>(f64x2.sub(z, y), f64x2.add(z, y), 0, 2)')}
${store(right, `v128.shuffle<f64>(${load(xy)}, ${load(scale)}, 0, 2)`)}
${store(x, `v128.shuffle<f64>(${load(xy)}, ${load(tz)}, 0, 3)`)}`)}
  multiply(${left}, ${left}, ${right})
  toOctets(inverse, ${left})
  invertSteadily(inverse, inverse, modulusP)
${both(right, 'inverse')}
${eachLimb(`    const product = ${load(left)}
${store(left, 'v128.shuffle<f64>(product, product, 1, 3)')}`)}
  multiply(${left}, ${left}, ${right})
  multiply(dst, ${left}, ${x})
${eachLimb(`    const point = v128.load(dst + j)
    v128.store(dst + j, f64x2.add(point, v128.shuffle<f64>(${load(shifts)}, f64x2.splat(0), 0, 2)))`)}
}

/** P = the point of an entry, with the sign. */
function startAffineEdwards(entry: usize, sign: usize): void {
  startOne()
  addAffineEdwards(entry, sign)
}

function startEntryEdwards(entry: usize, sign: usize): void {
  startOne()
  addEntryEdwards(entry, sign)
}
`
}
