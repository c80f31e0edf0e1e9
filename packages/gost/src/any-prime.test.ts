import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, smallOrderPoints } from './affine-oracle.fixture.ts'
import { groupOf } from './curve-group.ts'
import { type CurveParameters, curves } from './curves.ts'
import { loadCompleteCurve } from './load-curve.ts'
import {
  concatOctets,
  littleEndianToNumber,
  numberToBigEndian,
  numberToLittleEndian,
} from './octets.ts'
import { signWithNonce } from './sign-core.ts'

/** Reads and writes the numbers of a module. */
function drive(curve: CurveParameters) {
  const module = loadCompleteCurve(curve.name)?.exports
  if (module === undefined) throw new Error('WebAssembly is missing')
  const { byteLength, q } = curve
  const memory = new Uint8Array(module.memory.buffer)
  const excess = BigInt(8 * byteLength - q.toString(2).length)
  const write = (address: WebAssembly.Global, ...numbers: readonly bigint[]): void =>
    memory.set(
      concatOctets(...numbers.map((number) => numberToLittleEndian(number, byteLength))),
      address.value,
    )
  const read = (address: WebAssembly.Global, index: number): bigint =>
    littleEndianToNumber(
      memory.slice(address.value + index * byteLength, address.value + (index + 1) * byteLength),
    )

  return {
    module,
    memory,
    write,
    sign: (input: { d: bigint; e: bigint; k: bigint; blind: readonly [bigint, bigint] }) => {
      write(module.privateKeyAddress, input.d)
      write(module.digestAddress, input.e)
      memory.set(numberToBigEndian(input.k << excess, byteLength), module.nonceAddress.value)
      write(module.blindAddress, ...input.blind)
      const answer = module.sign()

      return { answer, r: read(module.signatureAddress, 0), s: read(module.signatureAddress, 1) }
    },
    derive: (d: bigint) => {
      write(module.privateKeyAddress, d)
      const answer = module.derivePublic()

      return { answer, x: read(module.keyAddress, 0), y: read(module.keyAddress, 1) }
    },
    verify: (input: { x: bigint; y: bigint; e: bigint; r: bigint; s: bigint }) => {
      write(module.keyAddress, input.x, input.y)
      write(module.digestAddress, input.e)
      write(module.signatureAddress, input.r, input.s)

      return module.verify()
    },
    checkKey: (x: bigint, y: bigint) => {
      write(module.keyAddress, x, y)

      return module.checkKey()
    },
    reduceDigest: (e: bigint) => {
      write(module.digestAddress, e)
      module.reduceDigest()

      return read(module.digestAddress, 0)
    },
  }
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
    const { sign, derive, verify } = drive(curve)
    fc.assert(
      fc.property(scalar, scalar, scalar, blind, (d, e, k, blinding) => {
        const expected = signWithNonce(curve, { d, e, k })
        const made = sign({ d, e, k, blind: blinding })
        if (expected === undefined) {
          expect(made.answer).toBe(0)

          return
        }
        expect(made).toMatchObject({ answer: 1, r: expected.r, s: expected.s })
        const point = groupOf(curve.name).BASE.multiply(d).toAffine()
        expect(derive(d)).toStrictEqual({ answer: 1, x: point.x, y: point.y })
        expect(verify({ ...point, e, r: made.r, s: made.s })).toBe(1)
        // -e gives -C, of which x is the same.
        const other = 2n * e + 1n === q || e + 1n === q ? e - 1n : e + 1n
        expect(verify({ ...point, e: other, r: made.r, s: made.s })).toBe(0)
      }),
      runs,
    )
  })

  it('verifies where additions meet equal and opposite points', () => {
    const { sign, verify } = drive(curve)
    for (const [d, k, e] of [
      [1n, 1n, 1n],
      [1n, 2n, q - 1n],
      [q - 1n, 3n, 5n],
      [2n, q - 1n, 1n],
      [3n, 3n, 3n],
      [(q + 1n) / 2n, 1n, 2n],
      [(q + 1n) / 2n, 2n, 2n],
    ] as const) {
      const { answer, r, s } = sign({ d, e, k, blind: [1n, 1n] })
      // The generator of CryptoPro-C has x = 0.
      if (curve.x === 0n && (k === 1n || k === q - 1n)) {
        expect(answer).toBe(0)
        continue
      }
      expect(answer).toBe(1)
      const { x, y } = groupOf(curve.name).BASE.multiply(d).toAffine()
      expect(verify({ x, y, e, r, s })).toBe(1)
      expect(verify({ x, y: p - y, e, r, s })).toBe(0)
    }
  })

  it('refuses numbers out of range', () => {
    const { sign, derive, verify } = drive(curve)
    const numbers = { d: 5n, e: 7n, k: 11n, blind: [1n, 2n] as const }
    for (const d of [0n, q, limit - 1n]) {
      expect(sign({ ...numbers, d }).answer).toBe(3)
      expect(derive(d).answer).toBe(3)
    }
    for (const k of [0n, q]) expect(sign({ ...numbers, k }).answer).toBe(2)
    const { r, s } = sign(numbers)
    const { x, y } = groupOf(curve.name).BASE.multiply(5n).toAffine()
    const good = { x, y, e: 7n, r, s }
    expect(verify(good)).toBe(1)
    for (const bad of [{ r: 0n }, { s: 0n }, { r: q }, { s: q }, { r: limit - 1n }]) {
      expect(verify({ ...good, ...bad })).toBe(0)
    }
    if (r + q < limit) expect(verify({ ...good, r: r + q })).toBe(0)
    if (s + q < limit) expect(verify({ ...good, s: s + q })).toBe(0)
    if (x + p < limit) expect(verify({ ...good, x: x + p })).toBe(0)
    expect(verify({ ...good, y: y ^ 1n })).toBe(0)
  })

  it('takes a digest modulo q, and 1 for 0', () => {
    const { sign, verify, reduceDigest } = drive(curve)
    const { r, s } = sign({ d: 5n, e: 1n, k: 11n, blind: [1n, 2n] })
    const { x, y } = groupOf(curve.name).BASE.multiply(5n).toAffine()
    for (const e of [0n, 1n, q, q + 1n]) {
      expect(verify({ x, y, e, r, s })).toBe(1)
      expect(reduceDigest(e)).toBe(1n)
    }
    expect(reduceDigest(limit - 1n)).toBe((limit - 1n) % q)
  })

  it('says what is wrong with a key', () => {
    const { checkKey, verify } = drive(curve)
    const { x, y } = groupOf(curve.name).BASE.multiply(5n).toAffine()
    expect(checkKey(x, y)).toBe(0)
    expect(checkKey(p, y)).toBe(1)
    expect(checkKey(x, p)).toBe(1)
    expect(checkKey(x, y ^ 1n)).toBe(2)
    expect(checkKey(0n, 0n)).toBe(2)
    if (curve.cofactor === 1) return
    for (const small of smallOrderPoints(curve)) {
      expect(checkKey(small.x, small.y)).toBe(3)
      expect(verify({ ...small, e: 1n, r: 1n, s: 1n })).toBe(0)
      const mixed = add(curve, { x, y }, small)
      expect(mixed && checkKey(mixed.x, mixed.y)).toBe(3)
    }
  })

  it('judges a batch one by one', () => {
    const { module, memory, write, sign } = drive(curve)
    const { r, s } = sign({ d: 5n, e: 7n, k: 11n, blind: [1n, 2n] })
    const { x, y } = groupOf(curve.name).BASE.multiply(5n).toAffine()
    write(module.keyAddress, x, y, x, p - y, x, y)
    write(module.digestAddress, 7n, 7n, 7n)
    write(module.signatureAddress, r, s, r, s, r, s)
    module.verifyBatch(3)
    const results = memory.slice(module.resultAddress.value, module.resultAddress.value + 3)
    expect([...results]).toStrictEqual([1, 0, 1])
  })

  it('leaves nothing of a secret in its memory', () => {
    const { memory, sign, module } = drive(curve)
    const after = (d: bigint, k: bigint, blinding: readonly [bigint, bigint]): Uint8Array => {
      sign({ d, e: 7n, k, blind: blinding })
      const { value } = module.signatureAddress
      memory.fill(0, value, value + 2 * byteLength)

      return memory.slice()
    }
    const first = after(q - 5n, q - 11n, [limit - 1n, limit / 3n])
    expect(first).toStrictEqual(after(99n, 1001n, [1n, 2n]))
  })
})
