import { beforeAll, describe, expect, it } from 'vitest'
import { der, writePem } from '../asn1/index.ts'
import { type TestPki, testPki } from '../verify/testing/test-pki.ts'
import { createSignedData } from './create-signed-data.ts'
import { parseSignedData } from './parse-signed-data.ts'
import { placeOfContent } from './place-of-content.ts'

let pki: TestPki
beforeAll(async () => {
  pki = await testPki('rsa-2048')
})

const sign = (form: 'attached' | 'detached', content: Uint8Array) =>
  createSignedData({
    content,
    form,
    signers: [{ ...pki.signer, signingTime: new Date('2026-02-01T10:00:00Z') }],
  })

const content = new Uint8Array(70_000).fill(7)
const text = (value: string) => new TextEncoder().encode(value)

describe.each([
  ['attached', 'inside'],
  ['detached', 'elsewhere'],
] as const)('the content of what is %s', (form, place) => {
  it('stands where the whole container says, in every form that people send', async () => {
    const container = await sign(form, content)
    expect(parseSignedData(container).content === undefined).toBe(place === 'elsewhere')
    const base64 = Buffer.from(container).toString('base64')
    for (const each of [container, text(writePem('CMS', container)), text(base64)]) {
      expect(placeOfContent(each)).toBe(place)
    }
  })

  it('stands there also when no length is told', async () => {
    // The outer header of DER, long form or short, gives way to an indefinite length.
    const container = await sign(form, new Uint8Array([1, 2, 3]))
    const header = (container[1] ?? 0) < 0x80 ? 2 : 2 + ((container[1] ?? 0) & 0x7f)
    const indefinite = Uint8Array.of(0x30, 0x80, ...container.subarray(header), 0, 0)
    expect(parseSignedData(indefinite).content === undefined).toBe(place === 'elsewhere')
    expect(placeOfContent(indefinite)).toBe(place)
  })
})

it('an encapsulated content of indefinite length ends where it says', () => {
  const before = [der.integer(1), der.set(der.sequence(der.oid('1.2.643.7.1.1.2.2')))]
  const around = (encapsulated: Uint8Array) =>
    der.sequence(
      der.oid('1.2.840.113549.1.7.2'),
      der.context(0, der.sequence(...before, encapsulated, der.set())),
    )
  const type = der.oid('1.2.840.113549.1.7.1')
  const octets = der.context(0, der.octets(new Uint8Array([1])))
  expect(placeOfContent(around(Uint8Array.of(0x30, 0x80, ...type, 0, 0)))).toBe('elsewhere')
  expect(placeOfContent(around(Uint8Array.of(0x30, 0x80, ...type, ...octets, 0, 0)))).toBe('inside')
})

it('is unclear where the headers are those of something else, or are cut', async () => {
  const container = await sign('detached', content)
  const other = container.with(container.indexOf(0xa0), 0xa1)
  for (const each of [
    new Uint8Array(),
    text('PK\x03\x04 and what follows'),
    text('<xml/>'),
    der.sequence(der.integer(1)),
    container.subarray(0, 30),
    other,
  ]) {
    expect(placeOfContent(each)).toBe('unclear')
  }
})
