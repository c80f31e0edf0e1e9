import { beforeAll, describe, expect, it } from 'vitest'
import { der } from '../asn1/index.ts'
import { algorithmOid, encodeAlgorithmIdentifier } from '../keys/index.ts'
import { issue, type TestIdentity, testPki } from '../verify/testing/test-pki.ts'
import { checkSigner, type SignerCheck } from './check-signer.ts'
import { digestibleContent } from './digestible-content.ts'
import { attributeOid } from './oids.ts'
import { parseSignedData } from './parse-signed-data.ts'
import { encodeSigningCertificateV1, encodeSigningCertificateV2 } from './signing-certificate.ts'
import {
  profileAttributes,
  type SignerInfoParts,
  testAttribute,
  writeContainer,
  writeSignerInfo,
} from './testing/write-container.ts'

const content = new TextEncoder().encode('Шарт № 1')

let signer: TestIdentity
let other: TestIdentity
beforeAll(async () => {
  const pki = await testPki('rsa-2048')
  signer = pki.signer
  other = pki.tsa
})

/** What is found of a signature with changed parts, by a certificate or by none. */
const check = (
  info: Partial<SignerInfoParts> = {},
  certificate: TestIdentity['certificate'] | null = signer.certificate,
  given: Uint8Array | null = content,
): SignerCheck => {
  const { contentType, digestAlgorithms, signerInfos } = parseSignedData(
    writeContainer([signer], {
      digestAlgorithms: [info.digestAlgorithm ?? encodeAlgorithmIdentifier(algorithmOid.sha256)],
      signerInfos: [writeSignerInfo({ identity: signer, signed: content, ...info })],
    }),
  )
  const [signerInfo] = signerInfos
  if (signerInfo === undefined) {
    throw new Error('The sample has no signer.')
  }
  return checkSigner(signerInfo, {
    contentType,
    digestAlgorithms: digestAlgorithms.map(({ oid }) => oid),
    content: digestibleContent(given ?? undefined),
    certificate: certificate ?? undefined,
  })
}

describe('a signature without the certificate of its signer', () => {
  const unchecked = { signature: 'unchecked', scheme: undefined } as const

  it('is not checked; its digest is, and its format', () => {
    const found = check({}, null)
    expect(found).toMatchObject({ ...unchecked, digest: { result: 'match' }, defects: [] })
    expect(found.signingTime).toEqual(new Date('2026-02-01T10:00:00Z'))
    const { contentType, messageDigest } = profileAttributes(signer, content)
    const twice = [contentType, contentType, messageDigest]
    expect(check({ attributes: twice }, null).defects).toEqual(['signed-attributes.duplicate'])
  })

  it('refers to a certificate that cannot be compared, or to none', () => {
    const { contentType, messageDigest, ess } = profileAttributes(signer, content)
    const attributes = [contentType, messageDigest]
    expect(check({ attributes: [...attributes, ess] }, null).certificateReference).toBe(
      'unsupported',
    )
    expect(check({ attributes }, null).certificateReference).toBe('absent')
  })
})

describe('the references to a certificate', () => {
  const withReferences = (...references: readonly Uint8Array[]) => {
    const { contentType, messageDigest } = profileAttributes(signer, content)
    return check({ attributes: [contentType, messageDigest, ...references] })
  }
  const v2 = (value: Uint8Array) => testAttribute(attributeOid.signingCertificateV2, value)
  const v1 = (of: TestIdentity) =>
    testAttribute(attributeOid.signingCertificate, encodeSigningCertificateV1(of.certificate.bytes))
  const unknownDigest = v2(
    der.sequence(
      der.sequence(
        der.sequence(der.sequence(der.oid('1.2.3.4')), der.octets(Uint8Array.of(1, 2, 3))),
      ),
    ),
  )

  it('must all be to the one that signed', () => {
    const own = v2(encodeSigningCertificateV2(signer.certificate.bytes))
    expect(withReferences(own, v1(signer))).toMatchObject({
      certificateReference: 'match',
      defects: [],
    })
    expect(withReferences(own, v1(other))).toMatchObject({
      certificateReference: 'mismatch',
      defects: ['signing-certificate.mismatch'],
    })
    expect(withReferences()).toMatchObject({ certificateReference: 'absent', defects: [] })
  })

  it('by a digest that is not known are open, unless another one is wrong', () => {
    expect(withReferences(unknownDigest)).toMatchObject({
      certificateReference: 'unsupported',
      defects: ['signing-certificate.unsupported'],
    })
    expect(withReferences(unknownDigest, v1(signer))).toMatchObject({
      certificateReference: 'unsupported',
    })
    expect(withReferences(unknownDigest, v1(other))).toMatchObject({
      certificateReference: 'mismatch',
    })
  })
})

describe('CMSAlgorithmProtection', () => {
  it('must name the digest and the signature algorithm that stand outside', () => {
    const { contentType, messageDigest } = profileAttributes(signer, content)
    const { sha256, sha384, rsaEncryption } = algorithmOid
    const defectsOf = (digestOid: string, signatureOid: string) => {
      const protection = testAttribute(
        attributeOid.algorithmProtection,
        der.sequence(
          der.sequence(der.oid(digestOid)),
          der.context(1, [der.oid(signatureOid), der.null()]),
        ),
      )
      const attributes = [contentType, messageDigest, protection]
      return check({
        attributes,
        signatureAlgorithm: encodeAlgorithmIdentifier(rsaEncryption, der.null()),
      }).defects
    }
    expect(defectsOf(sha256, rsaEncryption)).toEqual([])
    expect(defectsOf(sha384, rsaEncryption)).toEqual(['algorithm.unprotected'])
    expect(defectsOf(sha256, '1.2.840.113549.1.1.11')).toEqual(['algorithm.unprotected'])
  })
})

describe('a digest that nobody here computes', () => {
  it('leaves content and signature open', () => {
    const digestAlgorithm = encodeAlgorithmIdentifier('1.2.3.4')
    expect(check({ digestAlgorithm })).toMatchObject({
      digest: { result: 'unsupported', computed: undefined },
      signature: 'unsupported',
      defects: [],
    })
    expect(check({ digestAlgorithm, attributes: null })).toMatchObject({
      digest: { result: 'unsupported' },
      signature: 'unsupported',
    })
  })
})

describe('a key of another kind than the algorithm', () => {
  it('contradicts it; a key that nobody here knows is merely unsupported', async () => {
    const gost = await issue({ commonName: 'TEST GOST', kind: 'kz-2015-512' })
    expect(check({}, gost.certificate)).toMatchObject({ signature: 'invalid' })
    expect(check({}, gost.certificate).defects).toContain('algorithm.mismatch')
    const { certificate } = signer
    const unknown = {
      ...certificate,
      spki: { ...certificate.spki, key: { type: 'unknown' as const } },
    } as TestIdentity['certificate']
    const found = check({}, unknown)
    expect(found.signature).toBe('unsupported')
    expect(found.defects).not.toContain('algorithm.mismatch')
    const ofSet = {
      ...gost.certificate,
      spki: {
        ...gost.certificate.spki,
        key: { ...gost.certificate.spki.key, parameterSet: '1.2.3.4' },
      },
    } as TestIdentity['certificate']
    expect(check({}, ofSet).signature).toBe('unsupported')
  })
})

describe('a signature without attributes', () => {
  it('is not checked without its content', () => {
    const bare = { attributes: null }
    expect(check(bare)).toMatchObject({ digest: { result: 'unbound' }, signature: 'valid' })
    expect(check(bare, signer.certificate, null)).toMatchObject({
      digest: { result: 'absent' },
      signature: 'unchecked',
    })
    expect(check(bare, signer.certificate, new Uint8Array())).toMatchObject({
      signature: 'invalid',
    })
  })
})
