import { describe, expect, it } from 'vitest'
import { der, isUniversal, universalTag } from '../asn1/index.ts'
import {
  algorithmOid,
  digestOf,
  encodeAlgorithmIdentifier,
  type GenerateKeyKind,
  schemeById,
} from '../keys/index.ts'
import { testPki } from '../verify/testing/test-pki.ts'
import { attributesOf } from './attributes.ts'
import { checkSigner } from './check-signer.ts'
import { createSignedData } from './create-signed-data.ts'
import { digestibleContent } from './digestible-content.ts'
import { attributeOid } from './oids.ts'
import { parseSignedData } from './parse-signed-data.ts'
import {
  encodeDigestAlgorithm,
  encodeSignatureAlgorithm,
  type SignatureProfile,
  type SignatureProfileName,
  signatureProfiles,
} from './signature-profile.ts'
import { parseSigningCertificate } from './signing-certificate.ts'

const content = new TextEncoder().encode('Договор № 1')
const profiles = Object.keys(signatureProfiles) as readonly SignatureProfileName[]

const sign = async (
  kind: GenerateKeyKind,
  { profile, attributes }: { profile?: SignatureProfileName; attributes?: readonly Uint8Array[] },
) => {
  const { signer } = await testPki(kind)
  const container = await createSignedData({
    content,
    form: 'attached',
    signers: [
      {
        ...signer,
        signingTime: new Date('2026-02-01T10:00:00Z'),
        ...(profile === undefined ? {} : { profile }),
        ...(attributes === undefined ? {} : { attributes }),
      },
    ],
  })
  const data = parseSignedData(container)
  const [signerInfo] = data.signerInfos
  if (signerInfo === undefined) {
    throw new Error('unreachable')
  }
  const check = checkSigner(signerInfo, {
    contentType: data.contentType,
    digestAlgorithms: data.digestAlgorithms.map(({ oid }) => oid),
    content: digestibleContent(data.content),
    certificate: signer.certificate,
  })
  const [ess] = attributesOf(
    signerInfo.signedAttributes?.list,
    attributeOid.signingCertificateV2,
  ).flatMap(({ values }) => values)
  return {
    signer,
    check,
    signatureOid: signerInfo.signatureAlgorithm.oid,
    hasNull: isUniversal(signerInfo.signatureAlgorithm.parameters ?? undefined, universalTag.null),
    types: signerInfo.signedAttributes?.list.map(({ type }) => type) ?? [],
    ess: ess === undefined ? undefined : parseSigningCertificate(ess, 2),
  }
}

const good = { defects: [], digest: { result: 'match' }, signature: 'valid' } as const

describe('signature profiles', () => {
  it.each(['kz-2015-512', 'ru-2012-256', 'ru-2012-512', 'uz-1092-2'] as const)(
    'each holds with a key of %s, but a Kazakh one names no key',
    async (kind) => {
      for (const profile of profiles) {
        const { check, signatureOid, signer } = await sign(kind, { profile })
        const namesKey = signatureOid === signer.key.scheme.keyOid
        expect(check, `${kind} ${profile}`).toMatchObject(
          namesKey && kind === 'kz-2015-512' ? { signature: 'invalid' } : good,
        )
      }
    },
  )

  it('of CryptoPro: key algorithm, NULL, Streebog of the certificate and its issuerSerial', async () => {
    const { check, signer, signatureOid, hasNull, ess } = await sign('ru-2012-256', {})
    expect(check).toMatchObject({ ...good, certificateReference: 'match' })
    expect(signatureOid).toBe(algorithmOid.ruKey256)
    expect(hasNull).toBe(true)
    expect(ess).toEqual({
      digestOid: algorithmOid.ruStreebog256,
      certificateHash: digestOf(algorithmOid.ruStreebog256, signer.certificate.bytes),
      issuer: signer.certificate.issuer.bytes,
      serialNumber: signer.certificate.serialNumber,
    })
  })

  it('of E-IMZO: contentType, signingTime and messageDigest, no more', async () => {
    const { types, signatureOid, hasNull, signer } = await sign('uz-1092-2', {})
    expect(types).toEqual([
      attributeOid.contentType,
      attributeOid.signingTime,
      attributeOid.messageDigest,
    ])
    expect(signatureOid).toBe(signer.key.scheme.signatureOid)
    expect(hasNull).toBe(true)
  })

  it('of ETSI: SHA-256, which is not written, and issuerSerial', async () => {
    const { check, ess, signer } = await sign('ru-2012-512', { profile: 'etsi' })
    expect(check).toMatchObject({ ...good, certificateReference: 'match' })
    expect(ess).toMatchObject({
      digestOid: algorithmOid.sha256,
      serialNumber: signer.certificate.serialNumber,
    })
  })

  it('sign more attributes when they are given', async () => {
    // content-hints (RFC 2634 §2.9): what the content is
    const hints = der.sequence(
      der.oid(attributeOid.contentHints),
      der.set(der.sequence(der.utf8('Договор'), der.oid('1.2.840.113549.1.7.1'))),
    )
    const { check, types } = await sign('ru-2012-256', { attributes: [hints] })
    expect(check).toMatchObject(good)
    expect(types).toContain(attributeOid.contentHints)
  })
})

describe('the spelling of algorithms', () => {
  const { 'ru-cryptopro': cryptopro, 'ru-tc26': tc26, 'kz-ncalayer': ncalayer } = signatureProfiles
  const spelled = (
    id: 'ru-2012-256' | 'rsa-sha256' | 'ecdsa-sha256',
    profile: SignatureProfile,
  ) => {
    const scheme = schemeById(id)
    return [encodeDigestAlgorithm(scheme, profile), encodeSignatureAlgorithm(scheme, profile)]
  }
  const withNull = (oid: string) => encodeAlgorithmIdentifier(oid, der.null())
  const bare = (oid: string) => encodeAlgorithmIdentifier(oid)

  it.each(['ru-2012-256', 'rsa-sha256'] as const)('of %s is as the profile says', (id) => {
    const { keyOid, digestOid, signatureOid } = schemeById(id)
    expect(spelled(id, cryptopro)).toEqual([withNull(digestOid), withNull(keyOid)])
    expect(spelled(id, tc26)).toEqual([bare(digestOid), bare(keyOid)])
    expect(spelled(id, ncalayer)).toEqual([withNull(digestOid), withNull(signatureOid)])
  })

  it('of ECDSA names the signature without parameters, whatever the profile says', () => {
    const { digestOid, signatureOid } = schemeById('ecdsa-sha256')
    expect(spelled('ecdsa-sha256', cryptopro)).toEqual([withNull(digestOid), bare(signatureOid)])
    expect(spelled('ecdsa-sha256', tc26)).toEqual([bare(digestOid), bare(signatureOid)])
  })
})
