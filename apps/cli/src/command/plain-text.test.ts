import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText, printableJson } from './plain-text.ts'

describe('text of others on a terminal', () => {
  it.each([
    ['an escape sequence', '\u001b[31mred', '·[31mred'],
    ['a C1 sequence', '\u009b31mred', '·31mred'],
    ['a new line', 'a\nTOTAL-PASSED', 'a·TOTAL-PASSED'],
    ['a turned name', 'a\u202Egpj.exe', 'a·gpj.exe'],
    ['a line separator', 'a\u2028b', 'a·b'],
  ])('shows %s as it is', (_, text, shown) => {
    expect(plainText(text)).toBe(shown)
  })

  it('keeps letters of all our languages', () => {
    const words = 'ТОО «Пример» · Үлгіұлы Ғ. · Oʻzbekiston Gʻ. № 1'
    expect(plainText(words)).toBe(words)
  })

  it('in JSON is escaped and stays the same value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = printableJson({ text })
        expect(JSON.parse(json)).toEqual({ text })
        expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
      }),
    )
  })
})
