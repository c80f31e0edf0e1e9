import { describe, expect, it } from 'vitest'
import { der, type OctetSource, writePem } from '../asn1/index.ts'
import { createSignedData } from '../cms/index.ts'
import { writeContainer, writeSignerInfo } from '../cms/testing/write-container.ts'
import { codeOfAsync } from '../test-support/code-of.ts'
import type { VerificationReport } from './report.ts'
import { sampleContainers, sampleContent, trustIn } from './testing/sample-containers.ts'
import { failedFor, notPassed } from './testing/sample-judge.ts'
import { sampleNow, sampleSigningTime, testPki } from './testing/test-pki.ts'
import { verifySignature } from './verify-signature.ts'
import { type StreamVerificationInput, verifySignatureStream } from './verify-signature-stream.ts'

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < bytes.length; offset += size) {
    yield bytes.subarray(offset, offset + size)
  }
}

const asFile = (bytes: Uint8Array): OctetSource => ({
  size: bytes.length,
  read: (offset, length) => bytes.slice(offset, offset + length),
})

/** Of several faults a reader of pieces may meet another first: that there is a code is compared. */
const comparable = ({ code, ...report }: VerificationReport) => ({
  ...report,
  isUnreadable: code !== undefined,
})

const forms: readonly (readonly [string, (bytes: Uint8Array) => OctetSource])[] = [
  ['an array', (bytes) => bytes],
  ['a file', asFile],
  ['pieces of 7 octets', (bytes) => inPieces(bytes, 7)],
]

describe.each(['rsa-2048', 'kz-2015-512'] as const)(
  'a stream says what memory says, %s',
  async (kind) => {
    const samples = await sampleContainers(kind)
    // A GOST signature costs far more than an RSA one: of those the detached and the BER sample are enough.
    const some = kind === 'rsa-2048' ? samples : [samples[0], samples[3]]
    for (const { name, container, content, trust, stored } of some.filter(
      (each) => each !== undefined,
    )) {
      const setting = {
        trust,
        policy: 'etsi-basic' as const,
        now: sampleNow,
        ...(stored === undefined ? {} : { stored }),
      }
      const whole = (octets: Uint8Array, given = content) =>
        verifySignature({
          ...setting,
          container: octets,
          ...(given === undefined ? {} : { content: given }),
        })
      it(name, async () => {
        const other = new TextEncoder().encode('other')
        const text = new TextEncoder().encode(writePem('CMS', container))
        const damaged = Uint8Array.from(container)
        damaged[20] = (damaged[20] ?? 0) ^ 1
        for (const [octets, given] of [
          [container, content],
          [container, sampleContent],
          [container, other],
          [text, content],
          [container.subarray(0, -3), content],
          [damaged, content],
        ] as const) {
          const { report } = await whole(octets, given)
          for (const [, form] of forms) {
            const streamed = await verifySignatureStream({
              ...setting,
              container: form(octets),
              ...(given === undefined ? {} : { content: form(given) }),
            })
            expect(comparable(streamed.report)).toEqual(comparable(report))
          }
        }
      })
    }
  },
)

describe('a streamed signature', async () => {
  const pki = await testPki('rsa-2048')
  const verify = async (input: Partial<StreamVerificationInput>): Promise<VerificationReport> => {
    const { report } = await verifySignatureStream({
      container: new Uint8Array(),
      trust: trustIn(pki.root),
      policy: 'etsi-basic',
      now: sampleNow,
      stored: { certificates: [pki.authority.certificate.bytes] },
      ...input,
    })
    return report
  }
  const signers = [{ ...pki.signer, signingTime: sampleSigningTime }]

  it('without attributes over content that is attributes fails, however large', async () => {
    const attributesOf = (filler: number) =>
      der.setOf(der.sequence(der.oid('1.2.3'), der.set(der.octets(new Uint8Array(filler)))))
    for (const filler of [10, 2 * 1024 * 1024]) {
      const content = attributesOf(filler)
      const container = writeContainer([pki.signer], {
        signerInfos: [writeSignerInfo({ identity: pki.signer, signed: content, attributes: null })],
      })
      const report = await verify({ container, content: asFile(content) })
      expect(report).toMatchObject(failedFor('FORMAT_FAILURE'))
      expect(notPassed(report)).toContain('format failed content.looks-like-attributes')
    }
    const plain = Uint8Array.of(0x31, 0x00, 0x01)
    const container = writeContainer([pki.signer], {
      signerInfos: [writeSignerInfo({ identity: pki.signer, signed: plain, attributes: null })],
    })
    expect(await verify({ container, content: plain })).toMatchObject({
      indication: 'TOTAL-PASSED',
    })
  })

  it('of a text form beyond the limit is refused; its twin within passes', async () => {
    const binary = await createSignedData({ content: sampleContent, form: 'attached', signers })
    const container = new TextEncoder().encode(writePem('CMS', binary))
    expect(await codeOfAsync(verify({ container, maxBytes: container.length - 1 }))).toBe(
      'asn1.too-large',
    )
    expect(await verify({ container, maxBytes: container.length })).toMatchObject({
      indication: 'TOTAL-PASSED',
    })
  })

  it('of no format is refused by a code', async () => {
    expect(await codeOfAsync(verify({ container: sampleContent }))).toBe(
      'container.not-a-signature',
    )
  })

  it('whose content cannot be read ends in the error of the source', async () => {
    const container = await createSignedData({ content: sampleContent, form: 'detached', signers })
    const broken = {
      size: 10,
      read: (): Uint8Array => {
        throw new RangeError('unplugged')
      },
    }
    await expect(verify({ container, content: broken })).rejects.toThrow(RangeError)
    expect(
      await codeOfAsync(verify({ container, content: { size: 9, read: () => new Uint8Array() } })),
    ).toBe('source.cut')
  })
})
