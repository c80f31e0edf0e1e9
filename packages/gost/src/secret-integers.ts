/**
 * Secret numbers modulo the order of a curve, without BigInt: what a masked private key needs
 * (RFC 9548, CryptoPro containers). Limbs of 16 bits in ordinary numbers; no branch and no address
 * depends on a value, only on the public order.
 * @module
 */
import { type CurveName, curveOf } from './curves.ts'
import { assertOctets } from './octets.ts'

const LIMB_BITS = 16
const LIMB_MASK = 0xffff

/** What Montgomery multiplication needs to know of a modulus; all of it public. */
type Modulus = {
  readonly limbs: Uint16Array
  /** -q^-1 modulo 2^16. */
  readonly negatedInverse: number
  /** R^2 modulo q, with R = 2^(16 n). */
  readonly square: Uint16Array
  /** How often q fits into R: 2 or 4 with the orders of GOST curves. */
  readonly multiples: number
  readonly q: bigint
}

const limbsOfNumber = (value: bigint, count: number): Uint16Array =>
  Uint16Array.from({ length: count }, (_, i) =>
    Number((value >> BigInt(LIMB_BITS * i)) & BigInt(LIMB_MASK)),
  )

const moduli = new Map<CurveName, Modulus>()

const modulusOf = (curve: CurveName): Modulus => {
  const known = moduli.get(curve)
  if (known !== undefined) return known
  const { q, byteLength } = curveOf(curve)
  const count = byteLength / 2
  const r = 1n << BigInt(LIMB_BITS * count)
  const low = Number(q & BigInt(LIMB_MASK))
  // Each step doubles the bits of the inverse that are right.
  let inverse = 1
  for (let step = 0; step < 4; step++) {
    inverse = Math.imul(inverse, 2 - Math.imul(low, inverse)) & LIMB_MASK
  }
  const modulus: Modulus = {
    limbs: limbsOfNumber(q, count),
    negatedInverse: -inverse & LIMB_MASK,
    square: limbsOfNumber((r * r) % q, count),
    multiples: Number(r / q) + 1,
    q,
  }
  moduli.set(curve, modulus)

  return modulus
}

/** value - q where value (with its carry) is not below q, else value; in place. */
const subtractOnce = (value: Uint16Array, q: Uint16Array, carry: number): void => {
  const difference = new Uint16Array(value.length)
  let borrow = 0
  for (let i = 0; i < value.length; i++) {
    const limb = (value[i] as number) - (q[i] as number) - borrow
    difference[i] = limb
    borrow = (limb >>> 31) & 1
  }
  // All ones when the subtraction goes through: no borrow, or a carry that pays it.
  const isTaken = -(carry | (borrow ^ 1))
  for (let i = 0; i < value.length; i++) {
    value[i] = ((value[i] as number) & ~isTaken) | ((difference[i] as number) & isTaken)
  }
  difference.fill(0)
}

/** a b R^-1 modulo q for a, b < q: Montgomery, one limb of a at a time. */
const multiply = (a: Uint16Array, b: Uint16Array, modulus: Modulus): Uint16Array => {
  const { limbs: q, negatedInverse } = modulus
  const count = q.length
  const sum = new Uint16Array(count + 2)
  for (let i = 0; i < count; i++) {
    const factor = a[i] as number
    let carry = 0
    for (let j = 0; j < count; j++) {
      const term = (sum[j] as number) + factor * (b[j] as number) + carry
      sum[j] = term
      carry = Math.floor(term / 65536)
    }
    let top = (sum[count] as number) + carry
    sum[count] = top
    sum[count + 1] = top >>> LIMB_BITS
    const m = Math.imul(sum[0] as number, negatedInverse) & LIMB_MASK
    carry = Math.floor(((sum[0] as number) + m * (q[0] as number)) / 65536)
    for (let j = 1; j < count; j++) {
      const term = (sum[j] as number) + m * (q[j] as number) + carry
      sum[j - 1] = term
      carry = Math.floor(term / 65536)
    }
    top = (sum[count] as number) + carry
    sum[count - 1] = top
    sum[count] = (sum[count + 1] as number) + (top >>> LIMB_BITS)
  }
  const result = sum.slice(0, count)
  subtractOnce(result, q, sum[count] as number)
  sum.fill(0)

  return result
}

/** Octets, least significant first, as limbs of a number below q. */
const readReduced = (octets: Uint8Array, modulus: Modulus): Uint16Array => {
  const limbs = Uint16Array.from(
    { length: octets.length / 2 },
    (_, i) => (octets[2 * i] as number) | ((octets[2 * i + 1] as number) << 8),
  )
  for (let i = 1; i < modulus.multiples; i++) subtractOnce(limbs, modulus.limbs, 0)

  return limbs
}

const writeOctets = (limbs: Uint16Array): Uint8Array =>
  Uint8Array.from(
    { length: 2 * limbs.length },
    (_, i) => (limbs[i >>> 1] as number) >>> (8 * (i & 1)),
  )

/** a^(q - 2), the inverse of a modulo the prime q; a and the result in Montgomery form. */
const invert = (a: Uint16Array, modulus: Modulus): Uint16Array => {
  const bits = (modulus.q - 2n).toString(2)
  let power = Uint16Array.from(a)
  // The exponent is public, so the branch gives nothing away.
  for (const bit of bits.slice(1)) {
    power = Uint16Array.from(multiply(power, power, modulus))
    if (bit === '1') power = Uint16Array.from(multiply(power, a, modulus))
  }

  return power
}

/**
 * Product of secret numbers modulo the order of a curve.
 * @param factors numbers as octets, least significant first, each as long as the curve has.
 * @returns octets in the same form.
 * @throws RangeError when a factor has another length.
 */
export function multiplyModuloOrder(curve: CurveName, factors: readonly Uint8Array[]): Uint8Array {
  const { byteLength } = curveOf(curve)
  const modulus = modulusOf(curve)
  let product = limbsOfNumber(1n, byteLength / 2)
  for (const factor of factors) {
    assertOctets(factor, 'factors', byteLength)
    const limbs = readReduced(factor, modulus)
    const scaled = multiply(limbs, modulus.square, modulus)
    product = Uint16Array.from(multiply(product, scaled, modulus))
    limbs.fill(0)
    scaled.fill(0)
  }

  return writeOctets(product)
}

/**
 * Quotient of secret numbers modulo the order of a curve; zero where the divisor is zero.
 * @returns octets, least significant first, like both arguments.
 * @throws RangeError when an argument has another length than the curve.
 */
export function divideModuloOrder(
  curve: CurveName,
  { dividend, divisor }: { readonly dividend: Uint8Array; readonly divisor: Uint8Array },
): Uint8Array {
  const { byteLength } = curveOf(curve)
  assertOctets(dividend, 'dividend', byteLength)
  assertOctets(divisor, 'divisor', byteLength)
  const modulus = modulusOf(curve)
  const divisorLimbs = readReduced(divisor, modulus)
  const scaled = multiply(divisorLimbs, modulus.square, modulus)
  const inverse = invert(scaled, modulus)
  const dividendLimbs = readReduced(dividend, modulus)
  const quotient = multiply(dividendLimbs, inverse, modulus)
  for (const secret of [divisorLimbs, scaled, inverse, dividendLimbs]) secret.fill(0)

  return writeOctets(quotient)
}

/**
 * Says whether octets are a private key of the curve: 0 < d < q, least significant first. Looks at the
 * octets without branches.
 * @throws TypeError when it is not octets.
 */
export function isPrivateKey(curve: CurveName, octets: Uint8Array): boolean {
  assertOctets(octets, 'octets')
  const { byteLength, q } = curveOf(curve)
  if (octets.length !== byteLength) return false
  const order = limbsOfNumber(q, byteLength / 2)
  let borrow = 0
  let any = 0
  for (let i = 0; i < order.length; i++) {
    const limb = (octets[2 * i] as number) | ((octets[2 * i + 1] as number) << 8)
    any |= limb
    borrow = ((limb - (order[i] as number) - borrow) >>> 31) & 1
  }

  return borrow === 1 && any !== 0
}
