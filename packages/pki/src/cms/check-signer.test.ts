import { beforeAll, describe, expect, it } from 'vitest'
import { der } from '../asn1/index.ts'
import { algorithmOid, digestOf, encodeAlgorithmIdentifier } from '../keys/index.ts'
import { issue, type TestIdentity, type TestPki, testPki } from '../verify/testing/test-pki.ts'
import { checkSigner, type SignerCheck } from './check-signer.ts'
import { digestibleContent } from './digestible-content.ts'
import { findSignerCertificates } from './find-signer-certificate.ts'
import { attributeOid, contentTypeOid } from './oids.ts'
import { parseSignedData } from './parse-signed-data.ts'
import { encodeSigningCertificateV1, encodeSigningCertificateV2 } from './signing-certificate.ts'
import {
  type ContainerParts,
  profileAttributes,
  type SignerInfoParts,
  testAttribute,
  writeContainer,
  writeSignerInfo,
} from './testing/write-container.ts'

const content = new TextEncoder().encode('Шарт № 1')

let rsa: TestPki
let gost: TestPki
beforeAll(async () => {
  rsa = await testPki('rsa-2048')
  gost = await testPki('kz-2015-512')
})

const check = (
  identity: TestIdentity,
  {
    info = {},
    container = {},
    given = content,
  }: {
    readonly info?: Partial<SignerInfoParts>
    readonly container?: Partial<ContainerParts>
    /** `null`: not at hand. */
    readonly given?: Uint8Array | null
  } = {},
): SignerCheck => {
  const data = parseSignedData(
    writeContainer([identity], {
      signerInfos: [writeSignerInfo({ identity, signed: content, ...info })],
      ...container,
    }),
  )
  const [signerInfo] = data.signerInfos
  if (signerInfo === undefined) {
    throw new Error('unreachable')
  }
  return checkSigner(signerInfo, {
    contentType: data.contentType,
    digestAlgorithms: data.digestAlgorithms.map(({ oid }) => oid),
    content: digestibleContent(given ?? undefined),
    certificate: identity.certificate,
  })
}

const isGood = ({ defects, digest, signature }: SignerCheck): boolean =>
  defects.length === 0 && digest.result === 'match' && signature === 'valid'

describe.each(['rsa', 'gost'] as const)('checkSigner with a Kazakh %s key', (kind) => {
  const signer = (): TestIdentity => (kind === 'rsa' ? rsa : gost).signer
  const profile = () => profileAttributes(signer(), content)

  it('accepts the profile', () => {
    const result = check(signer())
    expect(isGood(result)).toBe(true)
    expect(result.certificateReference).toBe('match')
    expect(result.signingTime).toEqual(new Date('2026-02-01T10:00:00Z'))
  })

  it('says that detached content was changed', () => {
    expect(check(signer(), { given: new TextEncoder().encode('Шарт № 2') }).digest.result).toBe(
      'mismatch',
    )
  })

  it('says that detached content is not at hand, while the signature value holds', () => {
    const result = check(signer(), { given: null })
    expect(result.digest.result).toBe('absent')
    expect(result.signature).toBe('valid')
  })

  it('refuses a changed signature value', () => {
    const right = signer().key.sign(der.setOf(...Object.values(profile())))
    expect(isGood(check(signer(), { info: { signature: right } }))).toBe(true)
    const wrong = Uint8Array.from(right)
    wrong[5] = (wrong[5] ?? 0) ^ 1
    expect(check(signer(), { info: { signature: wrong } }).signature).toBe('invalid')
  })

  it('refuses attributes out of DER order and does not sort them itself', () => {
    const sorted = [profile().contentType, profile().signingTime, profile().messageDigest]
    expect(isGood(check(signer(), { info: { attributes: sorted } }))).toBe(true)
    const attributes = sorted.toReversed()
    expect(check(signer(), { info: { attributes, sortAttributes: false } }).defects).toContain(
      'signed-attributes.not-sorted',
    )
  })

  it('refuses a second attribute of one type', () => {
    const attributes = [...Object.values(profile()), profile().messageDigest]
    expect(check(signer(), { info: { attributes } }).defects).toContain(
      'signed-attributes.duplicate',
    )
  })

  it('refuses an attribute with two values', () => {
    const digest = der.octets(digestOf(signer().key.scheme.digestOid, content))
    const messageDigest = testAttribute(attributeOid.messageDigest, digest, digest)
    const attributes = Object.values({ ...profile(), messageDigest })
    expect(check(signer(), { info: { attributes } }).defects).toContain(
      'signed-attributes.several-values',
    )
  })

  it('refuses absent contentType and absent messageDigest', () => {
    const { contentType: _contentType, ...withoutType } = profile()
    const { messageDigest: _messageDigest, ...withoutDigest } = profile()
    expect(check(signer(), { info: { attributes: Object.values(withoutType) } }).defects).toContain(
      'content-type.missing',
    )
    expect(
      check(signer(), { info: { attributes: Object.values(withoutDigest) } }).defects,
    ).toContain('message-digest.missing')
  })

  it('refuses a contentType other than eContentType', () => {
    const contentType = testAttribute(attributeOid.contentType, der.oid(contentTypeOid.tstInfo))
    const attributes = Object.values({ ...profile(), contentType })
    expect(check(signer(), { info: { attributes } }).defects).toContain('content-type.mismatch')
  })

  it('refuses signed attributes of indefinite length inside', () => {
    const time = der.time(new Date('2026-02-01T10:00:00Z'))
    const value = Uint8Array.of(0x31, 0x80, ...time, 0, 0)
    const signingTime = der.sequence(der.oid(attributeOid.signingTime), value)
    const attributes = Object.values({ ...profile(), signingTime })
    expect(check(signer(), { info: { attributes } }).defects).toContain('signed-attributes.not-der')
  })

  it('refuses a signing certificate reference to another certificate', () => {
    const other = (kind === 'rsa' ? rsa : gost).tsa.certificate
    const ess = testAttribute(
      attributeOid.signingCertificateV2,
      encodeSigningCertificateV2(other.bytes),
    )
    const result = check(signer(), {
      info: { attributes: Object.values({ ...profile(), ess }) },
    })
    expect(result.defects).toContain('signing-certificate.mismatch')
    expect(result.certificateReference).toBe('mismatch')
  })

  it('checks the SHA-1 form of the reference, and its issuerSerial', () => {
    const { certificate } = signer()
    const reference = (issuer: Uint8Array, serial: string) =>
      testAttribute(
        attributeOid.signingCertificateV2,
        der.sequence(
          der.sequence(
            der.sequence(
              der.octets(digestOf(algorithmOid.sha256, certificate.bytes)),
              der.sequence(
                der.sequence(der.context(4, issuer)),
                der.integer(BigInt(`0x${serial}`)),
              ),
            ),
          ),
        ),
      )
    const withEss = (ess: Uint8Array) =>
      check(signer(), { info: { attributes: Object.values({ ...profile(), ess }) } })
        .certificateReference
    const v1 = testAttribute(
      attributeOid.signingCertificate,
      encodeSigningCertificateV1(certificate.bytes),
    )
    expect(withEss(v1)).toBe('match')
    expect(withEss(reference(certificate.issuer.bytes, certificate.serialNumber))).toBe('match')
    expect(withEss(reference(certificate.subject.bytes, certificate.serialNumber))).toBe('mismatch')
    expect(withEss(reference(certificate.issuer.bytes, '1234'))).toBe('mismatch')
  })

  it('refuses a digest algorithm that does not belong to the signature algorithm', () => {
    const digestAlgorithm = encodeAlgorithmIdentifier(algorithmOid.sha384, der.null())
    const messageDigest = testAttribute(
      attributeOid.messageDigest,
      der.octets(digestOf(algorithmOid.sha384, content)),
    )
    const result = check(signer(), {
      info: { digestAlgorithm, attributes: Object.values({ ...profile(), messageDigest }) },
      container: { digestAlgorithms: [digestAlgorithm] },
    })
    expect(result.defects).toContain('algorithm.mismatch')
    expect(result.signature).toBe('invalid')
  })

  it('refuses a digest algorithm that the container does not declare', () => {
    const { key } = signer()
    const declared = (...oids: readonly string[]) => ({
      digestAlgorithms: oids.map((oid) => encodeAlgorithmIdentifier(oid, der.null())),
    })
    const other = algorithmOid.sha384
    expect(check(signer(), { container: declared(other) }).defects).toEqual([
      'digest-algorithm.undeclared',
    ])
    expect(check(signer(), { container: declared() }).defects).toEqual([
      'digest-algorithm.undeclared',
    ])
    expect(isGood(check(signer(), { container: declared(other, key.scheme.digestOid) }))).toBe(true)
  })

  it('refuses signature parameters that are not NULL', () => {
    const { signatureOid } = signer().key.scheme
    const signatureAlgorithm = encodeAlgorithmIdentifier(signatureOid, der.integer(1))
    expect(check(signer(), { info: { signatureAlgorithm } }).defects).toContain(
      'algorithm.parameters',
    )
  })

  it('checks a signature without attributes over the content itself', () => {
    const result = check(signer(), {
      info: {
        attributes: null,
        ...(kind === 'rsa'
          ? {
              signatureAlgorithm: encodeAlgorithmIdentifier(algorithmOid.rsaEncryption, der.null()),
            }
          : {}),
      },
    })
    expect(result.defects).toEqual([])
    expect(result.digest.result).toBe('unbound')
    expect(result.signature).toBe('valid')
  })

  it('refuses to take signed attributes for content: the signature would hold', () => {
    const attributes = der.setOf(...Object.values(profile()))
    const result = check(signer(), {
      info: { attributes: null, signature: signer().key.sign(attributes) },
      given: attributes,
    })
    expect(result.signature).toBe('valid')
    expect(result.defects).toContain('content.looks-like-attributes')
  })

  it('requires attributes for content that is not id-data', () => {
    const result = check(signer(), {
      info: { attributes: null },
      container: { contentType: contentTypeOid.tstInfo, version: 3 },
    })
    expect(result.defects).toContain('signed-attributes.required')
  })
})

describe('the signature algorithm, which no signature covers', () => {
  const keyAlone = encodeAlgorithmIdentifier(algorithmOid.rsaEncryption, der.null())
  const withDigest = encodeAlgorithmIdentifier(algorithmOid.sha256WithRsa, der.null())
  const smimeCapabilities = testAttribute('1.2.840.113549.1.9.15', der.sequence())

  it('names the digest in signatures of the Kazakh profile, and nothing else', () => {
    expect(check(rsa.signer, { info: { signatureAlgorithm: withDigest } }).defects).toEqual([])
    expect(check(rsa.signer, { info: { signatureAlgorithm: keyAlone } }).defects).toEqual([
      'algorithm.unprotected',
    ])
  })

  it('may be spelled both ways in a Kazakh signature of other software', () => {
    const { contentType, messageDigest } = profileAttributes(rsa.signer, content)
    for (const signatureAlgorithm of [keyAlone, withDigest]) {
      const info = { attributes: [contentType, messageDigest], signatureAlgorithm }
      expect(check(rsa.signer, { info }).defects).toEqual([])
    }
  })

  it('may be spelled both ways by mail agents', () => {
    const attributes = [...Object.values(profileAttributes(rsa.signer, content)), smimeCapabilities]
    const defects = (signatureAlgorithm: Uint8Array) =>
      check(rsa.signer, { info: { attributes, signatureAlgorithm } }).defects
    expect(defects(keyAlone)).toEqual([])
    expect(defects(withDigest)).toEqual([])
  })

  it('may be spelled both ways where the certificate is not Kazakh', async () => {
    const foreign = await issue({ commonName: 'TEST', country: null, key: rsa.signer.key })
    const defects = (signatureAlgorithm: Uint8Array) =>
      check(foreign, { info: { signatureAlgorithm } }).defects
    expect(defects(keyAlone)).toEqual([])
    expect(defects(withDigest)).toEqual([])
  })

  it('is what CMSAlgorithmProtection says, when that is there', () => {
    const protection = testAttribute(
      attributeOid.algorithmProtection,
      der.sequence(
        encodeAlgorithmIdentifier(algorithmOid.sha256),
        der.context(1, [der.oid(algorithmOid.rsaEncryption), der.null()]),
      ),
    )
    const attributes = [...Object.values(profileAttributes(rsa.signer, content)), protection]
    const defects = (signatureAlgorithm: Uint8Array) =>
      check(rsa.signer, { info: { attributes, signatureAlgorithm } }).defects
    expect(defects(keyAlone)).toEqual([])
    expect(defects(withDigest)).toEqual(['algorithm.unprotected'])
  })

  it('is merely unsupported when it has parameters of its own', () => {
    const pss = encodeAlgorithmIdentifier('1.2.840.113549.1.1.10', der.sequence())
    expect(check(rsa.signer, { info: { signatureAlgorithm: pss } })).toMatchObject({
      signature: 'unsupported',
      defects: [],
    })
  })
})

describe('another byte order of a GOST signature', () => {
  it('is refused: Kazakhstan writes r ‖ s little-endian', () => {
    const { key } = gost.signer
    const attributes = der.setOf(...Object.values(profileAttributes(gost.signer, content)))
    const right = key.sign(attributes)
    expect(check(gost.signer, { info: { signature: right } }).signature).toBe('valid')
    expect(check(gost.signer, { info: { signature: right.toReversed() } }).signature).toBe(
      'invalid',
    )
  })

  it('is refused when r or s is zero, or the length is another', () => {
    const result = (signature: Uint8Array) => check(gost.signer, { info: { signature } }).signature
    expect(result(new Uint8Array(128))).toBe('invalid')
    expect(result(new Uint8Array(127))).toBe('invalid')
    expect(result(new Uint8Array(0))).toBe('invalid')
  })
})

describe('findSignerCertificates', () => {
  it('finds by issuer and serial number, by key identifier, and no other', () => {
    const { certificate } = rsa.signer
    const others = [rsa.authority.certificate, rsa.tsa.certificate]
    const keyIdentifier = Buffer.from(
      certificate.extensions.subjectKeyIdentifier?.keyIdentifier ?? '',
      'hex',
    )
    expect(
      findSignerCertificates(
        {
          kind: 'issuer-and-serial',
          issuer: certificate.issuer.bytes,
          serialNumber: certificate.serialNumber,
        },
        [...others, certificate, certificate],
      ),
    ).toEqual([certificate])
    expect(
      findSignerCertificates({ kind: 'subject-key-identifier', keyIdentifier }, [
        ...others,
        certificate,
      ]),
    ).toEqual([certificate])
    expect(
      findSignerCertificates(
        {
          kind: 'issuer-and-serial',
          issuer: certificate.issuer.bytes,
          serialNumber: '1',
        },
        [...others, certificate],
      ),
    ).toEqual([])
  })
})
