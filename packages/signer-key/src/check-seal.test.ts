import {
  addSigner,
  addUnsignedAttribute,
  cmsAttributeOid,
  createSignedData,
  createSigningKey,
  type DigestibleContent,
  der,
  digestContent,
  parseCertificate,
  type Signer,
} from '@muhr/pki'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkSeal } from './check-seal.ts'
import { describeSignerKey } from './describe-signer-key.ts'
import { createTestAuthority, type TestOrganisationKey } from './testing/index.ts'

const signingTime = new Date('2026-06-01T10:00:00Z')
const bytes = new TextEncoder().encode('Договор')
const window = { from: signingTime, to: signingTime }

describe('a signature that came from elsewhere', () => {
  let own: TestOrganisationKey
  let other: TestOrganisationKey
  let content: DigestibleContent
  beforeAll(async () => {
    const authority = await createTestAuthority()
    own = await authority.issue()
    other = await authority.issue()
    content = await digestContent(bytes, ['1.2.643.7.1.1.2.2'])
  })
  const signerOf = (key: TestOrganisationKey, change: Partial<Signer> = {}) => {
    const certificate = parseCertificate(key.certificate)

    return {
      certificate,
      signingTime,
      key: { ...createSigningKey(key.pkcs8), spki: certificate.spki, ...change },
    }
  }
  const make = (change: Partial<Signer> = {}) =>
    createSignedData({ content: bytes, form: 'detached', signers: [signerOf(own, change)] })
  const codeOf = (container: Uint8Array): unknown => {
    try {
      checkSeal(container, {
        description: describeSignerKey('csp', own.certificate),
        content,
        signingTime: window,
      })
    } catch (error) {
      return (error as { code?: unknown }).code
    }

    return 'accepted'
  }

  it('is accepted as DER, BER, PEM and base64, all as the same DER', async () => {
    const seal = await make()
    const base64 = Buffer.from(seal).toString('base64')
    const forms = [
      seal,
      new TextEncoder().encode(base64),
      new TextEncoder().encode(`-----BEGIN CMS-----\n${base64}\n-----END CMS-----\n`),
    ]
    expect(forms.map(codeOf)).toEqual(['accepted', 'accepted', 'accepted'])
  })

  it('is refused when one octet of its value is another', async () => {
    const spoilt = await make({
      sign: (data) => {
        const value = createSigningKey(own.pkcs8).sign(data)
        value[40] = (value[40] ?? 0) ^ 1

        return value
      },
    })
    expect(codeOf(spoilt)).toBe('signer-key.seal-invalid')
  })

  it('is refused when another key signed under the name of this certificate', async () => {
    const forged = await make({ sign: (data) => createSigningKey(other.pkcs8).sign(data) })
    expect(codeOf(forged)).toBe('signer-key.seal-invalid')
  })

  it('is refused when a second signer stands beside', async () => {
    const both = await addSigner(await make(), { content: bytes, signer: signerOf(other) })
    expect(codeOf(both)).toBe('signer-key.seal-signers')
  })

  it('is refused when it is of another certificate', async () => {
    const foreign = await createSignedData({
      content: bytes,
      form: 'detached',
      signers: [signerOf(other)],
    })
    expect(codeOf(foreign)).toBe('signer-key.seal-other-certificate')
  })

  it('is refused with the content inside, over other content, and without a reference', async () => {
    const attached = await createSignedData({
      content: bytes,
      form: 'attached',
      signers: [signerOf(own)],
    })
    const elsewhere = await createSignedData({
      content: new Uint8Array(7),
      form: 'detached',
      signers: [signerOf(own)],
    })
    const plain = await createSignedData({
      content: bytes,
      form: 'detached',
      signers: [{ ...signerOf(own), signingCertificate: 'none' }],
    })
    expect([attached, elsewhere, plain].map(codeOf)).toEqual([
      'signer-key.seal-attached',
      'signer-key.seal-other-content',
      'signer-key.seal-not-cades',
    ])
  })

  it('keeps what stands beside the signature unsigned: a time-stamp does no harm', async () => {
    const stamped = addUnsignedAttribute(await make(), {
      type: cmsAttributeOid.signatureTimeStamp,
      value: der.null(),
    })
    expect(codeOf(stamped)).toBe('accepted')
  })

  it('is refused when it is no signature', () => {
    for (const nothing of [new Uint8Array(), bytes, new Uint8Array(3_000_000)]) {
      expect(codeOf(nothing)).toBe('signer-key.seal-unreadable')
    }
  })
})
