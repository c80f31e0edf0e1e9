import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, smallOrderPoints } from './affine-oracle.fixture.ts'
import { groupOf } from './curve-group.ts'
import { type CurveParameters, curves } from './curves.ts'
import { loadCompleteCurve } from './load-curve.ts'
import { CurveProbe } from './probe-curve.ts'
import { signWithNonce } from './sign-core.ts'

const probeOf = (curve: CurveParameters): CurveProbe => {
  const instance = loadCompleteCurve(curve.name)
  if (instance === undefined) throw new Error('WebAssembly is missing')

  return new CurveProbe(instance.exports, curve)
}

const scalarOf = ({ q }: CurveParameters): fc.Arbitrary<bigint> =>
  fc.oneof(
    fc.bigInt({ min: 1n, max: q - 1n }),
    fc.constantFrom(1n, 2n, 3n, 15n, 16n, 31n, 63n, q - 1n, q - 2n, (q + 1n) / 2n, q >> 1n),
  )

describe.each(Object.values(curves))('the module for any prime on $name', (curve) => {
  const { q, p, byteLength } = curve
  const limit = 2n ** BigInt(8 * byteLength)
  const scalar = scalarOf(curve)
  const runs = { numRuns: byteLength === 32 ? 8 : 4 }
  const blind = fc.tuple(
    fc.constantFrom(0n, 1n, p, limit - 1n),
    fc.bigInt({ min: 0n, max: limit - 1n }),
  )

  it('signs and derives as the reference does, whatever blinds it, and verifies what it signs', () => {
    const probe = probeOf(curve)
    fc.assert(
      fc.property(scalar, scalar, scalar, blind, (d, e, k, blinding) => {
        const expected = signWithNonce(curve, { d, e, k })
        const made = probe.sign({ d, e, k, blind: blinding })
        if (expected === undefined) {
          expect(made.answer).toBe(0)

          return
        }
        expect(made).toMatchObject({ answer: 1, r: expected.r, s: expected.s })
        const point = groupOf(curve.name).BASE.multiply(d).toAffine()
        expect(probe.derive(d, [3n, 5n])).toStrictEqual({ answer: 1, x: point.x, y: point.y })
        expect(probe.verify({ ...point, e, r: made.r, s: made.s })).toBe(1)
        // -e gives -C, of which x is the same.
        const other = 2n * e + 1n === q || e + 1n === q ? e - 1n : e + 1n
        expect(probe.verify({ ...point, e: other, r: made.r, s: made.s })).toBe(0)
      }),
      runs,
    )
  })

  it('verifies where additions meet equal and opposite points', () => {
    const probe = probeOf(curve)
    for (const [d, k, e] of [
      [1n, 1n, 1n],
      [1n, 2n, q - 1n],
      [q - 1n, 3n, 5n],
      [2n, q - 1n, 1n],
      [3n, 3n, 3n],
      [(q + 1n) / 2n, 1n, 2n],
      [(q + 1n) / 2n, 2n, 2n],
    ] as const) {
      const { answer, r, s } = probe.sign({ d, e, k, blind: [1n, 1n] })
      // The generator of CryptoPro-C has x = 0.
      if (curve.x === 0n && (k === 1n || k === q - 1n)) {
        expect(answer).toBe(0)
        continue
      }
      expect(answer).toBe(1)
      const { x, y } = groupOf(curve.name).BASE.multiply(d).toAffine()
      expect(probe.verify({ x, y, e, r, s })).toBe(1)
      expect(probe.verify({ x, y: p - y, e, r, s })).toBe(0)
    }
  })

  it('refuses numbers out of range', () => {
    const probe = probeOf(curve)
    const numbers = { d: 5n, e: 7n, k: 11n, blind: [1n, 2n] as const }
    for (const d of [0n, q, limit - 1n]) {
      expect(probe.sign({ ...numbers, d }).answer).toBe(3)
      expect(probe.derive(d, [3n, 5n]).answer).toBe(3)
    }
    for (const k of [0n, q]) expect(probe.sign({ ...numbers, k }).answer).toBe(2)
    const { r, s } = probe.sign(numbers)
    const { x, y } = groupOf(curve.name).BASE.multiply(5n).toAffine()
    const good = { x, y, e: 7n, r, s }
    expect(probe.verify(good)).toBe(1)
    for (const bad of [{ r: 0n }, { s: 0n }, { r: q }, { s: q }, { r: limit - 1n }]) {
      expect(probe.verify({ ...good, ...bad })).toBe(0)
    }
    if (r + q < limit) expect(probe.verify({ ...good, r: r + q })).toBe(0)
    if (s + q < limit) expect(probe.verify({ ...good, s: s + q })).toBe(0)
    if (x + p < limit) expect(probe.verify({ ...good, x: x + p })).toBe(0)
    expect(probe.verify({ ...good, y: y ^ 1n })).toBe(0)
  })

  it('takes a digest modulo q, and 1 for 0', () => {
    const probe = probeOf(curve)
    const { r, s } = probe.sign({ d: 5n, e: 1n, k: 11n, blind: [1n, 2n] })
    const { x, y } = groupOf(curve.name).BASE.multiply(5n).toAffine()
    for (const e of [0n, 1n, q, q + 1n]) {
      expect(probe.verify({ x, y, e, r, s })).toBe(1)
      expect(probe.reduceDigest(e)).toBe(1n)
    }
    expect(probe.reduceDigest(limit - 1n)).toBe((limit - 1n) % q)
  })

  it('says what is wrong with a key', () => {
    const probe = probeOf(curve)
    const { x, y } = groupOf(curve.name).BASE.multiply(5n).toAffine()
    expect(probe.checkKey(x, y)).toBe(0)
    expect(probe.checkKey(p, y)).toBe(1)
    expect(probe.checkKey(x, p)).toBe(1)
    expect(probe.checkKey(x, y ^ 1n)).toBe(2)
    expect(probe.checkKey(0n, 0n)).toBe(2)
    if (curve.cofactor === 1) return
    for (const small of smallOrderPoints(curve)) {
      expect(probe.checkKey(small.x, small.y)).toBe(3)
      expect(probe.verify({ ...small, e: 1n, r: 1n, s: 1n })).toBe(0)
      const mixed = add(curve, { x, y }, small)
      expect(mixed && probe.checkKey(mixed.x, mixed.y)).toBe(3)
    }
  })
})
