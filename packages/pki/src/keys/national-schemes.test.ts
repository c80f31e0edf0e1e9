import { curves, derivePublicKey } from '@muhr/gost'
import { describe, expect, it } from 'vitest'
import { fromHex } from '../asn1/bytes.ts'
import { der } from '../asn1/write.ts'
import { codeOf } from '../test-support/code-of.ts'
import { fixtureCertificate, hasFixtures } from '../test-support/fixtures.ts'
import { curveOfKey } from './curve-of-key.ts'
import { digestOf } from './digests.ts'
import { algorithmOid as oid } from './oids.ts'
import { type GostScheme, isKnownUnsupported, resolveScheme, signatureSchemes } from './schemes.ts'
import { encodeGostSpki, parseSpki, type SubjectPublicKeyInfo } from './spki.ts'
import { expectUsableKey, verifySignature } from './verify-signature.ts'

const gost = (id: GostScheme['id']): GostScheme => {
  const scheme = signatureSchemes.find((each) => each.id === id)
  if (scheme?.family !== 'gost') {
    throw new Error(`${id} is no GOST scheme`)
  }
  return scheme
}

const keyOn = (
  curve: keyof typeof curves,
  { keyOid, parameters }: { keyOid: string; parameters: readonly string[] },
): SubjectPublicKeyInfo => {
  const secret = new Uint8Array(curves[curve].byteLength)
  secret[0] = 7
  return parseSpki(encodeGostSpki({ keyOid, parameters, point: derivePublicKey(curve, secret) }))
}

const curveOf = (scheme: GostScheme, { key }: SubjectPublicKeyInfo) =>
  key.type === 'gost' ? curveOfKey(scheme, key) : undefined

describe('every published parameter set', () => {
  const rows = signatureSchemes
    .filter((scheme): scheme is GostScheme => scheme.family === 'gost')
    .flatMap((scheme) =>
      Object.entries(scheme.parameterSets).flatMap(([set, curve]) =>
        [[set], [set, ...scheme.digestParameterSets]].map(
          (parameters) => [scheme.id, curve, parameters, scheme] as const,
        ),
      ),
    )

  it.each(rows)('%s, %s, %j', (id, curve, parameters, scheme) => {
    const spki = keyOn(curve, { keyOid: scheme.keyOid, parameters })
    for (const signatureOid of scheme.cmsSignatureOids) {
      expect(resolveScheme({ spki, signatureOid, digestOid: scheme.digestOid }).id).toBe(id)
    }
    expect(curveOf(scheme, spki)).toEqual({ curve, rule: 'named' })
    expect(codeOf(() => expectUsableKey({ spki, scheme }))).toBe('accepted')
  })

  it('of Russia are those of RFC 4357, RFC 7836 and TC 26', () => {
    expect(Object.entries(gost('ru-2012-256').parameterSets)).toEqual([
      ['1.2.643.7.1.2.1.1.1', 'tc26-256-A'],
      ['1.2.643.7.1.2.1.1.2', 'cryptopro-A'],
      ['1.2.643.7.1.2.1.1.3', 'cryptopro-B'],
      ['1.2.643.7.1.2.1.1.4', 'cryptopro-C'],
      ['1.2.643.2.2.35.1', 'cryptopro-A'],
      ['1.2.643.2.2.35.2', 'cryptopro-B'],
      ['1.2.643.2.2.35.3', 'cryptopro-C'],
      ['1.2.643.2.2.36.0', 'cryptopro-A'],
      ['1.2.643.2.2.36.1', 'cryptopro-C'],
    ])
    expect(Object.entries(gost('ru-2012-512').parameterSets)).toEqual([
      ['1.2.643.7.1.2.1.2.1', 'tc26-512-A'],
      ['1.2.643.7.1.2.1.2.2', 'tc26-512-B'],
      ['1.2.643.7.1.2.1.2.3', 'tc26-512-C'],
    ])
  })
})

describe('a test parameter set', () => {
  it.each([
    ['test-256', oid.ruKey256, oid.ruTestParameterSet256, oid.ruSignature256],
    ['test-512', oid.ruKey512, oid.ruTestParameterSet512, oid.ruSignature512],
    ['test-256', oid.ruKey2001, oid.ruTestParameterSet256, oid.ruSignature2001],
  ] as const)(
    '%s of %s is resolved only where it is allowed',
    (curve, keyOid, set, signatureOid) => {
      const spki = keyOn(curve, { keyOid, parameters: [set] })
      expect(codeOf(() => resolveScheme({ spki, signatureOid }))).toBe(
        'scheme.parameter-set-mismatch',
      )
      const scheme = resolveScheme({ spki, signatureOid, allowTestSets: true })
      expect(codeOf(() => expectUsableKey({ spki, scheme }))).toBe('accepted')
    },
  )
})

describe('GOST R 34.10-2001', () => {
  const set = oid.ruCryptoProA
  const key = (...parameters: readonly string[]) =>
    keyOn('cryptopro-A', { keyOid: oid.ruKey2001, parameters: [set, ...parameters] })
  const signatureOid = oid.ruSignature2001

  it('is verified as legacy, with the cipher parameters that RFC 4491 allows', () => {
    const spki = key(oid.ruHashParametersCryptoPro, '1.2.643.2.2.31.1')
    expect(resolveScheme({ spki, signatureOid })).toMatchObject({ id: 'ru-2001', legacy: true })
    expect(
      codeOf(() =>
        keyOn('cryptopro-A', {
          keyOid: oid.ruKey256,
          parameters: [set, oid.ruStreebog256, '1.2.643.2.2.31.1'],
        }),
      ),
    ).toBe('key.bad-parameters')
  })

  it('whose hash has the test S-box is refused', () => {
    expect(codeOf(() => resolveScheme({ spki: key('1.2.643.2.2.30.0'), signatureOid }))).toBe(
      'scheme.parameter-set-mismatch',
    )
    expect(
      codeOf(() => resolveScheme({ spki: key(oid.ruHashParametersCryptoPro), signatureOid })),
    ).toBe('accepted')
  })
})

describe('a key of Uzbekistan', () => {
  const scheme = gost('uz-1092-2')
  const key = (curve: keyof typeof curves, set: string) =>
    keyOn(curve, { keyOid: oid.uzKey, parameters: [set] })

  it.each([
    [oid.uzParameterSet1, 'cryptopro-C', 'point'],
    [oid.uzParameterSet1, 'cryptopro-B', 'point'],
    [oid.uzParameterSet2, 'cryptopro-C', 'point'],
    [oid.uzParameterSet2, 'cryptopro-B', 'named'],
    [oid.uzParameterSet3, 'cryptopro-A', 'point'],
    [oid.uzParameterSet4, 'cryptopro-A', 'point'],
    [oid.uzParameterSet4, 'cryptopro-B', 'point'],
  ] as const)('of set %s on %s: the curve is found by its %s', (set, curve, rule) => {
    const spki = key(curve, set)
    expect(resolveScheme({ spki, signatureOid: oid.uzSignature }).id).toBe('uz-1092-2')
    expect(curveOf(scheme, spki)).toEqual({ curve, rule })
    expect(codeOf(() => expectUsableKey({ spki, scheme }))).toBe('accepted')
  })

  it('on none of its curves is refused, whatever the set', () => {
    for (const set of [oid.uzParameterSet1, oid.uzParameterSet2, oid.uzParameterSet4]) {
      const point = new Uint8Array(64).fill(1)
      const spki = parseSpki(encodeGostSpki({ keyOid: oid.uzKey, parameters: [set], point }))
      expect(codeOf(() => expectUsableKey({ spki, scheme }))).toBe('key.not-on-curve')
    }
  })

  it('of a set that nobody has seen is refused', () => {
    const spki = key('cryptopro-A', '1.2.860.3.15.1.1.2.1.7')
    expect(codeOf(() => resolveScheme({ spki, signatureOid: oid.uzSignature }))).toBe(
      'scheme.parameter-set-mismatch',
    )
    expect(curveOf(scheme, spki)).toBeUndefined()
  })

  it('is never confused with a Russian one of the same curve', () => {
    const spki = key('cryptopro-A', oid.uzParameterSet1)
    const confused = [oid.ruSignature2001, oid.ruSignature256, oid.kz2004Signature]
    for (const signatureOid of confused) {
      expect(codeOf(() => resolveScheme({ spki, signatureOid }))).toBe('scheme.key-mismatch')
    }
    for (const digestOid of [oid.ruGost341194, oid.kzGost34311, oid.ruStreebog256]) {
      expect(codeOf(() => resolveScheme({ spki, signatureOid: oid.uzSignature, digestOid }))).toBe(
        'scheme.digest-mismatch',
      )
    }
  })

  it('uses the CryptoPro S-box: the test one has another digest of nothing', () => {
    const nothing = new Uint8Array()
    expect(digestOf(oid.uzDigest, nothing)).toEqual(
      fromHex('981e5f3ca30c841487830f84fb433e13ac1101569b9c13584ac483234cd656c0'),
    )
    expect(digestOf(oid.uzDigest, nothing)).not.toEqual(digestOf(oid.kzGost34311, nothing))
  })
})

describe('algorithms whose mathematics is not known here', () => {
  it.each([
    ['O‘z DSt 1092 algorithm 1', '1.2.860.3.15.1.1.1.1'],
    ['its signature', '1.2.860.3.15.1.1.1.2.2.2'],
    ['O‘zMSt 286:2024', '1.2.860.3.15.2.1.2.1'],
    ['its signature', '1.2.860.3.15.2.1.2.2.2.2'],
    ['O‘zMSt 285:2024', '1.2.860.3.15.2.3.2.1.1'],
    ['Kazakh GT', '1.3.6.1.4.1.6801.1.2.2'],
  ])('%s is unsupported by name', (_name, unsupported) => {
    expect(isKnownUnsupported(unsupported)).toBe(true)
    const key = der.sequence(
      der.sequence(der.oid(unsupported), der.sequence(der.oid(`${unsupported}.1`))),
      der.bits(der.octets(new Uint8Array(64))),
    )
    expect(parseSpki(key).key.type).toBe('unknown')
  })

  it('and no algorithm of the list is', () => {
    expect(
      signatureSchemes.flatMap(({ signatureOid, keyOid, digestOid }) =>
        [signatureOid, keyOid, digestOid].filter(isKnownUnsupported),
      ),
    ).toEqual([])
  })
})

describe.skipIf(!hasFixtures('uz/certs'))('real Uzbek certificates', () => {
  it.each([
    ['root-2016', 'root-2016'],
    ['root-2020-mitc-uz', 'root-2020-mitc-uz'],
    ['ca-2024-yt', 'root-2020-mitc-uz'],
  ])('%s is signed by %s', (subject, issuer) => {
    const {
      tbsBytes: data,
      signature,
      signatureAlgorithm,
    } = fixtureCertificate(`uz/certs/${subject}.der`)
    const { spki } = fixtureCertificate(`uz/certs/${issuer}.der`)
    const scheme = resolveScheme({ spki, signatureOid: signatureAlgorithm.oid })
    expect(scheme.id).toBe('uz-1092-2')
    expect(verifySignature({ spki, scheme, data, signature })).toBe(true)
    expect(verifySignature({ spki, scheme, data, signature: signature.toReversed() })).toBe(false)
  })

  it('one of a ministry names set 2, and its point lies on CryptoPro-C', () => {
    const { spki } = fixtureCertificate('uz/certs/mvd-2022-paramset2.der')
    expect(curveOf(gost('uz-1092-2'), spki)).toEqual({ curve: 'cryptopro-C', rule: 'point' })
  })
})

describe.skipIf(!hasFixtures('crypto/ru-rfc9215'))('the examples of RFC 9215', () => {
  it.each([
    ['256a_paramset', false],
    ['256_test_paramset', true],
  ])('certificate %s is signed by itself', (name, allowTestSets) => {
    const { spki, ...certificate } = fixtureCertificate(`crypto/ru-rfc9215/${name}-cert.der`)
    const { tbsBytes: data, signature, signatureAlgorithm } = certificate
    const scheme = resolveScheme({ spki, signatureOid: signatureAlgorithm.oid, allowTestSets })
    expect(verifySignature({ spki, scheme, data, signature })).toBe(true)
  })
})
