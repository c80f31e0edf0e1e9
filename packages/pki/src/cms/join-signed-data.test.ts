import { beforeAll, describe, expect, it } from 'vitest'
import { der, readDer, toHex } from '../asn1/index.ts'
import { codeOfAsync } from '../test-support/code-of.ts'
import { trustIn } from '../verify/testing/sample-containers.ts'
import { passedReport } from '../verify/testing/sample-judge.ts'
import { sampleNow, sampleSigningTime, type TestPki, testPki } from '../verify/testing/test-pki.ts'
import { verifySignature } from '../verify/verify-signature.ts'
import { addSigner } from './add-signer.ts'
import { createSignedData } from './create-signed-data.ts'
import { joinSignedData } from './join-signed-data.ts'
import { attachContent, detachContent } from './move-content.ts'
import { parseSignedData } from './parse-signed-data.ts'
import { writeContainer, writeSignerInfo } from './testing/write-container.ts'

const content = new TextEncoder().encode('Договор № 1')
const other = new TextEncoder().encode('Договор № 2')

let rsa: TestPki
let gost: TestPki
beforeAll(async () => {
  rsa = await testPki('rsa-2048')
  gost = await testPki('ru-2012-256')
})

const by = ({ signer }: TestPki) => ({ ...signer, signingTime: sampleSigningTime })

const sign = (
  pki: TestPki,
  { form = 'detached', over = content }: { form?: 'attached' | 'detached'; over?: Uint8Array } = {},
) => createSignedData({ content: over, form, signers: [by(pki)] })

const signerInfosOf = (...containers: readonly Uint8Array[]): readonly string[] =>
  containers
    .flatMap((container) => parseSignedData(container).signerInfos)
    .map(({ bytes }) => toHex(bytes))
    .toSorted()

const report = async (container: Uint8Array) =>
  (
    await verifySignature({
      container,
      content,
      trust: trustIn(rsa.root, gost.root),
      stored: { certificates: [rsa, gost].map(({ authority }) => authority.certificate.bytes) },
      policy: 'etsi-basic',
      now: sampleNow,
    })
  ).report

/** A signature without attributes: nothing in it tells the content. */
const bare = (): Uint8Array =>
  writeContainer([rsa.signer], {
    signerInfos: [writeSignerInfo({ identity: rsa.signer, signed: content, attributes: null })],
  })

describe('addSigner', () => {
  it.each(['attached', 'detached'] as const)('adds to an %s container, in DER', async (form) => {
    const first = await sign(rsa, { form })
    const both = await addSigner(first, { content, signer: by(gost) })
    expect(readDer(both).bytes).toEqual(both)
    expect(signerInfosOf(both)).toEqual(expect.arrayContaining([...signerInfosOf(first)]))
    const data = parseSignedData(both)
    expect(data.content).toEqual(form === 'attached' ? content : undefined)
    expect(data.certificates).toHaveLength(2)
    expect(await report(both)).toMatchObject({ ...passedReport, signatures: [{}, {}] })
  })

  it('takes content from a source, attached or not, and compares it', async () => {
    const source = (bytes: Uint8Array) => ({
      size: bytes.length,
      read: (offset: number, length: number) => bytes.slice(offset, offset + length),
    })
    for (const form of ['attached', 'detached'] as const) {
      const first = await sign(rsa, { form })
      const both = await addSigner(first, { content: source(content), signer: by(gost) })
      expect(await report(both)).toMatchObject(passedReport)
      expect(await joinSignedData([first, both], { content: source(content) })).toEqual(both)
      const wrong = { content: source(other) }
      expect(await codeOfAsync(addSigner(first, { ...wrong, signer: by(gost) }))).toBe(
        'cms.content-differs',
      )
      expect(await codeOfAsync(joinSignedData([first, both], wrong))).toBe('cms.content-differs')
    }
  })

  it('keeps every octet of a BER container that is signed', async () => {
    const first = await createSignedData({
      content,
      form: 'attached',
      encoding: 'ber',
      signers: [by(rsa)],
    })
    const both = await addSigner(first, { signer: [by(gost)] })
    expect(signerInfosOf(both)).toEqual(expect.arrayContaining([...signerInfosOf(first)]))
    expect(await report(both)).toMatchObject(passedReport)
  })

  it('refuses other content, absent content, and content that nothing tells', async () => {
    const add = (container: Uint8Array, given?: Uint8Array) =>
      codeOfAsync(
        addSigner(container, {
          signer: by(gost),
          ...(given === undefined ? {} : { content: given }),
        }),
      )
    expect(await add(await sign(rsa), other)).toBe('cms.content-differs')
    expect(await add(await sign(rsa, { form: 'attached' }), other)).toBe('cms.content-differs')
    expect(await add(await sign(rsa))).toBe('cms.content-missing')
    expect(await add(bare(), content)).toBe('cms.content-unknown')
    expect(await add(await sign(rsa), content)).toBe('accepted')
  })
})

describe('joinSignedData', () => {
  it('keeps every signature octet for octet, each once, and all certificates', async () => {
    const [ofRsa, ofGost] = [await sign(rsa, { form: 'attached' }), await sign(gost)]
    const both = await joinSignedData([ofRsa, ofGost, ofGost])
    expect(readDer(both).bytes).toEqual(both)
    expect(signerInfosOf(both)).toEqual(signerInfosOf(ofRsa, ofGost))
    expect(parseSignedData(both).content).toEqual(content)
    expect(parseSignedData(both).certificates).toHaveLength(2)
    expect(await report(both)).toMatchObject(passedReport)
  })

  it('joins detached ones of one digest without the content, others with it', async () => {
    const [ofRsa, ofGost] = [await sign(rsa), await sign(gost)]
    const second = await createSignedData({
      content,
      form: 'detached',
      signers: [{ ...rsa.tsa, signingTime: sampleSigningTime }],
    })
    expect(signerInfosOf(await joinSignedData([ofRsa, second]))).toHaveLength(2)
    expect(await codeOfAsync(joinSignedData([ofRsa, ofGost]))).toBe('cms.content-unknown')
    const both = await joinSignedData([ofRsa, ofGost], { content })
    expect(await report(both)).toMatchObject(passedReport)
  })

  it.each<[string, string, () => Promise<readonly Uint8Array[]>]>([
    [
      'two attached contents',
      'cms.content-differs',
      async () => [
        await sign(rsa, { form: 'attached' }),
        await sign(gost, { form: 'attached', over: other }),
      ],
    ],
    [
      'an attached content and a signature over another',
      'cms.content-differs',
      async () => [await sign(rsa, { form: 'attached' }), await sign(gost, { over: other })],
    ],
    [
      'two detached signatures over different contents',
      'cms.content-differs',
      async () => [await sign(rsa), await sign(rsa, { over: other })],
    ],
    [
      'a signature without attributes, which tells no content',
      'cms.content-unknown',
      async () => [await sign(rsa), bare()],
    ],
    ['no container', 'cms.no-signers', async () => []],
    [
      'what is no SignedData',
      'cms.not-signed-data',
      async () => [der.sequence(der.oid('1.2.3'), der.context(0, der.null()))],
    ],
  ])('refuses %s: %s', async (_name, code, make) => {
    expect(await codeOfAsync(joinSignedData(await make()))).toBe(code)
  })

  it('of content that is given must be over that', async () => {
    const join = (given: Uint8Array) => async (form: 'attached' | 'detached') =>
      codeOfAsync(joinSignedData([await sign(rsa, { form })], { content: given }))
    expect(await join(other)('detached')).toBe('cms.content-differs')
    expect(await join(other)('attached')).toBe('cms.content-differs')
    expect(await join(content)('attached')).toBe('accepted')
  })
})

describe('attachContent and detachContent', () => {
  it('are each other’s inverse, signatures octet for octet', async () => {
    const detached = await sign(gost)
    const attached = await attachContent(detached, { content })
    expect(parseSignedData(attached).content).toEqual(content)
    expect(await report(attached)).toMatchObject(passedReport)
    expect(detachContent(attached)).toEqual({ container: detached, content })
    expect(detachContent(detached)).toEqual({ container: detached, content: undefined })
  })

  it('attach no content that the signatures are not over', async () => {
    expect(await codeOfAsync(attachContent(await sign(gost), { content: other }))).toBe(
      'cms.content-differs',
    )
  })
})
