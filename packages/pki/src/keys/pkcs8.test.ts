import { type CurveName, derivePublicKey, divideModuloOrder } from '@muhr/gost'
import { describe, expect, it } from 'vitest'
import { concatOctets, toHex } from '../asn1/bytes.ts'
import { der } from '../asn1/write.ts'
import { codeOf } from '../test-support/code-of.ts'
import { algorithmOid as oid } from './oids.ts'
import { encodePkcs8, parsePkcs8 } from './pkcs8.ts'
import { schemeById, signatureSchemes } from './schemes.ts'
import { createSigningKey, generateKey } from './signing-key.ts'
import { verifySignature } from './verify-signature.ts'

const d = Uint8Array.from({ length: 32 }, (_, i) => i + 1)

const infoOf = (
  keyOid: string,
  key: Uint8Array,
  ...rest: readonly [Uint8Array, ...Uint8Array[]]
): Uint8Array => {
  const [parameters, ...more] = rest
  return der.sequence(
    der.integer(more.length === 0 ? 0 : 1),
    der.sequence(der.oid(keyOid), parameters),
    der.octets(key),
    ...more,
  )
}

const gostOf = (pkcs8: Uint8Array, publicKey?: Uint8Array) => {
  const parsed = parsePkcs8(pkcs8, { publicKey })
  if (parsed.type !== 'gost') {
    throw new TypeError('a GOST key was expected')
  }
  return parsed
}

describe('Uzbek private keys (uz-eimzo-didox.md §3.2)', () => {
  const set = (name: string) => der.oid(name)
  const pointOn = (curve: CurveName) => derivePublicKey(curve, d)

  it('a SEQUENCE of parameters means little-endian, a bare curve big-endian', () => {
    const gostLike = infoOf(oid.uzKey, d, der.sequence(set(oid.uzParameterSet1)))
    expect(gostOf(gostLike)).toMatchObject({ curve: 'cryptopro-A', privateKey: d })
    const bare = infoOf(oid.uzKey, d.toReversed(), set(oid.uzParameterSet1))
    expect(gostOf(bare)).toMatchObject({ curve: 'cryptopro-A', privateKey: d })
  })

  it('ECPrivateKey of SEC 1 is big-endian whatever the parameters', () => {
    const sec1 = der.sequence(der.integer(1), der.octets(d.toReversed()))
    for (const parameters of [set(oid.uzParameterSet1), der.sequence(set(oid.uzParameterSet1))]) {
      expect(gostOf(infoOf(oid.uzKey, sec1, parameters)).privateKey).toEqual(d)
    }
  })

  it('the certificate decides about curve and order', () => {
    const named2 = der.sequence(set(oid.uzParameterSet2))
    for (const [key, curve] of [
      [d, 'cryptopro-B'],
      [d, 'cryptopro-C'],
      [d.toReversed(), 'cryptopro-C'],
      [d.toReversed(), 'cryptopro-A'],
    ] as const) {
      const parsed = gostOf(infoOf(oid.uzKey, key, named2), pointOn(curve))
      expect(parsed).toMatchObject({ curve, privateKey: d })
    }
    const foreign = derivePublicKey(
      'cryptopro-C',
      d.map((octet) => octet ^ 1),
    )
    expect(codeOf(() => gostOf(infoOf(oid.uzKey, d, named2), foreign))).toBe('key.mismatch')
  })
})

describe('a public key beside the private one', () => {
  const parameters = der.sequence(der.oid(oid.ruParameterSet256A))
  const point = derivePublicKey('tc26-256-A', d)
  const withPoint = (octets: Uint8Array): Uint8Array =>
    infoOf(
      oid.ruKey256,
      d,
      parameters,
      der.context(1, concatOctets(Uint8Array.of(0), octets), { constructed: false }),
    )

  it('is compared with d·G, raw or in an OCTET STRING', () => {
    expect(gostOf(withPoint(point)).privateKey).toEqual(d)
    expect(gostOf(withPoint(der.octets(point))).privateKey).toEqual(d)
    const other = derivePublicKey(
      'tc26-256-A',
      d.map((octet) => octet ^ 1),
    )
    expect(codeOf(() => gostOf(withPoint(other)))).toBe('key.mismatch')
    expect(codeOf(() => gostOf(withPoint(point.subarray(1))))).toBe('key.malformed')
  })
})

describe('other forms', () => {
  it('a key for key agreement signs like one for signatures', () => {
    const parameters = der.sequence(der.oid(oid.ruCryptoProXchA), der.oid(oid.ruStreebog256))
    const key = gostOf(infoOf(oid.ruAgreement256, d, parameters))
    expect(key).toMatchObject({ scheme: { id: 'ru-2012-256' }, curve: 'cryptopro-A' })
    const signer = createSigningKey(encodePkcs8(key))
    const data = Uint8Array.of(1)
    const { spki, scheme } = signer
    expect(verifySignature({ spki, scheme, data, signature: signer.sign(data) })).toBe(true)
  })

  it('two masks', () => {
    const masks = [d.map((octet) => octet ^ 0x55), d.map((octet) => octet ^ 0x2a)]
    const masked = masks.reduce<Uint8Array>(
      (dividend, divisor) => divideModuloOrder('tc26-256-A', { dividend, divisor }),
      d,
    )
    const parameters = der.sequence(der.oid(oid.ruParameterSet256A))
    const key = gostOf(infoOf(oid.ruKey256, concatOctets(masked, ...masks), parameters))
    expect(toHex(key.privateKey)).toBe(toHex(d))
    const zero = concatOctets(masked, new Uint8Array(32))
    expect(codeOf(() => gostOf(infoOf(oid.ruKey256, zero, parameters)))).toBe('key.malformed')
  })

  it('a number that begins with zeros keeps them, in any form', () => {
    const small = Uint8Array.of(7, ...new Uint8Array(31))
    const parameters = der.sequence(der.oid(oid.ruParameterSet256A))
    for (const form of [small, der.octets(small), der.integer(7)]) {
      expect(gostOf(infoOf(oid.ruKey256, form, parameters)).privateKey).toEqual(small)
    }
    const negative = der.sequence(
      der.integer(0),
      der.sequence(der.oid(oid.ruKey256), parameters),
      der.octets(der.integer(-7)),
    )
    expect(codeOf(() => gostOf(negative))).toBe('key.malformed')
  })
})

describe('generateKey', () => {
  const signing = signatureSchemes.filter((each) => each.family === 'gost' && !each.legacy)

  it.each(signing.map(({ id }) => id))('makes a key on every parameter set of %s', (id) => {
    const scheme = schemeById(id)
    if (scheme.family !== 'gost') {
      throw new TypeError('a GOST scheme was expected')
    }
    const kind = id as 'ru-2012-256'
    for (const [parameterSet, curve] of Object.entries(scheme.parameterSets)) {
      const pkcs8 = generateKey(kind, undefined, { parameterSet })
      expect(gostOf(pkcs8)).toMatchObject({ scheme: { id }, curve })
      const { spki, sign } = createSigningKey(pkcs8)
      const data = Uint8Array.of(1, 2, 3)
      expect(verifySignature({ spki, scheme, data, signature: sign(data) })).toBe(true)
    }
  })

  it('writes the digest beside the sets of 2001 and not beside those of TC 26 (RFC 9215 §4.2)', () => {
    const setsOf = (parameterSet: string) =>
      gostOf(generateKey('ru-2012-256', undefined, { parameterSet })).parameters
    expect(setsOf(oid.ruCryptoProA)).toEqual([oid.ruCryptoProA, oid.ruStreebog256])
    expect(setsOf(oid.ruParameterSet256B)).toEqual([oid.ruParameterSet256B])
  })

  it('refuses a set of another scheme', () => {
    const options = { parameterSet: oid.ruParameterSet512A }
    expect(codeOf(() => generateKey('ru-2012-256', undefined, options))).toBe(
      'key.unsupported-algorithm',
    )
  })
})
