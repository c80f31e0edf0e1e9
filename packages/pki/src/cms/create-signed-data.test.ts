import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { concatOctets, der, readDer, writePem } from '../asn1/index.ts'
import { hasOpenssl, type OpensslRoom, openOpensslRoom } from '../verify/testing/openssl.ts'
import { answerOcsp, listRevoked } from '../verify/testing/revocation-data.ts'
import { type TestPki, testPki } from '../verify/testing/test-pki.ts'
import { addSignatureTimeStamp, addUnsignedAttribute } from './add-unsigned-attribute.ts'
import { checkSigner, signatureTimeStampsOf } from './check-signer.ts'
import { createSignedData, signDigestedContent } from './create-signed-data.ts'
import { digestContent } from './digest-content.ts'
import { digestibleContent } from './digestible-content.ts'
import { findSignerCertificates } from './find-signer-certificate.ts'
import { attributeOid } from './oids.ts'
import { parseSignedData } from './parse-signed-data.ts'

const signingTime = new Date('2026-02-01T10:00:00Z')
const content = new TextEncoder().encode('Шарт № 1')

let rsa: TestPki
let gost: TestPki
beforeAll(async () => {
  rsa = await testPki('rsa-2048')
  gost = await testPki('kz-2015-512')
})

const allGood = (container: Uint8Array, detached?: Uint8Array): boolean => {
  const data = parseSignedData(container)
  const embedded = [rsa, gost].flatMap(({ signer, tsa }) => [signer.certificate, tsa.certificate])
  return data.signerInfos.every((signerInfo) => {
    const check = checkSigner(signerInfo, {
      contentType: data.contentType,
      digestAlgorithms: data.digestAlgorithms.map(({ oid }) => oid),
      content: digestibleContent(data.content ?? detached),
      certificate: findSignerCertificates(signerInfo.identifier, embedded)[0],
    })
    return (
      check.defects.length === 0 && check.digest.result === 'match' && check.signature === 'valid'
    )
  })
}

describe('createSignedData', () => {
  it.each(['rsa', 'gost'] as const)('makes the NCALayer profile with a %s key', async (kind) => {
    const { signer } = kind === 'rsa' ? rsa : gost
    const container = await createSignedData({
      content,
      form: 'attached',
      signers: [{ ...signer, signingTime }],
    })
    const data = parseSignedData(container)
    expect(readDer(container).bytes).toEqual(container)
    expect(data.content).toEqual(content)
    expect(data.certificates).toEqual([signer.certificate.bytes])
    const [signerInfo] = data.signerInfos
    expect(signerInfo?.version).toBe(1)
    expect(signerInfo?.signatureAlgorithm.oid).toBe(signer.key.scheme.signatureOid)
    expect(new Set(signerInfo?.signedAttributes?.list.map(({ type }) => type))).toEqual(
      new Set([
        attributeOid.contentType,
        attributeOid.signingTime,
        attributeOid.messageDigest,
        attributeOid.signingCertificateV2,
      ]),
    )
    expect(allGood(container)).toBe(true)
  })

  it('round-trips any content, attached and detached', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (bytes, attach) => {
        const container = await createSignedData({
          content: bytes,
          form: attach ? 'attached' : 'detached',
          signers: [{ ...rsa.signer, signingTime }],
        })
        expect(parseSignedData(container).content).toEqual(attach ? bytes : undefined)
        expect(allGood(container, bytes)).toBe(true)
        expect(allGood(container, concatOctets(bytes, Uint8Array.of(1)))).toBe(attach)
      }),
      { numRuns: 25 },
    )
  })

  it('makes independent signatures of several signers with one certificate each', async () => {
    const container = await createSignedData({
      content,
      form: 'detached',
      signers: [
        { ...gost.signer, signingTime },
        { ...rsa.signer, signingTime },
        { ...rsa.tsa, signingTime },
      ],
    })
    const data = parseSignedData(container)
    expect(data.signerInfos).toHaveLength(3)
    expect(data.certificates).toHaveLength(3)
    expect(data.digestAlgorithms).toHaveLength(2)
    expect(allGood(container, content)).toBe(true)
  })

  it('embeds certificates, lists and answers, by the version that they ask for', async () => {
    const crl = await listRevoked(rsa.root, [])
    const ocsp = await answerOcsp(rsa, rsa.signer)
    const container = await createSignedData({
      content,
      form: 'detached',
      signers: [{ ...rsa.signer, signingTime }],
      certificates: [rsa.authority.certificate.bytes, rsa.signer.certificate.bytes],
      crls: [crl],
      ocsp: [ocsp],
    })
    const data = parseSignedData(container)
    expect(readDer(container).bytes).toEqual(container)
    expect(data).toMatchObject({ version: 5, crls: [crl], ocspResponses: [ocsp] })
    expect(data.certificates).toHaveLength(2)
    expect(allGood(container, content)).toBe(true)
  })

  it('refuses a certificate of another key, and no signer at all', async () => {
    await expect(
      createSignedData({
        content,
        form: 'attached',
        signers: [{ key: rsa.signer.key, certificate: rsa.tsa.certificate, signingTime }],
      }),
    ).rejects.toMatchObject({ code: 'cms.signer-mismatch' })
    await expect(
      createSignedData({ content, form: 'attached', signers: [] }),
    ).rejects.toMatchObject({ code: 'cms.no-signers' })
  })
})

describe('addUnsignedAttribute', () => {
  const token = der.sequence(der.oid('1.2.3'))

  it('adds to one signer and leaves everything that is signed as it was', async () => {
    const container = await createSignedData({
      content,
      form: 'attached',
      signers: [
        { ...gost.signer, signingTime },
        { ...rsa.signer, signingTime },
      ],
    })
    const before = parseSignedData(container)
    const stamped = addSignatureTimeStamp(container, { signer: 1, token })
    const after = parseSignedData(stamped)
    expect(readDer(stamped).bytes).toEqual(stamped)
    expect(after.signerInfos.flatMap(signatureTimeStampsOf)).toEqual([token])
    expect(after.certificates).toEqual(before.certificates)
    expect(allGood(stamped)).toBe(true)
    const twice = parseSignedData(
      addUnsignedAttribute(stamped, { signer: 1, type: '1.2.4', value: der.null() }),
    )
    expect(
      twice.signerInfos.flatMap((info) => info.unsignedAttributes.map(({ type }) => type)).sort(),
    ).toEqual(['1.2.4', attributeOid.signatureTimeStamp])
  })

  it('refuses a signer that is not there', async () => {
    const container = await createSignedData({
      content,
      form: 'attached',
      signers: [{ ...rsa.signer, signingTime }],
    })
    expect(() => addSignatureTimeStamp(container, { signer: 1, token })).toThrow(
      expect.objectContaining({ code: 'cms.no-such-signer' }),
    )
  })
})

describe.skipIf(!hasOpenssl)('OpenSSL as the peer', () => {
  let room: OpensslRoom
  beforeAll(() => {
    room = openOpensslRoom()
    room.write(
      'ca.pem',
      writePem('CERTIFICATE', rsa.root.certificate.bytes) +
        writePem('CERTIFICATE', rsa.authority.certificate.bytes),
    )
    room.write('content.bin', content)
  })
  afterAll(() => room.close())

  it.each(['attached', 'detached'] as const)('accepts our %s RSA signature', async (form) => {
    const container = await createSignedData({
      content,
      form,
      signers: [{ ...rsa.signer, signingTime }],
    })
    room.write('ours.p7s', container)
    const args = [
      ...['cms', '-verify', '-inform', 'DER', '-in', 'ours.p7s', '-binary', '-cades'],
      ...['-CAfile', 'ca.pem', '-purpose', 'any', '-attime', `${signingTime.getTime() / 1000}`],
      ...(form === 'detached' ? ['-content', 'content.bin'] : []),
      ...['-out', 'back.bin'],
    ]
    expect(() => room.run(...args)).not.toThrow()
    room.write('content.bin', concatOctets(content, Uint8Array.of(0)))
    if (form === 'detached') {
      expect(() => room.run(...args)).toThrow()
    }
    room.write('content.bin', content)
  })
})

describe('signDigestedContent', () => {
  it('makes the detached container of content that was digested before', async () => {
    const { signer } = gost
    const digested = await digestContent(content, [signer.key.scheme.digestOid])
    const container = await signDigestedContent({
      content: digested,
      signers: [{ ...signer, signingTime }],
    })
    expect(parseSignedData(container).content).toBeUndefined()
    expect(allGood(container, content)).toBe(true)
    expect(allGood(container, new TextEncoder().encode('another'))).toBe(false)
  })

  it('signs nothing that was digested by another algorithm', async () => {
    const digested = await digestContent(content, [rsa.signer.key.scheme.digestOid])
    await expect(
      signDigestedContent({ content: digested, signers: [{ ...gost.signer, signingTime }] }),
    ).rejects.toMatchObject({ code: 'cms.content-missing' })
  })
})
