import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, multiply, smallOrderPoints } from './affine-oracle.fixture.ts'
import {
  type CurveName,
  checkPublicKey,
  curves,
  decodePublicKey,
  derivePublicKey,
  encodePublicKey,
  generatePrivateKey,
  signDigest,
  verifyDigest,
} from './index.ts'
import { concatOctets, numberToLittleEndian } from './octets.ts'

const octetsOf = (name: CurveName, { x, y }: { x: bigint; y: bigint }): Uint8Array =>
  concatOctets(
    numberToLittleEndian(x, curves[name].byteLength),
    numberToLittleEndian(y, curves[name].byteLength),
  )

describe('public keys', () => {
  it.each(Object.values(curves))(
    '$name: derived keys agree with school-book arithmetic',
    (curve) => {
      const { name, x, y, byteLength, q } = curve
      for (const d of [1n, 2n, 3n, 0x1234567890abcdefn, q - 1n]) {
        const publicKey = derivePublicKey(name, numberToLittleEndian(d, byteLength))
        expect(checkPublicKey(name, publicKey)).toBe('valid')
        const point = decodePublicKey(name, publicKey)
        expect(point).toEqual(multiply(curve, d, { x, y }))
        expect(encodePublicKey(name, point)).toEqual(publicKey)
      }
    },
  )

  it('refuses a key of another length', () => {
    const { x, y } = curves['cryptopro-A']
    const valid = octetsOf('cryptopro-A', { x, y })
    expect(checkPublicKey('cryptopro-A', valid)).toBe('valid')
    for (const wrong of [valid.subarray(1), concatOctets(valid, valid), new Uint8Array(0)]) {
      expect(checkPublicKey('cryptopro-A', wrong)).toBe('length')
      expect(() => decodePublicKey('cryptopro-A', wrong)).toThrow(RangeError)
    }
    expect(checkPublicKey('tc26-512-A', valid)).toBe('length')
  })

  it('refuses a coordinate that is not below p, though it names the same point', () => {
    const { x, y, p } = curves['cryptopro-A']
    expect(checkPublicKey('cryptopro-A', octetsOf('cryptopro-A', { x: x + p, y }))).toBe(
      'coordinate',
    )
    expect(checkPublicKey('cryptopro-A', new Uint8Array(64).fill(0xff))).toBe('coordinate')
  })

  it('refuses a point off the curve, and the zeros that stand for infinity', () => {
    for (const { name, byteLength, x, y } of Object.values(curves)) {
      expect(checkPublicKey(name, octetsOf(name, { x, y }))).toBe('valid')
      expect(checkPublicKey(name, octetsOf(name, { x, y: y - 1n }))).toBe('not-on-curve')
      expect(checkPublicKey(name, new Uint8Array(2 * byteLength))).toBe('not-on-curve')
    }
  })

  it('refuses a key of another curve of the same size', () => {
    const { x, y } = curves['cryptopro-A']
    expect(checkPublicKey('tc26-256-A', octetsOf('tc26-256-A', { x, y }))).toBe('not-on-curve')
  })

  it.each(['tc26-256-A', 'tc26-512-C'] as const)(
    '%s: refuses points of order 2 and 4, and good keys with such a part added',
    (name) => {
      const curve = curves[name]
      const { x, y, q, byteLength } = curve
      const small = smallOrderPoints(curve)
      expect(small.length).toBeGreaterThan(1)
      const orders = small.map((point) => [1n, 2n, 4n].find((n) => !multiply(curve, n, point)))
      expect(new Set(orders)).toEqual(new Set([2n, 4n]))
      const digest = new Uint8Array(byteLength).fill(9)
      const privateKey = numberToLittleEndian(5n, byteLength)
      const signature = signDigest({ curve: name, privateKey, digest })
      const good = multiply(curve, 5n, { x, y })
      expect(good).toBeDefined()
      for (const point of small) {
        expect(checkPublicKey(name, octetsOf(name, point))).toBe('not-in-subgroup')
        const mixed = add(curve, good, point)
        if (mixed === undefined) throw new Error('the sum is not infinity')
        expect(multiply(curve, q, mixed)).toBeDefined()
        expect(checkPublicKey(name, octetsOf(name, mixed))).toBe('not-in-subgroup')
        expect(() => decodePublicKey(name, octetsOf(name, mixed))).toThrow(RangeError)
        expect(() => encodePublicKey(name, mixed)).toThrow(RangeError)
        const publicKey = octetsOf(name, mixed)
        expect(verifyDigest({ curve: name, publicKey, digest, signature })).toBe(false)
      }
      const publicKey = derivePublicKey(name, privateKey)
      expect(verifyDigest({ curve: name, publicKey, digest, signature })).toBe(true)
    },
  )

  it('throws TypeError for what is not octets', () => {
    for (const wrong of ['00', [0], null, undefined]) {
      expect(() => checkPublicKey('cryptopro-A', wrong as unknown as Uint8Array)).toThrow(TypeError)
    }
  })
})

describe('private keys', () => {
  it('are refused at 0, at q, above q and at another length; q - 1 is accepted', () => {
    for (const { name, q, byteLength } of Object.values(curves)) {
      for (const d of [0n, q, q + 1n, 2n ** BigInt(8 * byteLength) - 1n]) {
        const privateKey = numberToLittleEndian(d, byteLength)
        expect(() => derivePublicKey(name, privateKey)).toThrow(RangeError)
        const digest = new Uint8Array(byteLength)
        expect(() => signDigest({ curve: name, privateKey, digest })).toThrow(RangeError)
      }
      expect(() => derivePublicKey(name, new Uint8Array(byteLength - 1).fill(1))).toThrow(
        RangeError,
      )
      expect(derivePublicKey(name, numberToLittleEndian(q - 1n, byteLength))).toHaveLength(
        2 * byteLength,
      )
    }
  })

  it('never show the key in the error', () => {
    const privateKey = new Uint8Array(32).fill(0xff)
    expect(() => derivePublicKey('cryptopro-A', privateKey)).toThrow(/^((?!255|ff).)*$/)
  })

  it('are drawn again while zero or not below q', () => {
    const draws = [0x00, 0xff, 0x01]
    const privateKey = generatePrivateKey('cryptopro-A', (n) =>
      new Uint8Array(n).fill(draws.shift() ?? 0),
    )
    expect(privateKey).toEqual(new Uint8Array(32).fill(1))
    expect(draws).toEqual([])
  })

  it('stay below q where q has fewer bits than the octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (random) => {
        fc.pre(random.some((octet) => octet !== 0))
        let isFirst = true
        const privateKey = generatePrivateKey('tc26-256-A', (n) => {
          const octets = isFirst ? random : new Uint8Array(n).fill(1)
          isFirst = false

          return octets
        })
        expect(derivePublicKey('tc26-256-A', privateKey)).toHaveLength(64)
      }),
      { numRuns: 20 },
    )
  })

  it('stop at a random source that is stuck or gives the wrong length', () => {
    expect(() => generatePrivateKey('cryptopro-A', (n) => new Uint8Array(n))).toThrow(Error)
    expect(() => generatePrivateKey('cryptopro-A', () => new Uint8Array(31).fill(1))).toThrow(
      RangeError,
    )
  })
})
