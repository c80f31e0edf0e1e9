import { describe, expect, it } from 'vitest'
import { multiply, power } from './affine-oracle.fixture.ts'
import { type CurveName, curveOf, curves } from './index.ts'

const all = Object.values(curves)

describe('the table of curves', () => {
  it.each(all)('$name: generator on the curve, of order q, with that cofactor', (curve) => {
    const { p, a, b, q, x, y, cofactor } = curve
    expect((y * y - (x * x * x + a * x + b)) % p).toBe(0n)
    expect((4n * a ** 3n + 27n * b * b) % p).not.toBe(0n)
    expect(multiply(curve, q, { x, y })).toBeUndefined()
    // Fermat to three bases: p and q are published primes, a wrong digit would not pass.
    for (const base of [2n, 3n, 5n]) {
      expect(power(base, p - 1n, p)).toBe(1n)
      expect(power(base, q - 1n, q)).toBe(1n)
    }
    // Hasse: the number of points differs from p + 1 by at most twice the root of p.
    const distance = q * BigInt(cofactor) - (p + 1n)
    expect(distance * distance <= 4n * p).toBe(true)
    // RFC 7091 section 5.2: not anomalous.
    expect(q).not.toBe(p)
    expect(p < 2n ** BigInt(8 * curve.byteLength)).toBe(true)
    expect(q < 2n ** BigInt(8 * curve.byteLength)).toBe(true)
  })

  it('is frozen and names each entry by its key', () => {
    expect(Object.isFrozen(curves)).toBe(true)
    for (const [name, curve] of Object.entries(curves)) {
      expect(Object.isFrozen(curve)).toBe(true)
      expect(curve.name).toBe(name)
    }
  })

  it('refuses a name it does not hold, inherited ones too', () => {
    for (const name of ['tc26-256-Z', 'toString', '__proto__']) {
      expect(() => curveOf(name as CurveName)).toThrow(RangeError)
    }
  })
})
