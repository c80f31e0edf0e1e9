import { beforeAll, describe, expect, it } from 'vitest'
import { der } from '../asn1/index.ts'
import { createSignerInfo } from '../cms/create-signer-info.ts'
import {
  addCounterSignature,
  addUnsignedAttribute,
  cmsAttributeOid,
  parseSignedData,
} from '../cms/index.ts'
import { digestOf } from '../keys/index.ts'
import { codeOfAsync } from '../test-support/code-of.ts'
import {
  createSampleJudge,
  notPassed,
  passedReport,
  type SampleJudge,
} from './testing/sample-judge.ts'
import { sampleSigningTime, type TestIdentity, testPki } from './testing/test-pki.ts'

let judge: SampleJudge
let notary: TestIdentity
beforeAll(async () => {
  judge = await createSampleJudge()
  notary = (await testPki('ru-2012-256')).signer
})

const by = (identity: TestIdentity) => ({ ...identity, signingTime: sampleSigningTime })

describe('a counter-signature', () => {
  it('is verified and reported, and its signer signs nothing else', async () => {
    const container = await addCounterSignature(judge.plain, { counterSigner: by(judge.pki.tsa) })
    const report = await judge.report(container)
    expect(notPassed(report)).toEqual([])
    expect(report).toMatchObject({
      ...passedReport,
      signatures: [
        {
          signer: { subject: judge.pki.signer.certificate.subject.text },
          counterSignatures: [
            {
              cryptography: 'valid',
              signer: { subject: judge.pki.tsa.certificate.subject.text },
            },
          ],
        },
      ],
    })
    expect(report.signatures).toHaveLength(1)
  })

  it('of an unknown authority stays open by itself, and takes nothing from the signature', async () => {
    const container = await addCounterSignature(judge.plain, { counterSigner: by(notary) })
    const report = await judge.report(container)
    expect(report).toMatchObject({
      ...passedReport,
      signatures: [{ counterSignatures: [{ indication: 'INDETERMINATE', cryptography: 'valid' }] }],
    })
  })

  it('may stand on another one, and be several', async () => {
    const once = await addCounterSignature(judge.plain, { counterSigner: by(judge.pki.tsa) })
    const twice = await addCounterSignature(once, { counterSigner: by(judge.pki.signer) })
    const report = await judge.report(twice)
    expect(report.indication).toBe('TOTAL-PASSED')
    expect(report.signatures[0]?.counterSignatures).toHaveLength(2)
  })

  it('over something else is invalid; with a contentType its format fails', async () => {
    const [signerInfo] = parseSignedData(judge.plain).signerInfos
    const signed = signerInfo?.signature ?? new Uint8Array()
    const counter = async (over: Uint8Array, contentType: string | undefined) => {
      const { digestOid } = judge.pki.signer.key.scheme
      const value = await createSignerInfo(by(judge.pki.signer), {
        messageDigest: digestOf(digestOid, over),
        contentType,
      })
      const type = cmsAttributeOid.counterSignature
      const report = await judge.report(addUnsignedAttribute(judge.plain, { type, value }))
      expect(report.indication).toBe('TOTAL-PASSED')
      return report.signatures[0]?.counterSignatures?.[0]
    }
    expect(await counter(signed, undefined)).toMatchObject(passedReport)
    expect(await counter(Uint8Array.of(1), undefined)).toMatchObject({
      indication: 'TOTAL-FAILED',
      subIndication: 'HASH_FAILURE',
    })
    expect(await counter(signed, '1.2.840.113549.1.7.1')).toMatchObject({
      indication: 'TOTAL-FAILED',
      subIndication: 'FORMAT_FAILURE',
    })
  })

  it('that is none is a damaged attribute', async () => {
    const type = cmsAttributeOid.counterSignature
    const report = await judge.report(
      addUnsignedAttribute(judge.plain, { type, value: der.sequence() }),
    )
    expect(report).toMatchObject({ indication: 'TOTAL-FAILED', subIndication: 'FORMAT_FAILURE' })
    expect(notPassed(report)).toEqual([`unsigned-attributes failed attribute-malformed ${type}`])
  })

  it('is not made for a signature that is not there', async () => {
    expect(
      await codeOfAsync(
        addCounterSignature(judge.plain, { signer: 1, counterSigner: by(judge.pki.tsa) }),
      ),
    ).toBe('cms.no-such-signer')
  })
})
