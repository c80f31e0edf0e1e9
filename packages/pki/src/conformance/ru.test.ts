import { describe, expect, it } from 'vitest'
import {
  bitsOf,
  decodeContainer,
  equalOctets,
  expectSequence,
  fromHex,
  octetsOf,
  oidOf,
  readDer,
  toHex,
} from '../asn1/index.ts'
import { parseSignedData } from '../cms/index.ts'
import {
  algorithmOid,
  digestOf,
  parseAlgorithmIdentifier,
  parseSpki,
  resolveScheme,
  type SubjectPublicKeyInfo,
  verifySignature as verifyWithKey,
} from '../keys/index.ts'
import { findPath } from '../path/index.ts'
import { parseCrl } from '../revocation/index.ts'
import { createTrustStore, knownAuthority, type TrustStore } from '../trust/index.ts'
import { type VerificationReport, verifySignature } from '../verify/index.ts'
import { nationalIdentity, parseCertificate, russianFacts } from '../x509/index.ts'
import { fixture, fixtureNames, hasFixtures } from './fixtures.ts'

const certificate = (path: string) => parseCertificate(decodeContainer(fixture(path)))

type Signed = {
  readonly tbsBytes: Uint8Array
  readonly signatureOid: string
  readonly signature: Uint8Array
}

const isSigned = (
  { tbsBytes: data, signatureOid, signature }: Signed,
  { spki, allowTestSets = false }: { spki: SubjectPublicKeyInfo; allowTestSets?: boolean },
): boolean => {
  const scheme = resolveScheme({ spki, signatureOid, allowTestSets })
  return verifyWithKey({ spki, scheme, data, signature })
}

/** Any SEQUENCE { signed, algorithm, BIT STRING }: a certificate, a list, a request. */
const signedParts = (bytes: Uint8Array): Signed & { readonly tbs: Uint8Array } => {
  const [tbs, algorithm, signature] = expectSequence(readDer(bytes))
  return {
    tbs: tbs?.bytes ?? new Uint8Array(),
    tbsBytes: tbs?.bytes ?? new Uint8Array(),
    signatureOid: parseAlgorithmIdentifier(algorithm).oid,
    signature: bitsOf(signature).bytes,
  }
}

describe.skipIf(!hasFixtures)('the examples of RFC 9215', () => {
  const sets = [
    ['256a_paramset', false, algorithmOid.ruParameterSet256A],
    ['256_test_paramset', true, algorithmOid.ruTestParameterSet256],
  ] as const

  it.each(sets)('%s: certificate, request and list are signed by the key', (name, isTest, set) => {
    const { spki } = certificate(`crypto/ru-rfc9215/${name}-cert.der`)
    expect(spki.key).toMatchObject({ type: 'gost', parameterSet: set })
    for (const kind of ['cert', 'csr', 'crl']) {
      const parts = signedParts(fixture(`crypto/ru-rfc9215/${name}-${kind}.der`))
      expect(parts.signatureOid).toBe(algorithmOid.ruSignature256)
      expect(isSigned(parts, { spki, allowTestSets: isTest }), kind).toBe(true)
      const signature = parts.signature.toReversed()
      expect(isSigned({ ...parts, signature }, { spki, allowTestSets: isTest }), kind).toBe(false)
    }
  })

  it.each(sets)('%s: the request asks for the key of the certificate', (name) => {
    const { tbs } = signedParts(fixture(`crypto/ru-rfc9215/${name}-csr.der`))
    const { spki } = certificate(`crypto/ru-rfc9215/${name}-cert.der`)
    expect(equalOctets(parseSpki(expectSequence(readDer(tbs))[2]).bytes, spki.bytes)).toBe(true)
  })

  it.each(sets)('%s: the list is of the issuer of the certificate', (name) => {
    const { issuer, subject } = certificate(`crypto/ru-rfc9215/${name}-cert.der`)
    const list = parseCrl(fixture(`crypto/ru-rfc9215/${name}-crl.der`))
    expect(list.issuer.text).toBe('CN=Example')
    expect([issuer.text, subject.text]).toEqual(['CN=Example', 'CN=Example'])
  })

  it('the test set is believed by nobody: a path through it is no path', () => {
    const own = certificate('crypto/ru-rfc9215/256_test_paramset-cert.der')
    expect(() =>
      resolveScheme({ spki: own.spki, signatureOid: algorithmOid.ruSignature256 }),
    ).toThrow(expect.objectContaining({ code: 'scheme.parameter-set-mismatch' }))
  })
})

describe.skipIf(!hasFixtures)('the examples of TC 26', () => {
  it('the certificate on set XchA is signed by itself', () => {
    const { spki } = certificate('crypto/ru-tk26/cert-256-XchA.der')
    expect(spki.key).toMatchObject({ parameterSet: algorithmOid.ruCryptoProXchA })
    expect(isSigned(signedParts(fixture('crypto/ru-tk26/cert-256-XchA.der')), { spki })).toBe(true)
  })

  it('the signed message holds by that certificate, which is not inside', async () => {
    const container = fixture('crypto/ru-tk26/cms-signed-256-XchA.der')
    expect(new TextDecoder().decode(parseSignedData(container).content)).toBe('Test message')
    const judge = async (certificates: readonly Uint8Array[]) => {
      const { report } = await verifySignature({
        container,
        trust: createTrustStore([]),
        policy: 'etsi-basic',
        now: new Date('2026-01-01T00:00:00Z'),
        stored: { certificates },
      })
      return report
    }
    expect(await judge([])).toMatchObject({ subIndication: 'NO_SIGNING_CERTIFICATE_FOUND' })
    expect(await judge([fixture('crypto/ru-tk26/cert-256-XchA.der')])).toMatchObject({
      indication: 'INDETERMINATE',
      signatures: [{ cryptography: 'valid', country: 'RU', format: 'CMS' }],
    })
  })

  const digested = (bytes: Uint8Array) => {
    const [type, content] = expectSequence(readDer(bytes))
    const [version, algorithm, encapsulated, digest] = expectSequence(content?.children[0])
    const [, eContent] = expectSequence(encapsulated)
    return {
      type: oidOf(type),
      version,
      digestOid: parseAlgorithmIdentifier(algorithm).oid,
      content: octetsOf(eContent?.children[0]),
      digest: octetsOf(digest),
    }
  }

  it.each(['ru-tk26/cms-digested-256.der', 'ru-tc26-cms/hashed_a311.pem'])(
    'the digested message %s states its digest, and is no signature',
    async (file) => {
      const bytes = decodeContainer(fixture(`crypto/${file}`))
      const { type, digestOid, content, digest } = digested(bytes)
      expect(type).toBe('1.2.840.113549.1.7.5')
      expect(toHex(digestOf(digestOid, content))).toBe(toHex(digest))
      await expect(
        verifySignature({
          container: bytes,
          trust: createTrustStore([]),
          policy: 'etsi-basic',
          now: new Date(),
        }),
      ).rejects.toMatchObject({ code: 'container.not-a-signature' })
    },
  )

  it('certificates of R 1323565.1.025-2019 hold, and make no path: they are of no CA', () => {
    const root = certificate('crypto/ru-tc26-cms/root256_cert.pem')
    const sender = certificate('crypto/ru-tc26-cms/sender512_cert.pem')
    for (const each of [root, sender]) {
      expect(isSigned(signedParts(each.bytes), { spki: root.spki })).toBe(true)
    }
    const result = findPath(
      { certificate: sender, anchors: [], intermediates: [root] },
      { at: sender.notBefore },
    )
    expect(result.status).toBe('invalid')
  })
})

describe.skipIf(!hasFixtures)('vectors of ESIA and Госключ', () => {
  const digests = [
    [
      '7de47885-e1a6-423e-94b2-ddc82c333fd9',
      'b028f3a54346ac6937d9ac9b0621f717811685e8514bf3366ba8866a81a5e32d',
    ],
    [
      '73535141-e8ae-4abb-ae03-e5d7cd3fbef1',
      '87c8392c734e5aa1c2adf537cf30091f20dbc001cb91a82a89bd2d4c55453585',
    ],
    [
      `${'0123456789'.repeat(6)}012`,
      '9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500',
    ],
  ] as const

  it.each(digests)('Streebog-256 of %s', (message, digest) => {
    expect(toHex(digestOf(algorithmOid.ruStreebog256, new TextEncoder().encode(message)))).toBe(
      digest,
    )
  })

  const decoded = {
    'esia-apikey-1.sig.ber': () =>
      Buffer.from(
        new TextDecoder().decode(fixture('ru/esia-apikey-1.sig.b64url.txt')),
        'base64url',
      ),
    'esia-apikey-2.sig.der': () =>
      Buffer.from(
        decodeURIComponent(
          new TextDecoder().decode(fixture('ru/esia-apikey-2.sig.percent.txt')).trim(),
        ),
        'base64',
      ),
  } as const

  it.each(Object.entries(decoded))('%s is what its query value holds', (file, decode) => {
    expect(toHex(decode())).toBe(toHex(fixture(`ru/${file}`)))
  })

  const judge = async (
    file: string,
    { content, trust = createTrustStore([]) }: { content?: Uint8Array; trust?: TrustStore } = {},
  ): Promise<VerificationReport> => {
    const { report } = await verifySignature({
      container: fixture(`ru/${file}`),
      ...(content === undefined ? {} : { content }),
      trust,
      policy: 'etsi-basic',
      now: new Date('2026-01-01T00:00:00Z'),
    })
    return report
  }

  it.each([
    ['esia-apikey-1.sig.ber', 'esia-apikey-1.txt'],
    ['esia-apikey-2.sig.der', 'esia-apikey-2.txt'],
  ])('%s holds over its text; trust is open', async (file, text) => {
    const content = fixture(`ru/${text}`)
    const report = await judge(file, { content })
    expect(report).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
      signatures: [
        {
          cryptography: 'valid',
          country: 'RU',
          contentDigest: toHex(digestOf(algorithmOid.ruStreebog256, content)),
          digestAlgorithm: { oid: '1.2.643.7.1.1.2.2', name: 'streebog-256' },
          signatureAlgorithm: { oid: '1.2.643.7.1.1.1.1' },
          level: 'unknown',
          chain: expect.any(Array),
        },
      ],
    })
    expect(report.signatures[0]?.anchor).toBeUndefined()
  })

  it('a result of Госключ declares the digest of a document that is not published', async () => {
    const { signerInfos } = parseSignedData(fixture('ru/goskey-result-07_01.pdf.sig'))
    const declared = '852d11e489f44d265f10531d34fdb66060bb23a94f824c900c4a151b1f93cfb8'
    expect(toHex(signerInfos[0]?.signedAttributes?.tbsBytes ?? new Uint8Array())).toContain(
      declared,
    )
    const report = await judge('goskey-result-07_01.pdf.sig')
    expect(report).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'SIGNED_DATA_NOT_FOUND',
      signatures: [{ cryptography: 'valid', format: 'CAdES-B', contentDigest: '' }],
    })
    expect(report.signatures[0]?.checks).toContainEqual({
      name: 'content-digest',
      result: 'indeterminate',
      detail: 'content-absent',
    })
    const other = await judge('goskey-result-07_01.pdf.sig', { content: fromHex('00') })
    expect(other).toMatchObject({ indication: 'TOTAL-FAILED', subIndication: 'HASH_FAILURE' })
  })

  it('that result carries a class and both tools, and its issuer is no accredited authority', () => {
    const [own] = parseSignedData(fixture('ru/goskey-result-07_01.pdf.sig')).certificates
    const parsed = parseCertificate(own ?? new Uint8Array())
    const facts = russianFacts(parsed)
    expect(facts.toolClasses).toContain('KC1')
    expect(facts.subjectSignTool).toBeDefined()
    expect(facts.issuerSignTool).toBeDefined()
    expect(parsed.issuer.text).toContain('Тестовый УЦ')
    expect(nationalIdentity(parsed).country).toBe('RU')
  })
})

describe.skipIf(!hasFixtures)('authorities of Russia', () => {
  const folder = 'ru/authority/anchors'

  it('the roots are known by their fingerprints and signed by themselves', () => {
    const roots = fixtureNames(folder).filter((name) => name.startsWith('root-'))
    expect(roots).toHaveLength(5)
    for (const name of roots) {
      const root = certificate(`${folder}/${name}`)
      expect(knownAuthority(root.sha256), name).toMatchObject({
        country: 'RU',
        kind: 'root',
        environment: 'production',
      })
      expect(isSigned(signedParts(root.bytes), { spki: root.spki }), name).toBe(true)
    }
  })

  it('two roots of one name and key: the path ends at whichever is trusted', () => {
    const leaf = certificate(`${folder}/ca-fns-2023-07-21.der`)
    const cross = certificate(`${folder}/cross-mincifry-2022-by-minkomsvyaz-2021.der`)
    const own = certificate(`${folder}/root-mincifry-2022-01-08.der`)
    const older = certificate(`${folder}/root-minkomsvyaz-2021-07-02.der`)
    const at = new Date('2024-01-01T00:00:00Z')
    for (const [anchor, length] of [
      [own, 2],
      [older, 3],
    ] as const) {
      const result = findPath(
        { certificate: leaf, anchors: [anchor], intermediates: [own, cross, older] },
        { at },
      )
      expect(result.status).toBe('valid')
      expect(result.chain).toHaveLength(length)
      expect(result.anchor?.sha256).toBe(anchor.sha256)
    }
  })

  it.each(['ca-fns-2023-07-21', 'ca-fns-2025-04-17', 'ca-fns-2025-12-29'])(
    '%s is under one of the roots, with class and tools',
    (name) => {
      const authority = certificate(`${folder}/${name}.der`)
      const anchors = fixtureNames(folder)
        .filter((each) => each.startsWith('root-'))
        .map((each) => certificate(`${folder}/${each}`))
      const at = new Date(authority.notBefore.getTime() + 86_400_000)
      expect(findPath({ certificate: authority, anchors }, { at }).status).toBe('valid')
      const facts = russianFacts(authority)
      expect(facts.toolClasses.length).toBeGreaterThan(0)
      expect(facts.malformed).toEqual([])
    },
  )
})
