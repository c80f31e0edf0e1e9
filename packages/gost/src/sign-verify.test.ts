import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digestNumber } from './digest-number.ts'
import {
  type CurveName,
  curves,
  decodeSignature,
  derivePublicKey,
  encodeSignature,
  selfTest,
  signDigest,
  verifyDigest,
} from './index.ts'
import { numberToLittleEndian } from './octets.ts'
import { signWithNonce } from './sign-core.ts'

const examples = [
  {
    section: '7.1',
    curve: 'test-256',
    d: 0x7a929ade789bb9be10ed359dd39a72c11b60961f49397eee1d19ce9891ec3b28n,
    e: 0x2dfbc1b372d89a1188c09c52e0eec61fce52032ab1022e8e67ece6672b043ee5n,
    k: 0x77105c9b20bcd3122823c8cf6fcc7b956de33814e95b7fe64fed924594dceab3n,
    x: 0x7f2b49e270db6d90d8595bec458b50c58585ba1d4e9b788f6689dbd8e56fd80bn,
    y: 0x26f1b489d6701dd185c8413a977b3cbbaf64d1c593d26627dffb101a87ff77dan,
    r: 0x41aa28d2f1ab148280cd9ed56feda41974053554a42767b83ad043fd39dc0493n,
    s: 0x01456c64ba4642a1653c235a98a60249bcd6d3f746b631df928014f6c5bf9c40n,
  },
  {
    section: '7.2',
    curve: 'test-512',
    d: 0x0ba6048aadae241ba40936d47756d7c93091a0e8514669700ee7508e508b102072e8123b2200a0563322dad2827e2714a2636b7bfd18aadfc62967821fa18dd4n,
    e: 0x3754f3cfacc9e0615c4f4a7c4d8dab531b09b6f9c170c533a71d147035b0c5917184ee536593f4414339976c647c5d5a407adedb1d560c4fc6777d2972075b8cn,
    k: 0x0359e7f4b1410feacc570456c6801496946312120b39d019d455986e364f365886748ed7a44b3e794434006011842286212273a6d14cf70ea3af71bb1ae679f1n,
    x: 0x115dc5bc96760c7b48598d8ab9e740d4c4a85a65be33c1815b5c320c854621dd5a515856d13314af69bc5b924c8b4ddff75c45415c1d9dd9dd33612cd530efe1n,
    y: 0x37c7c90cd40b0f5621dc3ac1b751cfa0e2634fa0503b3d52639f5d7fb72afd61ea199441d943ffe7f0c70a2759a3cdb84c114e1f9339fdf27f35eca93677beecn,
    r: 0x2f86fa60a081091a23dd795e1e3c689ee512a3c82ee0dcc2643c78eea8fcacd35492558486b20f1c9ec197c90699850260c93bcbcd9c5c3317e19344e173ae36n,
    s: 0x1081b394696ffe8e6585e7a9362d26b6325f56778aadbc081c0bfbe933d52ff5823ce288e8c4f362526080df7f70ce406a6eeb1f56919cb92a9853bde73e5b4an,
  },
] as const

/** A key, a digest and a signature over it, for one curve. */
const makeCase = (curve: CurveName, fill = 0x5a) => {
  const { byteLength } = curves[curve]
  const privateKey = numberToLittleEndian(0x1f2e3d4c5b6a79n, byteLength)
  const digest = new Uint8Array(byteLength).fill(fill)

  return {
    curve,
    privateKey,
    publicKey: derivePublicKey(curve, privateKey),
    digest,
    signature: signDigest({ curve, privateKey, digest }),
  }
}

describe.each(examples)('RFC 7091 section $section', (example) => {
  const { curve, d, e, k, x, y, r, s } = example
  const parameters = curves[curve]
  const { byteLength } = parameters
  const publicKey = derivePublicKey(curve, numberToLittleEndian(d, byteLength))
  const digest = numberToLittleEndian(e, byteLength)

  it('gives the public key, r and s', () => {
    const point = new Uint8Array([
      ...numberToLittleEndian(x, byteLength),
      ...numberToLittleEndian(y, byteLength),
    ])
    expect(publicKey).toEqual(point)
    expect(signWithNonce(parameters, { d, e, k })).toEqual({ byteLength, r, s })
  })

  it('verifies, and nothing near it does', () => {
    const verify = (signature: { r: bigint; s: bigint }): boolean =>
      verifyDigest({ curve, publicKey, digest, signature: { byteLength, ...signature } })
    expect(verify({ r, s })).toBe(true)
    expect(verify({ r: s, s: r })).toBe(false)
    expect(verify({ r, s: s + 1n })).toBe(false)
    expect(verify({ r: r + 1n, s })).toBe(false)
    expect(verify({ r, s: parameters.q - s })).toBe(false)
  })
})

describe.each(Object.keys(curves) as CurveName[])('%s', (curve) => {
  const valid = makeCase(curve)
  const { q, byteLength } = curves[curve]

  it('verifies what it signed', () => {
    expect(verifyDigest(valid)).toBe(true)
  })

  it.each([
    ['r is zero', (v: typeof valid.signature) => ({ ...v, r: 0n })],
    ['s is zero', (v: typeof valid.signature) => ({ ...v, s: 0n })],
    ['both are zero', (v: typeof valid.signature) => ({ ...v, r: 0n, s: 0n })],
    ['r is q', (v: typeof valid.signature) => ({ ...v, r: q })],
    ['s is q', (v: typeof valid.signature) => ({ ...v, s: q })],
    ['r is r + q', (v: typeof valid.signature) => ({ ...v, r: v.r + q })],
    ['s is s + q', (v: typeof valid.signature) => ({ ...v, s: v.s + q })],
    ['r is negative', (v: typeof valid.signature) => ({ ...v, r: v.r - q })],
    ['s is negative', (v: typeof valid.signature) => ({ ...v, s: v.s - q })],
    ['r and s change places', (v: typeof valid.signature) => ({ ...v, r: v.s, s: v.r })],
    [
      'the size is that of another curve',
      (v: typeof valid.signature) => ({ ...v, byteLength: v.byteLength === 32 ? 64 : 32 }) as const,
    ],
  ])('refuses a signature where %s', (_, change) => {
    expect(verifyDigest({ ...valid, signature: change(valid.signature) })).toBe(false)
  })

  it('refuses the octets of another country', () => {
    const octets = encodeSignature('RU', valid.signature)
    expect(verifyDigest({ ...valid, signature: decodeSignature('RU', octets) })).toBe(true)
    expect(verifyDigest({ ...valid, signature: decodeSignature('KZ', octets) })).toBe(false)
  })

  it('takes e = 0 mod q for 1: digests 0, 1 and q are signed alike', () => {
    const digests = [0n, 1n, q].map((e) => numberToLittleEndian(e, byteLength))
    for (const digest of digests) {
      expect(digestNumber(curves[curve], digest)).toBe(1n)
      const signature = signDigest({ ...valid, digest })
      for (const other of digests) {
        expect(verifyDigest({ ...valid, digest: other, signature })).toBe(true)
      }
    }
    expect(digestNumber(curves[curve], numberToLittleEndian(2n, byteLength))).toBe(2n)
  })

  it('refuses a digest of another length', () => {
    for (const digest of [new Uint8Array(byteLength - 1), new Uint8Array(96 - byteLength)]) {
      expect(() => verifyDigest({ ...valid, digest })).toThrow(RangeError)
      expect(() => signDigest({ ...valid, digest })).toThrow(RangeError)
    }
  })

  it('never answers with a key of another person', () => {
    const other = derivePublicKey(curve, numberToLittleEndian(7n, byteLength))
    expect(verifyDigest({ ...valid, publicKey: other })).toBe(false)
    expect(verifyDigest({ ...valid, publicKey: other.toReversed() })).toBe(false)
  })
})

describe.each(['cryptopro-A', 'tc26-512-A'] as const)('laws, %s', (curve) => {
  const { byteLength, q } = curves[curve]
  const octets = fc.uint8Array({ minLength: byteLength, maxLength: byteLength })
  const key = fc.bigInt({ min: 1n, max: q - 1n }).map((d) => numberToLittleEndian(d, byteLength))
  const country = fc.constantFrom<'RU' | 'KZ' | 'UZ'>('RU', 'KZ', 'UZ')

  it('what is signed verifies, in every encoding, with and without extra entropy', () => {
    fc.assert(
      fc.property(key, octets, country, fc.option(octets), (privateKey, digest, c, extra) => {
        const signature = signDigest({
          curve,
          privateKey,
          digest,
          ...(extra === null ? {} : { extraEntropy: extra }),
        })
        const publicKey = derivePublicKey(curve, privateKey)
        const back = decodeSignature(c, encodeSignature(c, signature))
        expect(verifyDigest({ curve, publicKey, digest, signature: back })).toBe(true)
      }),
      { numRuns: 10 },
    )
  })

  it('any flipped bit of digest, key or signature fails', () => {
    const valid = makeCase(curve)
    const bit = fc.nat({ max: 8 * 2 * byteLength - 1 })
    const flip = (source: Uint8Array, at: number): Uint8Array => {
      const index = (at >> 3) % source.length

      return source.with(index, (source[index] ?? 0) ^ (1 << (at & 7)))
    }
    fc.assert(
      fc.property(bit, fc.constantFrom('digest', 'publicKey', 'signature'), (at, part) => {
        const changed = {
          digest: { ...valid, digest: flip(valid.digest, at) },
          publicKey: { ...valid, publicKey: flip(valid.publicKey, at) },
          signature: {
            ...valid,
            signature: decodeSignature('KZ', flip(encodeSignature('KZ', valid.signature), at)),
          },
        }[part]
        expect(verifyDigest(changed)).toBe(false)
      }),
      { numRuns: 60 },
    )
    expect(verifyDigest(valid)).toBe(true)
  })

  it('nonces repeat for the same input alone', () => {
    const { privateKey, digest, signature } = makeCase(curve)
    expect(signDigest({ curve, privateKey, digest })).toEqual(signature)
    const other = digest.with(0, 1)
    const entropy = new Uint8Array(32).fill(3)
    const rs = [
      signature.r,
      signDigest({ curve, privateKey, digest: other }).r,
      signDigest({ curve, privateKey: privateKey.with(0, 5), digest }).r,
      signDigest({ curve, privateKey, digest, extraEntropy: entropy }).r,
      signDigest({ curve, privateKey, digest, extraEntropy: entropy.with(0, 4) }).r,
    ]
    expect(new Set(rs).size).toBe(rs.length)
  })
})

describe('known answers', () => {
  it('all come out', () => {
    expect(() => selfTest()).not.toThrow()
  })
})
