import { describe, expect, it } from 'vitest'
import { isPkiError } from '../error.ts'
import { testPki } from '../verify/testing/test-pki.ts'
import { createXmlSignature } from './create/create-xml-signature.ts'
import { gatherXmlSignatures } from './gather-signatures.ts'
import { libxml2, loadLibxml2 } from './load-libxml2.ts'

const octets = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Objects of libxml2 that are alive, by class. */
const alive = (): unknown => libxml2().diag.report()

describe('memory of libxml2', () => {
  it('holds nothing after documents that pass, that are refused, and that do not parse', async () => {
    await loadLibxml2()
    const { diag } = libxml2()
    const { signer } = await testPki('kz-2015-512')
    const document = octets('<contract><sum Id="s">100</sum></contract>')
    const good = await createXmlSignature({ form: 'enveloped', document, profile: 'kz', signer })
    const twice = await createXmlSignature({ form: 'enveloped', document: good, signer })
    diag.configure({ enabled: true })
    try {
      for (const bytes of [
        good,
        twice,
        octets(`${new TextDecoder().decode(good)}<`),
        octets('<a><b></a>'),
        octets('<!DOCTYPE a><a/>'),
        octets(
          '<a xmlns="relative"><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></a>',
        ),
      ]) {
        await gatherXmlSignatures(bytes, { content: document }).catch((error: unknown) => {
          expect(isPkiError(error)).toBe(true)
        })
      }
      expect(alive()).toEqual({})
    } finally {
      diag.configure({ enabled: false })
    }
  })

  it('does not grow over many verifications', async () => {
    const { signer } = await testPki('kz-2015-512')
    const filler = '<row a="1">text</row>'.repeat(2000)
    const signed = await createXmlSignature({
      form: 'enveloped',
      document: octets(`<contract>${filler}</contract>`),
      signer,
      id: 'x',
      xades: { signingTime: new Date('2026-02-01T10:00:00Z') },
    })
    const many = async (count: number): Promise<number> => {
      for (let index = 0; index < count; index += 1) {
        await gatherXmlSignatures(signed)
      }
      return process.memoryUsage().arrayBuffers + process.memoryUsage().external
    }
    await many(10)
    const before = await many(10)
    const after = await many(60)
    // One leaked document of this size is over a megabyte; sixty would show.
    expect(after - before).toBeLessThan(16 * 1024 * 1024)
  })
})
