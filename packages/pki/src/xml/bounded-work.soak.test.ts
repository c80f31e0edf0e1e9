import { describe, expect, it } from 'vitest'
import { codeOfAsync } from '../test-support/code-of.ts'
import { testPki } from '../verify/testing/test-pki.ts'
import { algorithmUri } from './algorithms.ts'
import { gatherXmlSignatures } from './gather-signatures.ts'
import { envelopedTransforms, signatureTemplate, transformText } from './testing/sign-template.ts'

const { signer: identity } = await testPki('kz-2015-512')

const signature = (id: string, reference: object, count = 32): string =>
  signatureTemplate({
    identity,
    id,
    references: Array.from({ length: count }, () => ({
      uri: '',
      transforms: envelopedTransforms,
      ...reference,
    })),
  }).replace(/@\w+@/g, 'AAAA')

const rows = '<b/>'.repeat(100_000)
const text = 'x'.repeat(8_000_000)
const xpath = transformText(
  algorithmUri.xpath,
  '<ds:XPath>not(ancestor-or-self::ds:Signature)</ds:XPath>',
)

/** What asks for more the more there is of it; whether it is refused or answered does not matter. */
const demanding: Readonly<Record<string, string>> = {
  'many signatures of many references over many elements': `<a>${rows}${Array.from({ length: 16 }, (_, index) => signature(`s${index}`, {})).join('')}</a>`,
  'many references to one element among many': `<a>${rows}<c Id="c"/>${signature('s', { uri: '#c', transforms: envelopedTransforms })}</a>`,
  'an Id that a hundred thousand elements have': `<a>${rows.replaceAll('<b/>', '<b Id="c"/>')}${signature('s', { uri: '#c' })}</a>`,
  'many references to one large text': `<a>${text}${signature('s', {})}</a>`,
  'much base64 many times': `<a><b Id="c">${text}</b>${signature('s', { uri: '#c', transforms: transformText(algorithmUri.base64) })}</a>`,
  'many filters over many elements': `<a>${rows}${signature('s', { transforms: xpath })}</a>`,
  'a hundred thousand comments in one text': `<a>${'1<!---->'.repeat(80_000)}${signature('s', {}, 1)}</a>`,
  'a hundred thousand elements of one name': `<a>${rows}<b Id="c"/>${signature('s', { uri: '#c' }, 1)}</a>`,
  'thousands of attributes': `<a><b ${Array.from({ length: 4000 }, (_, index) => `a${index}="1"`).join(' ')}/>${signature('s', {}, 1)}</a>`,
}

/** CPU time of a fixed loop, in microseconds: how fast this machine is now. */
const unit = (): number => {
  const start = process.cpuUsage()
  let sum = 0
  for (let index = 0; index < 20_000_000; index += 1) {
    sum = (sum * 31 + index) | 0
  }
  const { user } = process.cpuUsage(start)
  return sum === 0 ? user : user + 1
}
unit()

describe('work that a document may ask for', () => {
  it.each(Object.entries(demanding))('is bounded for %s', async (_name, document) => {
    const bytes = new TextEncoder().encode(document)
    const before = process.cpuUsage()
    const code = await codeOfAsync(gatherXmlSignatures(bytes))
    const { user, system } = process.cpuUsage(before)
    expect(['accepted', 'xml.too-much-work']).toContain(code)
    // Two seconds of a machine on which the loop takes 20 ms.
    expect(user + system).toBeLessThan(100 * unit())
  })
})
