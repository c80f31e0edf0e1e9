import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBase64, writeBase64 } from './read-base64.ts'

describe('base64 of XML', () => {
  it('is what Node writes, with white space anywhere', () => {
    const spaces = fc.array(fc.constantFrom(' ', '\n', '\r', '\t', '', '', ''), { minLength: 300 })
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), spaces, (bytes, between) => {
        const text = Buffer.from(bytes).toString('base64')
        const spaced = [...text].map((character, at) => character + (between[at] ?? '')).join('')
        expect(readBase64(spaced)).toEqual(bytes)
        expect(writeBase64(bytes)).toBe(text)
        expect(readBase64(writeBase64(bytes, { lineLength: 76 }))).toEqual(bytes)
      }),
    )
  })

  it.each([
    'A',
    'AA',
    'AAA',
    'AA=',
    'AAA==',
    'AAAA=',
    '====',
    'AA==AA==',
    'AA*=',
    'ЯA==',
    'AB==',
    'AAB=',
  ])('is not %s', (text) => {
    expect(readBase64(text)).toBeUndefined()
  })

  it('may be nothing', () => {
    expect(readBase64('')).toEqual(new Uint8Array())
  })
})
