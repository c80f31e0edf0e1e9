import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectEnd, expectSequence, integerOf } from '../asn1/access.ts'
import { concatOctets, fromHex } from '../asn1/bytes.ts'
import { readDer } from '../asn1/read.ts'
import { der } from '../asn1/write.ts'
import { codeOf } from '../test-support/code-of.ts'
import { nodeSigner, sha256 } from '../test-support/node-key.ts'
import { algorithmOid } from './oids.ts'
import { schemeById } from './schemes.ts'
import { type EcPublicKey, parseSpki } from './spki.ts'
import { isPointOfCurve, verifyEcdsaDigest } from './verify-ecdsa.ts'
import { expectUsableKey, verifySignature } from './verify-signature.ts'

const data = new TextEncoder().encode('sample')

/** RFC 6979 §A.2.5, P-256 with SHA-256 over "sample". */
const vector = {
  x: '60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6',
  y: '7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299',
  r: 0xefd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716n,
  s: 0xf7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8n,
}
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const key: EcPublicKey = {
  type: 'ec',
  curve: 'P-256',
  point: concatOctets(Uint8Array.of(4), fromHex(vector.x), fromHex(vector.y)),
}
const encode = (r: bigint, s: bigint): Uint8Array => der.sequence(der.integer(r), der.integer(s))
const verify = (signature: Uint8Array, change: Partial<EcPublicKey> = {}): boolean =>
  verifyEcdsaDigest({ ...key, ...change }, { digest: sha256(data), signature })

describe('ECDSA of RFC 6979 §A.2.5', () => {
  it('verifies, with s and with its negative, point compressed or not', () => {
    expect(verify(encode(vector.r, vector.s))).toBe(true)
    expect(verify(encode(vector.r, order - vector.s))).toBe(true)
    const compressed = concatOctets(Uint8Array.of(3), fromHex(vector.x))
    expect(verify(encode(vector.r, vector.s), { point: compressed })).toBe(true)
  })

  it.each([
    ['r = 0', encode(0n, vector.s)],
    ['s = 0', encode(vector.r, 0n)],
    ['r below 0', encode(-1n, vector.s)],
    ['r + q', encode(vector.r + order, vector.s)],
    ['s + q', encode(vector.r, vector.s + order)],
    ['s = q', encode(vector.r, order)],
    ['r and s swapped', encode(vector.s, vector.r)],
    ['a third number', der.sequence(der.integer(vector.r), der.integer(vector.s), der.integer(1))],
    ['octets behind', concatOctets(encode(vector.r, vector.s), Uint8Array.of(0))],
    ['a huge number', encode(1n << 4000n, vector.s)],
    ['nothing', new Uint8Array()],
  ])('is refused with %s', (_name, signature) => {
    expect(verify(signature)).toBe(false)
  })

  it.each([
    ['off the curve', key.point.with(64, (key.point[64] ?? 0) ^ 1)],
    ['infinity', Uint8Array.of(0)],
    ['cut', key.point.subarray(0, 64)],
    ['of a hybrid form', key.point.with(0, 6)],
  ])('knows no key %s', (_name, point) => {
    expect(isPointOfCurve({ ...key, point })).toBe(false)
    expect(verify(encode(vector.r, vector.s), { point })).toBe(false)
  })
})

const curves = [
  ['prime256v1', 'P-256'],
  ['secp384r1', 'P-384'],
  ['secp521r1', 'P-521'],
  ['brainpoolP256r1', 'brainpoolP256r1'],
  ['brainpoolP384r1', 'brainpoolP384r1'],
  ['brainpoolP512r1', 'brainpoolP512r1'],
] as const
const schemes = ['ecdsa-sha1', 'ecdsa-sha256', 'ecdsa-sha384', 'ecdsa-sha512'] as const

describe.each(curves)('OpenSSL signs on %s', (namedCurve, name) => {
  const pair = generateKeyPairSync('ec', { namedCurve })

  it.each(schemes)('%s, and we verify; another content, key or scheme not', (id) => {
    const signer = nodeSigner(pair, id)
    const signature = signer.sign(data)
    const { spki } = signer
    expect(spki.key).toMatchObject({ type: 'ec', curve: name })
    const scheme = schemeById(id)
    expectUsableKey({ spki, scheme })
    expect(verifySignature({ spki, scheme, signature, data })).toBe(true)
    expect(verifySignature({ spki, scheme, signature, data: data.with(0, 1) })).toBe(false)
    const other = nodeSigner(generateKeyPairSync('ec', { namedCurve }), id)
    expect(verifySignature({ spki: other.spki, scheme, signature, data })).toBe(false)
    const otherScheme = schemeById(id === 'ecdsa-sha256' ? 'ecdsa-sha384' : 'ecdsa-sha256')
    expect(verifySignature({ spki, scheme: otherScheme, signature, data })).toBe(false)
    const rsa = schemeById('rsa-sha256')
    expect(verifySignature({ spki, scheme: rsa, signature, data })).toBe(false)
  })
})

describe('an EC key', () => {
  const spkiOf = (parameters: Uint8Array, point = key.point): Uint8Array =>
    der.sequence(der.sequence(der.oid(algorithmOid.ecPublicKey), parameters), der.bits(point))
  const use = (bytes: Uint8Array): string =>
    codeOf(() => expectUsableKey({ spki: parseSpki(bytes), scheme: schemeById('ecdsa-sha256') }))

  it('of a named curve is used, one off it refused', () => {
    expect(use(spkiOf(der.oid(algorithmOid.curveP256)))).toBe('accepted')
    expect(use(spkiOf(der.oid(algorithmOid.curveP384)))).toBe('key.not-on-curve')
  })

  it('with explicit parameters, an unknown curve or none is never verified with', () => {
    for (const parameters of [der.sequence(der.integer(1)), der.oid('1.3.132.0.10'), der.null()]) {
      expect(use(spkiOf(parameters))).toBe('key.unsupported-algorithm')
    }
  })

  it('and a signature of any octets never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 150 }), fc.uint8Array({ maxLength: 150 }), (a, b) => {
        expect(verify(a, { point: b })).toBe(false)
        expect(verify(a)).toBe(false)
      }),
    )
  })

  it('has a signature of two numbers and nothing else', () => {
    const parts = expectSequence(readDer(encode(vector.r, vector.s)))
    expectEnd(parts, 2)
    expect(integerOf(parts[1])).toBe(vector.s)
  })
})
