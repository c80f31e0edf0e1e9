import { curves, derivePublicKey } from '@muhr/gost'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concatOctets } from '../asn1/bytes.ts'
import { der } from '../asn1/write.ts'
import { codeOf } from '../test-support/code-of.ts'
import { hasGostEngine, withPeer } from '../test-support/openssl-peer.ts'
import { digestOf } from './digests.ts'
import { algorithmOid as oid } from './oids.ts'
import { encodePkcs8, parsePkcs8 } from './pkcs8.ts'
import { type GostScheme, schemeById } from './schemes.ts'
import { createSigningKey, generateKey } from './signing-key.ts'
import { encodeGostSpki, parseSpki } from './spki.ts'
import { expectUsableKey, verifySignature } from './verify-signature.ts'

const data = new TextEncoder().encode('Сынақ құжаты')

describe.each(['kz-2015-512', 'kz-2015-256', 'ru-2012-512', 'ru-2012-256', 'rsa-2048'] as const)(
  'a generated %s key',
  (kind) => {
    const key = createSigningKey(generateKey(kind))
    const { spki, scheme } = key
    const signature = key.sign(data)

    it('signs what its public key verifies, from data and from the digest', () => {
      expect(verifySignature({ spki, scheme, data, signature })).toBe(true)
      const digest = digestOf(scheme.digestOid, data)
      expect(verifySignature({ spki, scheme, digest, signature })).toBe(true)
    })

    it('does not verify other data or a changed signature', () => {
      expect(verifySignature({ spki, scheme, data: data.subarray(1), signature })).toBe(false)
      for (const at of [0, signature.length >> 1, signature.length - 1]) {
        const changed = Uint8Array.from(signature)
        changed[at] = (changed[at] ?? 0) ^ 1
        expect(verifySignature({ spki, scheme, data, signature: changed })).toBe(false)
      }
    })

    it('does not verify a signature that is cut, padded, zero or reversed', () => {
      for (const hostile of [
        signature.subarray(1),
        concatOctets(Uint8Array.of(0), signature),
        concatOctets(signature, Uint8Array.of(0)),
        new Uint8Array(signature.length),
        new Uint8Array(signature.length).fill(0xff),
        signature.toReversed(),
        new Uint8Array(),
      ]) {
        expect(verifySignature({ spki, scheme, data, signature: hostile })).toBe(false)
      }
    })
  },
)

describe('createSigningKey', () => {
  it('keeps a GOST key through PKCS#8', () => {
    const pkcs8 = generateKey('kz-2015-512')
    const parsed = parsePkcs8(pkcs8)
    expect(parsed.type === 'gost' && encodePkcs8(parsed)).toEqual(pkcs8)
  })

  it('refuses to sign with a superseded algorithm', () => {
    const scheme = schemeById('kz-2004') as GostScheme
    const privateKey = new Uint8Array(32).fill(7)
    const old = encodePkcs8({
      scheme,
      parameters: [oid.kz2004ParameterSetA, oid.kz2004HashParameters],
      privateKey,
    })
    expect(codeOf(() => createSigningKey(old))).toBe('key.verify-only')
  })

  it('refuses keys of other algorithms and damaged ones', () => {
    const ec = der.sequence(
      der.integer(0),
      der.sequence(der.oid('1.2.840.10045.2.1'), der.oid('1.2.840.10045.3.1.7')),
      der.octets(new Uint8Array(32)),
    )
    expect(codeOf(() => createSigningKey(ec))).toBe('key.unsupported-algorithm')
    const rsa = der.sequence(
      der.integer(0),
      der.sequence(der.oid(oid.rsaEncryption), der.null()),
      der.octets(new Uint8Array(32)),
    )
    expect(codeOf(() => createSigningKey(rsa))).toBe('key.malformed')
  })
})

describe('parsePkcs8 reads the forms of a GOST number', () => {
  const scheme = schemeById('ru-2012-256') as GostScheme
  const parameters = [oid.ruParameterSet256A]
  const privateKey = new Uint8Array(32).map((_octet, index) => index + 1)
  const wrap = (octets: Uint8Array): Uint8Array =>
    der.sequence(
      der.integer(0),
      der.sequence(der.oid(scheme.keyOid), der.sequence(...parameters.map(der.oid))),
      der.octets(octets),
    )
  const numberOf = (littleEndian: Uint8Array): bigint =>
    BigInt(`0x${Buffer.from(littleEndian.toReversed()).toString('hex')}`)
  const octetsOfNumber = (value: bigint): Uint8Array =>
    new Uint8Array(Buffer.from(value.toString(16).padStart(64, '0'), 'hex')).toReversed()
  const found = (octets: Uint8Array): Uint8Array | undefined => {
    const parsed = parsePkcs8(wrap(octets))
    return parsed.type === 'gost' ? parsed.privateKey : undefined
  }

  it('raw, in an OCTET STRING, as an INTEGER', () => {
    expect(found(privateKey)).toEqual(privateKey)
    expect(found(der.octets(privateKey))).toEqual(privateKey)
    expect(found(der.integer(numberOf(privateKey)))).toEqual(privateKey)
  })

  it('masked: the product of key and masks modulo q', () => {
    const { q } = curves['tc26-256-A']
    const mask = octetsOfNumber(123_456_789n)
    const inverse = (value: bigint, exponent = q - 2n): bigint => {
      let result = 1n
      let base = value % q
      for (let rest = exponent; rest > 0n; rest >>= 1n) {
        result = rest & 1n ? (result * base) % q : result
        base = (base * base) % q
      }
      return result
    }
    const masked = octetsOfNumber((numberOf(privateKey) * inverse(123_456_789n)) % q)
    expect(found(concatOctets(masked, mask))).toEqual(privateKey)
  })

  it('refuses zero, the order of the curve and wrong lengths', () => {
    const { q } = curves['tc26-256-A']
    expect(codeOf(() => found(new Uint8Array(32)))).toBe('key.malformed')
    expect(codeOf(() => found(octetsOfNumber(q)))).toBe('key.malformed')
    expect(codeOf(() => found(privateKey.subarray(1)))).toBe('key.malformed')
    expect(codeOf(() => found(new Uint8Array()))).toBe('key.malformed')
    expect(codeOf(() => found(new Uint8Array(32 * 20).fill(1)))).toBe('key.malformed')
    expect(codeOf(() => found(octetsOfNumber(q - 1n)))).toBe('accepted')
  })
})

describe('keys from outside', () => {
  it('make the readers throw nothing but a PkiError, whichever octet is changed', () => {
    const pkcs8 = [generateKey('kz-2015-512'), generateKey('ru-2012-256'), generateKey('rsa-2048')]
    const spki = pkcs8.map((each) => createSigningKey(each).spki.bytes)
    const damaged = (samples: readonly Uint8Array[]) =>
      fc
        .tuple(fc.constantFrom(...samples), fc.nat(), fc.nat(255))
        .map(([bytes, at, octet]) => bytes.with(at % bytes.length, octet))
    fc.assert(
      fc.property(damaged(pkcs8), damaged(spki), (key, publicKey) => {
        expect(codeOf(() => parsePkcs8(key))).not.toContain('not a PkiError')
        expect(codeOf(() => createSigningKey(key))).not.toContain('not a PkiError')
        expect(codeOf(() => parseSpki(publicKey))).not.toContain('not a PkiError')
      }),
      { numRuns: 200 },
    )
  })
})

describe('expectUsableKey', () => {
  const scheme = schemeById('kz-2015-256') as GostScheme
  const keyOf = (point: Uint8Array) =>
    parseSpki(
      encodeGostSpki({
        keyOid: oid.kz2015Key256,
        parameters: [oid.kz2015ParameterSet256A, oid.kzStreebog256],
        point,
      }),
    )
  const good = derivePublicKey('tc26-256-A', new Uint8Array(32).fill(3))

  it('refuses a point off the curve, and no signature verifies under it', () => {
    const off = Uint8Array.from(good)
    off[0] = (off[0] ?? 0) ^ 1
    expect(codeOf(() => expectUsableKey({ spki: keyOf(off), scheme }))).toBe('key.not-on-curve')
    expect(codeOf(() => expectUsableKey({ spki: keyOf(good), scheme }))).toBe('accepted')
    const signature = new Uint8Array(64).fill(1)
    expect(verifySignature({ spki: keyOf(off), scheme, data, signature })).toBe(false)
  })

  it('refuses the point of order two on the curve with cofactor four', () => {
    const { p } = curves['tc26-256-A']
    const coordinates = (x: bigint): Uint8Array => {
      const octets = new Uint8Array(64)
      octets.set(Buffer.from(x.toString(16).padStart(64, '0'), 'hex').reverse())
      return octets
    }
    // The point (0, -1) of the twisted Edwards form has order two; RFC 7836 §A.2 maps it to (t, 0)
    // with t = (e + d)/6, and e is 1 for this curve.
    const { a, b } = curves['tc26-256-A']
    const d = 0x0605f6b7c183fa81578bc39cfad518132b9df62897009af7e522c32d6dc7bffbn
    let inverse6 = 1n
    let base = 6n
    for (let rest = p - 2n; rest > 0n; rest >>= 1n) {
      inverse6 = rest & 1n ? (inverse6 * base) % p : inverse6
      base = (base * base) % p
    }
    const t = ((1n + d) * inverse6) % p
    expect((t * t * t + a * t + b) % p).toBe(0n)
    const small = keyOf(coordinates(t))
    expect(codeOf(() => expectUsableKey({ spki: small, scheme }))).toBe('key.not-on-curve')
  })

  it('refuses RSA below the limit', () => {
    const { spki, scheme: rsaScheme } = createSigningKey(generateKey('rsa-2048'))
    expect(codeOf(() => expectUsableKey({ spki, scheme: rsaScheme }, { minRsaBits: 3072 }))).toBe(
      'key.too-short',
    )
    expect(codeOf(() => expectUsableKey({ spki, scheme: rsaScheme }))).toBe('accepted')
  })
})

describe.skipIf(!hasGostEngine)('OpenSSL with gost-engine', () => {
  it.each([
    ['ru-2012-256', 'gost2012_256', 'TCA', 'md_gost12_256'],
    ['ru-2012-256', 'gost2012_256', 'A', 'md_gost12_256'],
    ['ru-2012-512', 'gost2012_512', 'A', 'md_gost12_512'],
    ['ru-2012-512', 'gost2012_512', 'B', 'md_gost12_512'],
  ] as const)(
    'and we verify each other: %s, %s paramset %s',
    async (id, algorithm, paramset, digest) => {
      await withPeer(({ run, write }) => {
        write('data', data)
        run(
          'genpkey',
          '-algorithm',
          algorithm,
          '-pkeyopt',
          `paramset:${paramset}`,
          '-outform',
          'DER',
          '-out',
          'key',
        )
        const key = createSigningKey(
          run('pkey', '-inform', 'DER', '-in', 'key', '-outform', 'DER').stdout,
        )
        expect(key.scheme.id).toBe(id)
        expect(key.spki.key).toEqual(
          parseSpki(
            run('pkey', '-inform', 'DER', '-in', 'key', '-pubout', '-outform', 'DER').stdout,
          ).key,
        )
        const theirs = run('dgst', `-${digest}`, '-keyform', 'DER', '-sign', 'key', 'data').stdout
        expect(
          verifySignature({ spki: key.spki, scheme: key.scheme, data, signature: theirs }),
        ).toBe(true)
        write('ours', key.sign(data))
        const verdict = run(
          'dgst',
          `-${digest}`,
          '-keyform',
          'DER',
          '-prverify',
          'key',
          '-signature',
          'ours',
          'data',
        )
        expect(verdict.text).toContain('Verified OK')
      })
    },
  )
})
