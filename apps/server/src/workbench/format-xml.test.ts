import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatXml } from './format-xml.ts'

/** Elements with texts or elements inside, as they are nested. */
const { element } = fc.letrec<{ element: string }>((tie) => ({
  element: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('<e/>', '<e a=">"/>', '<!-- <x> -->', "<e a='\"'></e>"),
    fc
      .string({ unit: fc.constantFrom('a', 'я', ' ', '&lt;'), minLength: 1 })
      .map((t) => `<t>${t}x</t>`),
    fc.array(tie('element'), { maxLength: 4 }).map((inner) => `<g>${inner.join('\n ')}</g>`),
    fc.array(tie('element'), { maxLength: 3 }).map((inner) => `<m>text${inner.join('')}</m>`),
  ),
}))
const document = fc
  .array(element, { maxLength: 5 })
  .map((inner) => `<root>${inner.join('')}</root>`)

/** White space between tags says nothing where no text stands beside it. */
const withoutIndent = (xml: string): string => xml.replace(/>\s+</g, '><').trim()

describe('XML set on lines', () => {
  it('says the same, and is the same when it is done again', () => {
    fc.assert(
      fc.property(document, (xml) => {
        const once = formatXml(xml)
        expect(formatXml(once)).toBe(once)
        expect(withoutIndent(once)).toBe(withoutIndent(xml))
      }),
    )
  })

  it('leaves text, CDATA and preserved space as they are', () => {
    const kept = [
      '<a>  1 <b> 2 </b></a>',
      '<a><![CDATA[ <b> ]]></a>',
      '<a xml:space="preserve"> <b/> </a>',
    ]
    for (const xml of kept) {
      expect(formatXml(`<r>${xml}</r>`)).toBe(`<r>\n  ${xml}\n</r>\n`)
    }
  })

  it('takes as long as the text is, also when a quote is never closed', () => {
    const open = `<r>${'<a b="'.repeat(20_000)}</r>`
    const startedAt = performance.now()
    formatXml(open)
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })
})
