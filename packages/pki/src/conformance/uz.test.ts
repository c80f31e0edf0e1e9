import { curves, decodeSignature, gost94, verifyDigest } from '@muhr/gost'
import { describe, expect, it } from 'vitest'
import { concatOctets, decodeContainer, fromHex, toHex } from '../asn1/index.ts'
import { parseSignedData } from '../cms/index.ts'
import {
  algorithmOid,
  digestOf,
  encodeGostSpki,
  expectUsableKey,
  parseSpki,
  resolveScheme,
  type SubjectPublicKeyInfo,
  verifySignature as verifyWithKey,
} from '../keys/index.ts'
import { findPath } from '../path/index.ts'
import { createTrustStore, knownAuthority } from '../trust/index.ts'
import { type VerificationReport, verifySignature } from '../verify/index.ts'
import { parseCertificate } from '../x509/index.ts'
import { fixture, fixtureJson, fixtureNames, hasFixtures } from './fixtures.ts'

type HashVector = {
  readonly message_hex: string | null
  readonly repeat: { readonly byte: string; readonly count: number } | null
  readonly digest_hex: string
}

type SignatureVector = {
  readonly id: string
  readonly content_ascii?: string
  readonly content_digest_hex?: string
  readonly signed_attrs_set_der_hex?: string
  readonly signed_attrs_digest_hex?: string
  readonly tbs_digest_hex?: string
  readonly signature_hex?: string
  readonly spki_der_hex?: string
  readonly public_key_xy_le_hex?: string
  readonly issuer_cert?: string
  readonly subject_cert?: string
  readonly timestamp_message_imprint_hex?: string
  readonly result: 'valid'
}

type Vectors = {
  readonly hash: readonly HashVector[]
  readonly hash_wrong_sbox_for_empty: string
  readonly curves: Readonly<
    Record<string, Readonly<Record<'p' | 'a' | 'b' | 'n' | 'gx' | 'gy', string>>>
  >
  readonly signatures: readonly SignatureVector[]
  readonly cryptapi_apikeys: {
    readonly public_key_x: string
    readonly public_key_y: string
    readonly keys: Readonly<Record<string, string>>
  }
  readonly negative: readonly { readonly id: string; readonly base: string }[]
  readonly mobile_qr: readonly { readonly text_ascii: string; readonly code: string }[]
}

type SyntheticCase = {
  readonly file: string
  readonly content_b64: string
  readonly expect: string
  readonly signature_hex: readonly string[]
}

const vectors = (
  hasFixtures
    ? fixtureJson('uz/vectors.json')
    : {
        hash: [],
        curves: {},
        signatures: [],
        negative: [],
        mobile_qr: [],
        cryptapi_apikeys: { keys: {} },
      }
) as Vectors
const { cases } = (hasFixtures ? fixtureJson('uz/synthetic/index.json') : { cases: [] }) as {
  readonly cases: readonly SyntheticCase[]
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value)
const hash = (data: Uint8Array): Uint8Array => digestOf(algorithmOid.uzDigest, data)
const certificate = (path: string) => parseCertificate(fixture(`uz/${path}`))

/** The key of a vector, however it states it. */
const spkiOf = (vector: SignatureVector): SubjectPublicKeyInfo =>
  vector.spki_der_hex !== undefined
    ? parseSpki(fromHex(vector.spki_der_hex))
    : parseSpki(
        encodeGostSpki({
          keyOid: algorithmOid.uzKey,
          parameters: [algorithmOid.uzParameterSet1],
          point: fromHex(vector.public_key_xy_le_hex ?? ''),
        }),
      )

const vector = (id: string): SignatureVector => {
  const found = vectors.signatures.find((each) => each.id === id)
  if (found === undefined) {
    throw new Error(`there is no vector ${id}`)
  }
  return found
}

const holds = (
  spki: SubjectPublicKeyInfo,
  { digest, signature }: { digest: Uint8Array; signature: Uint8Array },
): boolean =>
  verifyWithKey({
    spki,
    scheme: resolveScheme({ spki, signatureOid: algorithmOid.uzSignature }),
    digest,
    signature,
  })

describe.skipIf(!hasFixtures)('O‘z DSt 1106:2009 2-A', () => {
  it.each(vectors.hash)('digest $digest_hex', ({ message_hex, repeat, digest_hex }) => {
    const message =
      repeat === null || repeat === undefined
        ? fromHex(message_hex ?? '')
        : new Uint8Array(repeat.count).fill(Number.parseInt(repeat.byte, 16))
    expect(toHex(hash(message))).toBe(digest_hex)
  })

  it('has not the digest that the test S-box gives', () => {
    const wrong = vectors.hash_wrong_sbox_for_empty
    expect(toHex(hash(new Uint8Array()))).not.toBe(wrong)
    expect(toHex(gost94(new Uint8Array(), { sbox: 'd-test' }))).toBe(wrong)
  })

  it('stands in the QR codes of the mobile application', () => {
    for (const { text_ascii, code } of vectors.mobile_qr) {
      expect(code).toContain(toHex(hash(text(text_ascii))))
    }
  })
})

describe.skipIf(!hasFixtures)('curves of O‘z DSt 1092', () => {
  it.each(Object.entries(vectors.curves))('%s', (name, stated) => {
    const { p, a, b, q: n, x: gx, y: gy } = curves[name as keyof typeof curves]
    for (const [key, value] of Object.entries({ p, a, b, n, gx, gy })) {
      expect(value, key).toBe(BigInt(`0x${stated[key as keyof typeof stated]}`))
    }
  })
})

describe.skipIf(!hasFixtures)('real signatures of Uzbekistan', () => {
  for (const each of vectors.signatures) {
    describe(each.id, () => {
      if (each.content_ascii !== undefined) {
        it('states the digest of its content, inside the signed attributes', () => {
          const digest = toHex(hash(text(each.content_ascii ?? '')))
          expect(digest).toBe(each.content_digest_hex)
          expect(each.signed_attrs_set_der_hex).toContain(digest)
        })
      }
      if (each.signed_attrs_set_der_hex !== undefined && each.signature_hex !== undefined) {
        it('is valid over the attributes as SET OF', () => {
          const digest = hash(fromHex(each.signed_attrs_set_der_hex ?? ''))
          if (each.signed_attrs_digest_hex !== undefined) {
            expect(toHex(digest)).toBe(each.signed_attrs_digest_hex)
          }
          const signature = fromHex(each.signature_hex ?? '')
          expect(holds(spkiOf(each), { digest, signature })).toBe(each.result === 'valid')
        })
      }
      if (each.tbs_digest_hex !== undefined) {
        it('is valid over the digest of the certificate', () => {
          const { spki } = certificate(each.issuer_cert ?? '')
          const digest = fromHex(each.tbs_digest_hex ?? '')
          const signature = fromHex(each.signature_hex ?? '')
          expect(holds(spki, { digest, signature })).toBe(true)
        })
      }
      if (each.subject_cert !== undefined) {
        it('is the signature of a certificate by its issuer', () => {
          const { tbsBytes, signature } = certificate(each.subject_cert ?? '')
          const { spki } = certificate(each.issuer_cert ?? '')
          expect(holds(spki, { digest: hash(tbsBytes), signature })).toBe(true)
        })
      }
      if (each.timestamp_message_imprint_hex !== undefined) {
        it('is stamped over its 64 octets', () => {
          const signature = fromHex(each.signature_hex ?? '')
          expect(toHex(hash(signature))).toBe(each.timestamp_message_imprint_hex)
        })
      }
    })
  }

  it('of the bank signer names the key where others name the signature', () => {
    const spki = spkiOf(vector('styx-bank'))
    const request = { spki, signatureOid: algorithmOid.uzKey, digestOid: algorithmOid.uzDigest }
    expect(resolveScheme(request).id).toBe('uz-1092-2')
  })

  it('keys of the desktop interface hold over the digest of the digest of the domain', () => {
    const { public_key_x, public_key_y, keys } = vectors.cryptapi_apikeys
    const publicKey = concatOctets(
      fromHex(public_key_x).toReversed(),
      fromHex(public_key_y).toReversed(),
    )
    for (const [domain, key] of Object.entries(keys)) {
      const signature = decodeSignature('UZ', fromHex(key.toLowerCase()))
      const digest = hash(hash(text(domain)))
      expect(verifyDigest({ curve: 'cryptopro-A', publicKey, digest, signature }), domain).toBe(
        true,
      )
      const other = hash(hash(text(`${domain}.`)))
      expect(verifyDigest({ curve: 'cryptopro-A', publicKey, digest: other, signature })).toBe(
        false,
      )
    }
  })
})

describe.skipIf(!hasFixtures)('the negative vectors of Uzbekistan', () => {
  const base = () => vector('e-imzo-desktop-real')
  const attributes = () => fromHex(base().signed_attrs_set_der_hex ?? '')
  const signature = () => fromHex(base().signature_hex ?? '')
  const isValid = (
    change: { readonly digest?: Uint8Array; readonly signature?: Uint8Array } = {},
  ): boolean =>
    holds(spkiOf(base()), { digest: hash(attributes()), signature: signature(), ...change })

  const changes: Readonly<Record<string, () => boolean>> = {
    'wrong-content': () =>
      toHex(hash(text(`${base().content_ascii} `))) === base().content_digest_hex,
    'flip-bit': () => {
      const octets = signature()
      octets[63] = (octets[63] ?? 0) ^ 1
      return isValid({ signature: octets })
    },
    'swap-halves': () =>
      isValid({ signature: concatOctets(signature().subarray(32), signature().subarray(0, 32)) }),
    'be-hash': () => isValid({ digest: hash(attributes()).toReversed() }),
    'attrs-tag-a0': () => {
      const octets = attributes()
      octets[0] = 0xa0
      return isValid({ digest: hash(octets) })
    },
  }

  it('have a twin that is valid', () => {
    expect(isValid()).toBe(true)
  })

  it.each(vectors.negative)('$id is refused', ({ id, base: of }) => {
    expect(of).toBe('e-imzo-desktop-real')
    expect(Object.keys(changes)).toContain(id)
    expect(changes[id]?.()).toBe(false)
  })
})

describe.skipIf(!hasFixtures)('certificates of Uzbekistan', () => {
  it('are known by their fingerprints, and form the published chain', () => {
    for (const name of ['root-2016', 'root-2020-mitc-uz', 'ca-2024-yt']) {
      const known = knownAuthority(certificate(`certs/${name}.der`).sha256)
      expect(known).toMatchObject({ country: 'UZ', environment: 'production' })
      expect(toHex(decodeContainer(fixture(`uz/certs/${name}.pem`)))).toBe(
        toHex(fixture(`uz/certs/${name}.der`)),
      )
    }
    expect(certificate('certs/root-2016.der').sha256).toBe(
      parseCertificate(fixture('crypto/uz/uz-root-ozdst1092-2-A.der')).sha256,
    )
    const result = findPath(
      {
        certificate: certificate('certs/ca-2024-yt.der'),
        anchors: [certificate('certs/root-2020-mitc-uz.der')],
      },
      { at: new Date('2026-01-01T00:00:00Z') },
    )
    expect(result.status).toBe('valid')
  })

  it('that names set 2 is on CryptoPro-C: structure and curve can be checked, no more', () => {
    const { spki, signatureAlgorithm, subject } = certificate('certs/mvd-2022-paramset2.der')
    const scheme = resolveScheme({ spki, signatureOid: signatureAlgorithm.oid })
    expect(() => expectUsableKey({ spki, scheme })).not.toThrow()
    expect(subject.text).toBe('C=UZ')
  })
})

/** What the cases of the index mean in the words of a report, under the root of the set. */
const expectations: Readonly<Record<string, Partial<VerificationReport>>> = {
  valid: { indication: 'TOTAL-PASSED' },
  'digest-mismatch': { indication: 'TOTAL-FAILED', subIndication: 'HASH_FAILURE' },
  'bad-signature': { indication: 'TOTAL-FAILED', subIndication: 'SIG_CRYPTO_FAILURE' },
  'certificate-expired': { indication: 'TOTAL-FAILED', subIndication: 'EXPIRED' },
  'bad-timestamp': { indication: 'TOTAL-FAILED', subIndication: 'FORMAT_FAILURE' },
}

describe.skipIf(!hasFixtures)('synthetic containers of Uzbekistan', () => {
  const now = new Date('2026-01-01T00:00:00Z')
  const judge = async (
    { file, content_b64 }: SyntheticCase,
    { isTrusted = true, change = (content: Uint8Array) => content } = {},
  ): Promise<VerificationReport> => {
    const { report } = await verifySignature({
      container: fixture(`uz/synthetic/${file}`),
      content: change(Uint8Array.from(Buffer.from(content_b64, 'base64'))),
      trust: createTrustStore(
        isTrusted ? [{ certificate: certificate('synthetic/root.der'), origin: 'explicit' }] : [],
      ),
      policy: 'etsi-basic',
      now,
    })
    return report
  }

  it('are all in the index', () => {
    const files = fixtureNames('uz/synthetic').filter((name) => name.endsWith('.p7b64'))
    expect(cases.map(({ file }) => file).sort()).toEqual(files.sort())
  })

  for (const each of cases) {
    it(`${each.file}: ${each.expect}`, async () => {
      expect(Object.keys(expectations)).toContain(each.expect)
      const report = await judge(each)
      expect(report).toMatchObject(expectations[each.expect] ?? {})
      const { signerInfos } = parseSignedData(decodeContainer(fixture(`uz/synthetic/${each.file}`)))
      expect(signerInfos.map(({ signature }) => toHex(signature))).toEqual(each.signature_hex)
      expect(report.signatures).toHaveLength(each.signature_hex.length)
    })
  }

  for (const each of cases.filter((one) => one.expect === 'valid')) {
    it(`${each.file}: open without trust, failed over other content`, async () => {
      expect(await judge(each, { isTrusted: false })).toMatchObject({
        indication: 'INDETERMINATE',
        subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
        signatures: each.signature_hex.map(() => ({ cryptography: 'valid', country: 'UZ' })),
      })
      const change = (content: Uint8Array) => concatOctets(content, Uint8Array.of(0x20))
      expect(await judge(each, { change })).toMatchObject({
        indication: 'TOTAL-FAILED',
        subIndication: 'HASH_FAILURE',
      })
    })
  }

  it('show organisation and person', async () => {
    const [first] = cases
    const report = first === undefined ? undefined : await judge(first)
    expect(report?.signatures[0]?.signer).toMatchObject({
      pinfl: '30000000000001',
      inn: '300000001',
      organisation: '“SINOV, TEST” MCHJ',
      role: 'DIREKTOR',
    })
    expect(report?.signatures[0]).toMatchObject({
      format: 'CMS',
      signatureAlgorithm: { oid: '1.2.860.3.15.1.1.2.2.2.2' },
      digestAlgorithm: { oid: '1.2.860.3.15.1.3.2.1.1', name: 'ozdst-1106-2009-2-a' },
    })
  })

  it('time-stamped, pass under the rules of E-IMZO with a warning, once revocation is known', async () => {
    const each = cases.find(({ file }) => file === 'attached-json-timestamped.p7b64')
    const report = each === undefined ? undefined : await judge(each)
    expect(report?.signatures[0]?.timestamps).toEqual([
      { genTime: '2025-06-01T10:00:05.000Z', valid: true },
    ])
    expect(report?.signatures[0]?.checks).toContainEqual({
      name: 'time-stamp',
      result: 'passed',
      detail: 'warning.signing-certificate-missing',
    })
    const { report: strict } = await verifySignature({
      container: fixture('uz/synthetic/attached-json-timestamped.p7b64'),
      trust: createTrustStore([
        { certificate: certificate('synthetic/root.der'), origin: 'configured' },
      ]),
      policy: 'uz-e-imzo',
      now,
    })
    expect(strict).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'TRY_LATER' })
  })
})
