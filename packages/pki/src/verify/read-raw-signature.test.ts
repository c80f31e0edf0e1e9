import { describe, expect, it } from 'vitest'
import { createSignedData, parseSignedData } from '../cms/index.ts'
import {
  type GenerateKeyKind,
  signatureSchemes,
  verifySignature as verifyValue,
} from '../keys/index.ts'
import { policies } from '../policy/index.ts'
import type { VerificationReport } from './report.ts'
import { sampleContent, trustIn } from './testing/sample-containers.ts'
import { failedFor, notPassed, openFor, passedReport } from './testing/sample-judge.ts'
import { sampleNow, sampleSigningTime, type TestPki, testPki } from './testing/test-pki.ts'
import { verifySignature } from './verify-signature.ts'

const kinds: readonly GenerateKeyKind[] = [
  'rsa-2048',
  'kz-2015-512',
  'ru-2012-256',
  'ru-2012-512',
  'uz-1092-2',
]

const everyScheme = signatureSchemes.map(({ id }) => id)
const policy = {
  ...policies['etsi-basic'],
  signerSchemes: everyScheme,
  infrastructureSchemes: everyScheme,
}

const judge = async (
  pki: TestPki,
  { signature, content }: { readonly signature: Uint8Array; readonly content?: Uint8Array },
): Promise<VerificationReport> => {
  const { report } = await verifySignature({
    container: { signature, certificate: pki.signer.certificate.bytes },
    ...(content === undefined ? {} : { content }),
    trust: trustIn(pki.root),
    policy,
    stored: { certificates: [pki.authority.certificate.bytes] },
    now: sampleNow,
  })
  return report
}

describe.each(kinds)('a raw signature, %s', async (kind) => {
  const pki = await testPki(kind)
  const { key } = pki.signer
  const signature = await key.sign(sampleContent)

  it('holds over its content, in the octet order of its country', async () => {
    const report = await judge(pki, { signature, content: sampleContent })
    expect(notPassed(report)).toEqual([])
    expect(report).toMatchObject({
      ...passedReport,
      signatures: [{ format: 'raw', cryptography: 'valid', timestamps: [] }],
    })
  })

  it('fails over other content, and in another octet order', async () => {
    const other = Uint8Array.of(...sampleContent, 0)
    expect(await judge(pki, { signature, content: other })).toMatchObject(
      failedFor('SIG_CRYPTO_FAILURE'),
    )
    const turned = signature.toReversed()
    expect(await judge(pki, { signature: turned, content: sampleContent })).toMatchObject(
      failedFor('SIG_CRYPTO_FAILURE'),
    )
  })

  it('stays open without its content', async () => {
    const report = await judge(pki, { signature })
    expect(report).toMatchObject(openFor('SIGNED_DATA_NOT_FOUND'))
  })

  it('taken out of a CMS, over its signed attributes, fails though the value holds', async () => {
    const container = await createSignedData({
      content: sampleContent,
      form: 'detached',
      signers: [{ ...pki.signer, signingTime: sampleSigningTime }],
    })
    const [signerInfo] = parseSignedData(container).signerInfos
    const value = signerInfo?.signature ?? new Uint8Array()
    const attributes = signerInfo?.signedAttributes?.tbsBytes ?? new Uint8Array()
    const { spki } = pki.signer.certificate
    expect(verifyValue({ spki, scheme: key.scheme, signature: value, data: attributes })).toBe(true)
    const report = await judge(pki, { signature: value, content: attributes })
    expect(report).toMatchObject(failedFor('FORMAT_FAILURE'))
    expect(notPassed(report)).toContain('format failed content.looks-like-attributes')
  })
})

describe('a raw signature', async () => {
  const pki = await testPki('rsa-2048')

  it('whose certificate cannot be read fails by its format', async () => {
    const { report } = await verifySignature({
      container: { signature: new Uint8Array(256), certificate: Uint8Array.of(0x30, 0x01, 0x00) },
      content: sampleContent,
      trust: trustIn(pki.root),
      policy: 'etsi-basic',
      now: sampleNow,
    })
    expect(report).toMatchObject({ ...failedFor('FORMAT_FAILURE'), signatures: [] })
  })
})
