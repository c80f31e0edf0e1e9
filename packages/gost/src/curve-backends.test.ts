import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { add, multiply, power, smallOrderPoints } from './affine-oracle.fixture.ts'
import {
  type CurveName,
  curves,
  decodeSignature,
  derivePublicKey,
  encodeSignature,
  signDigest,
  type VerifyDigestInput,
  verifyDigest,
  verifyDigests,
} from './index.ts'
import { littleEndianToNumber, numberToLittleEndian } from './octets.ts'
import { signWithNonce } from './sign-core.ts'
import { GOST_BACKENDS, selectGostBackend } from './testing.ts'

afterEach(() => selectGostBackend(undefined))

const CURVES = Object.keys(curves) as CurveName[]

/** A signature made in TypeScript with a chosen key, nonce and number. */
const make = (
  curve: CurveName,
  numbers: { readonly d: bigint; readonly e: bigint; readonly k: bigint },
): VerifyDigestInput | undefined => {
  const { byteLength } = curves[curve]
  selectGostBackend('typescript')
  const signature = signWithNonce(curves[curve], numbers)
  const publicKey = derivePublicKey(curve, numberToLittleEndian(numbers.d, byteLength))
  const digest = numberToLittleEndian(numbers.e, byteLength)

  return signature && { curve, publicKey, digest, signature }
}

/** The answer of each backend, one at a time and in a batch. */
const answersOf = (inputs: readonly VerifyDigestInput[]): readonly (readonly boolean[])[] =>
  GOST_BACKENDS.flatMap((backend) => {
    selectGostBackend(backend)

    return [inputs.map(verifyDigest), verifyDigests(inputs)]
  })

const flip = (octets: Uint8Array, at: number): Uint8Array => {
  const index = (at >> 3) % octets.length

  return octets.with(index, (octets[index] ?? 0) ^ (1 << (at & 7)))
}

describe.each(CURVES)('backends on %s', (curve) => {
  const { q, byteLength } = curves[curve]

  it('accept the same signatures of keys and numbers where formulas meet exceptions', () => {
    const half = power(2n, q - 2n, q)
    const keys = [1n, 2n, 3n, 5n, 63n, 127n, q - 1n, q - 2n, half]
    const inputs = keys.flatMap((d, i) =>
      (byteLength === 32 ? [1n, 2n, 3n, 17n] : [1n, 3n]).flatMap((k, j) => {
        const made = make(curve, { d, k, e: [1n, 2n, 5n, half][(i + j) % 4] ?? 1n })

        return made === undefined ? [] : [made]
      }),
    )
    expect(inputs.length).toBeGreaterThan(
      curve === 'cryptopro-C' ? 20 : byteLength === 32 ? 30 : 15,
    )
    for (const answers of answersOf(inputs)) expect(answers).toEqual(inputs.map(() => true))
  })

  it('agree on any signature and on any flipped bit of it', () => {
    const number = fc.bigInt({ min: 1n, max: q - 1n })
    const part = fc.constantFrom('digest', 'publicKey', 'signature')
    fc.assert(
      fc.property(number, number, number, part, fc.nat({ max: 1023 }), (d, e, k, what, bit) => {
        const valid = make(curve, { d, e, k })
        if (valid === undefined) return
        const changed = {
          digest: { ...valid, digest: flip(valid.digest, bit) },
          publicKey: { ...valid, publicKey: flip(valid.publicKey, bit) },
          signature: {
            ...valid,
            signature: decodeSignature('KZ', flip(encodeSignature('KZ', valid.signature), bit)),
          },
        }[what]
        for (const answers of answersOf([valid, changed])) expect(answers).toEqual([true, false])
      }),
      { numRuns: byteLength === 32 ? 8 : 4 },
    )
  })

  it('accept a digest of any value, and keep the order of a batch over its size', () => {
    const high = new Uint8Array(byteLength).fill(0xff)
    const valid = make(curve, { d: 77n, e: littleEndianToNumber(high) % q, k: 12345n })
    if (valid === undefined) throw new Error('no signature')
    const inputs = Array.from({ length: 150 }, (_, i) => ({
      ...valid,
      digest: i % 7 === 3 ? high.with(0, i) : high,
    }))
    selectGostBackend(undefined)
    expect(verifyDigests(inputs)).toEqual(inputs.map((_, i) => i % 7 !== 3))
  })
})

describe.each(Object.keys(curves) as CurveName[])('signing on %s', (curve) => {
  const { q, byteLength } = curves[curve]
  const octets = fc.uint8Array({ minLength: byteLength, maxLength: byteLength })
  const key = fc.bigInt({ min: 1n, max: q - 1n }).map((d) => numberToLittleEndian(d, byteLength))

  it('gives the same keys and signatures on every backend, whatever blinds it', () => {
    const edges = [1n, 2n, 3n, 31n, 32n, q - 1n, q - 2n].map((d) =>
      numberToLittleEndian(d, byteLength),
    )
    const give = (privateKey: Uint8Array, digest: Uint8Array, extraEntropy: Uint8Array | null) =>
      GOST_BACKENDS.map((backend) => {
        selectGostBackend(backend)

        return {
          publicKey: derivePublicKey(curve, privateKey),
          signature: signDigest({
            curve,
            privateKey,
            digest,
            ...(extraEntropy === null ? {} : { extraEntropy }),
          }),
        }
      })
    const compare = (privateKey: Uint8Array, digest: Uint8Array, extra: Uint8Array | null) => {
      const [first, ...others] = give(privateKey, digest, extra)
      for (const other of others) expect(other).toEqual(first)
    }
    for (const edge of edges) compare(edge, edge, null)
    fc.assert(fc.property(key, octets, fc.option(octets), compare), { numRuns: 2 })
  })

  it('refuses what is no private key, on every backend', () => {
    for (const backend of GOST_BACKENDS) {
      selectGostBackend(backend)
      for (const d of [0n, q, q + 1n, 2n ** BigInt(8 * byteLength) - 1n]) {
        const privateKey = numberToLittleEndian(d, byteLength)
        expect(() => derivePublicKey(curve, privateKey)).toThrow(RangeError)
        expect(() => signDigest({ curve, privateKey, digest: privateKey })).toThrow(RangeError)
      }
    }
  })
})

describe.each(['tc26-256-A', 'tc26-512-C'] as const)('keys outside the subgroup of %s', (curve) => {
  const parameters = curves[curve]
  const { q, byteLength } = parameters
  const octetsOf = ({ x, y }: { readonly x: bigint; readonly y: bigint }): Uint8Array =>
    Uint8Array.from([
      ...numberToLittleEndian(x, byteLength),
      ...numberToLittleEndian(y, byteLength),
    ])

  it('are refused on every backend, even where the part of small order falls out of the sum', () => {
    const d = 0x1234567n
    const key = multiply(parameters, d, parameters)
    // z2 = -r / e is a multiple of 4: z2 (Q + S) = z2 Q, so the equation alone would hold.
    const k = 987654321n
    const { x } = multiply(parameters, k, parameters) ?? { x: 0n }
    const r = x % q
    const e = (-r * power(4n, q - 2n, q)) % q
    const valid = make(curve, { d, e: e + q, k })
    if (valid === undefined || key === undefined) throw new Error('no signature')
    expect(valid.signature.r).toBe(r)
    const hostile = smallOrderPoints(parameters).flatMap((small) => {
      const mixed = add(parameters, key, small)

      return mixed === undefined ? [small] : [small, mixed]
    })
    expect(hostile.length).toBe(4)
    const inputs = hostile.map((point) => ({ ...valid, publicKey: octetsOf(point) }))
    for (const answers of answersOf([valid, ...inputs])) {
      expect(answers).toEqual([true, ...inputs.map(() => false)])
    }
  })
})
