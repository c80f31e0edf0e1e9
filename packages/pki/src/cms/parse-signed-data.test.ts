import { beforeAll, describe, expect, it } from 'vitest'
import { concatOctets, der, readDer } from '../asn1/index.ts'
import { PkiError, type PkiErrorCode } from '../error.ts'
import { algorithmOid, encodeAlgorithmIdentifier } from '../keys/index.ts'
import { type TestIdentity, testPki } from '../verify/testing/test-pki.ts'
import { contentTypeOid, revocationFormatOid } from './oids.ts'
import { parseSignedData } from './parse-signed-data.ts'
import {
  type ContainerParts,
  type SignerInfoParts,
  writeContainer,
  writeSignerInfo,
} from './testing/write-container.ts'
import { wrapBasicOcspResponse } from './wrap-basic-ocsp-response.ts'

const content = new TextEncoder().encode('Шарт № 1')

let signer: TestIdentity
beforeAll(async () => {
  signer = (await testPki('rsa-2048')).signer
})

const build = (
  container: Partial<ContainerParts> = {},
  info: Partial<SignerInfoParts> = {},
): Uint8Array =>
  writeContainer([signer], {
    content: der.octets(content),
    signerInfos: [writeSignerInfo({ identity: signer, signed: content, ...info })],
    ...container,
  })

const codeOf = (bytes: Uint8Array): PkiErrorCode | undefined => {
  try {
    parseSignedData(bytes)
    return undefined
  } catch (error) {
    if (error instanceof PkiError) {
      return error.code
    }
    throw error
  }
}

/** Rewrites a DER container of one level of wrapping into indefinite lengths and a split content. */
const indefinite = (...parts: readonly Uint8Array[]): Uint8Array =>
  concatOctets(...parts, Uint8Array.of(0, 0))

const berContainer = (contentNode: Uint8Array): Uint8Array => {
  const info = writeSignerInfo({ identity: signer, signed: content })
  const algorithm = encodeAlgorithmIdentifier(algorithmOid.sha256, der.null())
  return indefinite(
    Uint8Array.of(0x30, 0x80),
    der.oid(contentTypeOid.signedData),
    indefinite(
      Uint8Array.of(0xa0, 0x80),
      indefinite(
        Uint8Array.of(0x30, 0x80),
        der.integer(1),
        der.setOf(algorithm),
        indefinite(
          Uint8Array.of(0x30, 0x80),
          der.oid(contentTypeOid.data),
          indefinite(Uint8Array.of(0xa0, 0x80), contentNode),
        ),
        der.setOf(info),
      ),
    ),
  )
}

describe('parseSignedData', () => {
  it('reads an attached signature of the profile', () => {
    const data = parseSignedData(build())
    expect(data.version).toBe(1)
    expect(data.contentType).toBe(contentTypeOid.data)
    expect(data.content).toEqual(content)
    expect(data.certificates).toEqual([signer.certificate.bytes])
    expect(data.signerInfos).toHaveLength(1)
    expect(data.signerInfos[0]?.identifier).toEqual({
      kind: 'issuer-and-serial',
      issuer: signer.certificate.issuer.bytes,
      serialNumber: signer.certificate.serialNumber,
    })
  })

  it('reads a detached signature as having no content', () => {
    expect(parseSignedData(build({ content: null })).content).toBeUndefined()
  })

  it('joins a content that BER split into parts of indefinite length', () => {
    const half = Math.floor(content.length / 2)
    const split = indefinite(
      Uint8Array.of(0x24, 0x80),
      der.octets(content.subarray(0, half)),
      der.octets(content.subarray(half)),
    )
    expect(parseSignedData(berContainer(split)).content).toEqual(content)
  })

  it('refuses a constructed empty content of definite length, whose twin is primitive', () => {
    expect(codeOf(berContainer(der.octets(new Uint8Array())))).toBeUndefined()
    expect(codeOf(berContainer(Uint8Array.of(0x24, 0x00)))).toBe('cms.bad-content')
  })
})

describe('parseSignedData refuses by code', () => {
  const sha256 = encodeAlgorithmIdentifier(algorithmOid.sha256, der.null())
  const sha384 = encodeAlgorithmIdentifier(algorithmOid.sha384, der.null())

  it('accepts the twin that all cases below differ from', () => {
    expect(codeOf(build())).toBeUndefined()
  })

  const attributeCertificate = der.context(2, der.sequence())
  const otherRevocation = (format: string, info: Uint8Array): Uint8Array =>
    der.context(1, der.context(1, [der.oid(format), info]))

  it.each<[string, () => Uint8Array]>([
    ['a digest algorithm that no signer uses', () => build({ digestAlgorithms: [sha256, sha384] })],
    [
      'parameters of a digest algorithm that we do not know',
      () =>
        build({
          digestAlgorithms: [
            sha256,
            encodeAlgorithmIdentifier('2.16.840.1.101.3.4.2.18', der.integer(512)),
          ],
        }),
    ],
    [
      'attribute certificates, by version 4',
      () => build({ version: 4, certificates: [signer.certificate.bytes, attributeCertificate] }),
    ],
    [
      'attribute certificates of version 1, by version 3',
      () =>
        build({
          version: 3,
          certificates: [signer.certificate.bytes, der.context(1, der.sequence())],
        }),
    ],
    [
      'revocation data of an unknown format, by version 5',
      () => build({ version: 5, more: [otherRevocation('1.3.6.1.5.5.7.16.4', der.null())] }),
    ],
    [
      'an empty set of certificates',
      () => build({ certificates: [], more: [Uint8Array.of(0xa0, 0x00)] }),
    ],
    ['an empty set of revocation data', () => build({ more: [Uint8Array.of(0xa1, 0x00)] })],
  ])('and not %s', (_name, make) => {
    const data = parseSignedData(make())
    expect(data.certificates.length).toBeLessThanOrEqual(1)
    expect(data.crls.length + data.ocspResponses.length).toBe(0)
  })

  const cases: readonly (readonly [string, PkiErrorCode, () => Uint8Array])[] = [
    ['trailing octets', 'asn1.trailing-octets', () => concatOctets(build(), Uint8Array.of(0))],
    ['a truncated container', 'asn1.truncated', () => build().subarray(0, -1)],
    [
      'another content type of CMS',
      'cms.not-signed-data',
      () =>
        der.sequence(der.oid('1.2.840.113549.1.7.3'), der.context(0, der.sequence(der.integer(0)))),
    ],
    [
      'a SignedData of version 3 that holds version 1',
      'cms.bad-version',
      () => build({ version: 3 }),
    ],
    ['a SignedData of version 0', 'cms.bad-version', () => build({ version: 0 })],
    [
      'a SignerInfo of version 3 with issuerAndSerialNumber',
      'cms.bad-version',
      () => build({}, { version: 3 }),
    ],
    [
      'a SignerInfo of version 1 with subjectKeyIdentifier',
      'cms.bad-version',
      () => build({}, { identifier: der.context(0, Uint8Array.of(1, 2), { constructed: false }) }),
    ],
    ['no signer at all', 'cms.no-signers', () => build({ signerInfos: [] })],
    [
      'digest parameters that are not NULL',
      'key.bad-parameters',
      () =>
        build(
          {},
          { digestAlgorithm: encodeAlgorithmIdentifier(algorithmOid.sha256, der.integer(0)) },
        ),
    ],
    [
      'declared digest parameters that are not NULL',
      'key.bad-parameters',
      () =>
        build({
          digestAlgorithms: [encodeAlgorithmIdentifier(algorithmOid.sha256, der.sequence())],
        }),
    ],
    [
      'content that is not an OCTET STRING',
      'cms.bad-content',
      () => build({ content: der.utf8('Шарт') }),
    ],
    [
      'a member of the certificates that is of no format of RFC 5652',
      'cms.unsupported-certificate',
      () => build({ certificates: [signer.certificate.bytes, der.context(4, der.sequence())] }),
    ],
    ...[0xa0, 0xa1, 0xa2, 0xa3].map((tag): readonly [string, PkiErrorCode, () => Uint8Array] => [
      `an X.509 certificate under the tag ${tag.toString(16)} of another format`,
      'cms.unsupported-certificate',
      () => {
        const hidden = Uint8Array.from(signer.certificate.bytes)
        hidden[0] = tag
        return build({ version: 3, certificates: [signer.certificate.bytes, hidden] })
      },
    ]),
    [
      'an attribute certificate in a SignedData of version 1',
      'cms.bad-version',
      () => build({ certificates: [signer.certificate.bytes, attributeCertificate] }),
    ],
    [
      'revocation data without a format',
      'cms.unsupported-revocation',
      () => build({ version: 5, more: [der.context(1, der.context(1, [der.oid('1.2.3')]))] }),
    ],
    [
      'an OCSP response under another format',
      'cms.unsupported-revocation',
      () =>
        build({
          version: 5,
          more: [
            otherRevocation('1.2.3', der.sequence(der.enumerated(0), der.context(0, der.null()))),
          ],
        }),
    ],
    [
      'a field that SignedData does not know',
      'asn1.unexpected-type',
      () => build({ more: [der.context(2, der.null())] }),
    ],
    ['an empty set of unsigned attributes', 'cms.empty-set', () => build({}, { unsigned: [] })],
  ]
  it.each(cases)('%s: %s', (_name, code, make) => {
    expect(codeOf(make())).toBe(code)
  })

  const wrapped = (outer: (signedData: Uint8Array) => readonly Uint8Array[]) =>
    der.sequence(...outer(readDer(build()).children[1]?.children[0]?.bytes ?? new Uint8Array()))
  const type = der.oid(contentTypeOid.signedData)

  it.each<[string, PkiErrorCode | undefined, () => Uint8Array]>([
    ['as the twin', undefined, () => wrapped((data) => [type, der.context(0, [data])])],
    [
      'under another tag',
      'asn1.unexpected-type',
      () => wrapped((data) => [type, der.context(1, [data])]),
    ],
    ['under none', 'asn1.unexpected-type', () => wrapped((data) => [type, data])],
    [
      'not constructed',
      'asn1.unexpected-type',
      () => wrapped((data) => [type, der.context(0, data, { constructed: false })]),
    ],
    [
      'with a part behind it',
      'asn1.unexpected-type',
      () => wrapped((data) => [type, der.context(0, [data]), der.null()]),
    ],
  ])('a SignedData %s in its ContentInfo: %s', (_name, code, make) => {
    expect(codeOf(make())).toBe(code)
  })

  const encapsulated = (...parts: readonly Uint8Array[]) => {
    const fields = readDer(build()).children[1]?.children[0]?.children ?? []
    const changed = fields.map(({ bytes }, index) => (index === 2 ? der.sequence(...parts) : bytes))
    return der.sequence(type, der.context(0, [der.sequence(...changed)]))
  }
  const data = der.oid(contentTypeOid.data)

  it.each<[string, PkiErrorCode | undefined, () => Uint8Array]>([
    ['as the twin', undefined, () => encapsulated(data, der.context(0, [der.octets(content)]))],
    [
      'under another tag',
      'asn1.unexpected-type',
      () => encapsulated(data, der.context(1, [der.octets(content)])),
    ],
    [
      'not constructed',
      'asn1.unexpected-type',
      () => encapsulated(data, der.context(0, der.octets(content), { constructed: false })),
    ],
    [
      'with a part behind it',
      'asn1.unexpected-type',
      () => encapsulated(data, der.context(0, [der.octets(content)]), der.null()),
    ],
  ])('a content %s: %s', (_name, code, make) => {
    expect(codeOf(make())).toBe(code)
  })

  it('a field behind the signers', () => {
    const fields = readDer(build()).children[1]?.children[0]?.children ?? []
    const more = [...fields.map(({ bytes }) => bytes), der.null()]
    expect(codeOf(der.sequence(type, der.context(0, [der.sequence(...more)])))).toBe(
      'asn1.unexpected-type',
    )
  })

  it('reads sets of indefinite length around certificates and revocation data', () => {
    const indefiniteSet = (tag: number, member: Uint8Array) =>
      indefinite(Uint8Array.of(tag, 0x80), member)
    const { certificate } = signer
    const list = der.sequence(der.null())
    const read = parseSignedData(
      build({
        certificates: [],
        more: [indefiniteSet(0xa0, certificate.bytes), indefiniteSet(0xa1, list)],
      }),
    )
    expect(read.certificates).toEqual([certificate.bytes])
    expect(read.crls).toEqual([list])
    const info = der.sequence(der.null())
    const other = indefinite(
      Uint8Array.of(0xa1, 0x80),
      der.oid(revocationFormatOid.ocspResponse),
      info,
    )
    const answers = parseSignedData(build({ version: 5, more: [indefiniteSet(0xa1, other)] }))
    expect(answers.ocspResponses).toEqual([info])
  })

  it('reads answers of both formats, a basic one as the response that it was taken from', () => {
    const info = der.sequence(der.null())
    const answers = [revocationFormatOid.ocspResponse, revocationFormatOid.basicOcspResponse].map(
      (format) => parseSignedData(build({ version: 5, more: [otherRevocation(format, info)] })),
    )
    expect(answers.map(({ ocspResponses }) => ocspResponses)).toEqual([
      [info],
      [wrapBasicOcspResponse(info)],
    ])
  })

  it('an answer that begins as one under another format, and no other value', () => {
    const of = (info: Uint8Array) =>
      codeOf(build({ version: 5, more: [otherRevocation('1.2.3', info)] }))
    const unsupported = 'cms.unsupported-revocation'
    expect(of(der.sequence(der.enumerated(0), der.context(0, [der.null()])))).toBe(unsupported)
    expect(of(der.sequence(der.sequence(), der.sequence()))).toBe(unsupported)
    expect(of(der.sequence(der.enumerated(0)))).toBeUndefined()
    expect(of(der.sequence(der.null(), der.context(0, [der.null()])))).toBeUndefined()
    expect(of(der.sequence(der.sequence()))).toBeUndefined()
    expect(of(der.sequence(der.null(), der.sequence()))).toBeUndefined()
    const three = der.context(1, der.context(1, [der.oid('1.2.3'), der.null(), der.null()]))
    expect(codeOf(build({ version: 5, more: [three] }))).toBe('asn1.unexpected-type')
  })

  it('nesting beyond the limit', () => {
    let deep: Uint8Array = der.null()
    for (let level = 0; level < 100; level += 1) {
      deep = der.sequence(deep)
    }
    expect(codeOf(build({ more: [deep] }))).toBe('asn1.too-deep')
  })

  it('more parts than the limit', () => {
    const many = der.sequence(...Array.from({ length: 200 }, () => der.null()))
    const bytes = build({ more: [many] })
    expect(() => parseSignedData(bytes, { maxNodes: 100 })).toThrow(
      expect.objectContaining({ code: 'asn1.too-many-nodes' }),
    )
  })
})
