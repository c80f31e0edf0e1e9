import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { joinOctets, type OctetSource, readDer } from '../asn1/index.ts'
import { codeOfAsync } from '../test-support/code-of.ts'
import { trustIn } from '../verify/testing/sample-containers.ts'
import { passedReport } from '../verify/testing/sample-judge.ts'
import { sampleNow, sampleSigningTime, type TestPki, testPki } from '../verify/testing/test-pki.ts'
import { verifySignature } from '../verify/verify-signature.ts'
import { createSignedData } from './create-signed-data.ts'
import { createSignedDataStream } from './create-signed-data-stream.ts'
import type { CmsSigner } from './create-signer-info.ts'
import { parseSignedData } from './parse-signed-data.ts'

let rsa: TestPki
let gost: TestPki
beforeAll(async () => {
  rsa = await testPki('rsa-2048')
  gost = await testPki('ru-2012-256')
})

const signersOf = (): readonly CmsSigner[] => [
  { ...rsa.signer, signingTime: sampleSigningTime },
  { ...gost.signer, signingTime: sampleSigningTime, profile: 'ru-cryptopro' },
]

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < bytes.length; offset += size) {
    yield bytes.subarray(offset, offset + size)
  }
}

const collected = async (pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  for await (const piece of pieces) {
    parts.push(piece)
  }
  return joinOctets(parts)
}

const verified = async (container: Uint8Array, content: Uint8Array) => {
  const { report } = await verifySignature({
    container,
    content,
    trust: trustIn(rsa.root, gost.root),
    stored: {
      certificates: [rsa, gost].map(({ authority }) => authority.certificate.bytes),
    },
    policy: 'etsi-basic',
    now: sampleNow,
  })
  return report
}

describe('createSignedDataStream', () => {
  it('writes what createSignedData writes, in DER and BER, however the content comes', async () => {
    const contents = fc.uint8Array({ maxLength: 400 })
    const encodings = fc.constantFrom('der', 'ber')
    await fc.assert(
      fc.asyncProperty(
        contents,
        encodings,
        fc.integer({ min: 1, max: 99 }),
        async (content, encoding, size) => {
          const source: OctetSource = size % 2 === 0 ? content : inPieces(content, size)
          const signers = signersOf()
          const container = await collected(
            createSignedDataStream({
              content: source,
              contentLength: content.length,
              encoding,
              signers,
            }),
          )
          const whole = await createSignedData({ content, form: 'attached', encoding, signers })
          const [streamed, expected] = [parseSignedData(container), parseSignedData(whole)]
          expect(streamed.content).toEqual(content)
          expect(streamed.certificates).toEqual(expected.certificates)
          expect(streamed.digestAlgorithms.map(({ oid }) => oid)).toEqual(
            expected.digestAlgorithms.map(({ oid }) => oid),
          )
          if (encoding === 'der') {
            expect(readDer(container).bytes).toHaveLength(whole.length)
          } else {
            expect([...container.subarray(0, 2)]).toEqual([0x30, 0x80])
          }
          expect(await verified(container, content)).toMatchObject(passedReport)
          expect(await verified(whole, content)).toMatchObject(passedReport)
        },
      ),
      { numRuns: 12 },
    )
  })

  it('asks for the length of the content, and refuses another one', async () => {
    const content = new Uint8Array(100)
    const stream = (contentLength?: number) =>
      collected(
        createSignedDataStream({
          content: inPieces(content, 30),
          signers: signersOf(),
          ...(contentLength === undefined ? {} : { contentLength }),
        }),
      )
    expect(await codeOfAsync(stream())).toBe('cms.length-unknown')
    expect(await codeOfAsync(stream(99))).toBe('cms.length-mismatch')
    expect(await codeOfAsync(stream(101))).toBe('cms.length-mismatch')
    expect(await codeOfAsync(stream(100))).toBe('accepted')
  })

  it('knows the length of an array, unless another one is given', async () => {
    const content = new Uint8Array(100)
    const stream = (source: OctetSource, contentLength?: number) =>
      collected(
        createSignedDataStream({
          content: source,
          signers: signersOf(),
          ...(contentLength === undefined ? {} : { contentLength }),
        }),
      )
    expect(await codeOfAsync(stream(content))).toBe('accepted')
    expect(await codeOfAsync(stream(new Uint8Array()))).toBe('accepted')
    expect(await codeOfAsync(stream(content, 99))).toBe('cms.length-mismatch')
  })

  it('takes detached content from a source', async () => {
    const content = Uint8Array.from({ length: 1000 }, (_, index) => index & 0xff)
    const container = await createSignedData({
      content: inPieces(content, 33),
      form: 'detached',
      signers: signersOf(),
    })
    expect(parseSignedData(container).content).toBeUndefined()
    expect(await verified(container, content)).toMatchObject(passedReport)
  })
})
