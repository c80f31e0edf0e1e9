import { beforeAll, describe, expect, it } from 'vitest'
import { createSignedData } from '../cms/index.ts'
import { codeOfAsync } from '../test-support/code-of.ts'
import { containerFormats, isSignatureContainer, readContainer } from './container-formats.ts'
import { type TestPki, testPki } from './testing/test-pki.ts'

const text = (value: string): Uint8Array => new TextEncoder().encode(value)

let pki: TestPki
beforeAll(async () => {
  pki = await testPki('rsa-2048')
})

describe('container formats', () => {
  it('knows a CMS by its content type and reads its signatures', async () => {
    const container = await createSignedData({
      content: text('content'),
      form: 'attached',
      signers: [{ ...pki.signer, signingTime: new Date('2026-02-01T10:00:00Z') }],
    })
    expect(isSignatureContainer(container)).toBe(true)
    const reading = await readContainer({ container, content: undefined })
    expect(reading).toMatchObject({
      readable: true,
      kind: 'cms',
      signatures: [{ content: 'attached' }],
    })
  })

  it('knows a CMS that holds a signed PDF', async () => {
    const container = await createSignedData({
      content: text('%PDF-1.7 /ByteRange'),
      form: 'attached',
      signers: [{ ...pki.signer, signingTime: new Date('2026-02-01T10:00:00Z') }],
    })
    const reading = await readContainer({ container, content: undefined })
    expect(reading.kind).toBe('cms')
  })

  it('recognises a signed PDF and says that it is not supported', async () => {
    for (const head of ['%PDF-1.7\n', '\uFEFFjunk before it %PDF-2.0\n']) {
      const container = text(`${head}1 0 obj <</ByteRange [0 1 2 3]>>`)
      expect(isSignatureContainer(container)).toBe(true)
      expect(await codeOfAsync(readContainer({ container, content: undefined }))).toBe(
        'container.unsupported-format',
      )
    }
  })

  it('refuses a file of no format', async () => {
    for (const container of [
      text(''),
      text('hello'),
      text('%PDF-1.7 unsigned'),
      new Uint8Array(2000).fill(0x25),
    ]) {
      expect(isSignatureContainer(container)).toBe(false)
      expect(await codeOfAsync(readContainer({ container, content: undefined }))).toBe(
        'container.not-a-signature',
      )
    }
  })

  it('has one line for each kind', () => {
    const kinds = containerFormats.map(({ kind }) => kind)
    expect(new Set(kinds).size).toBe(kinds.length)
  })
})
