import fc from 'fast-check'
import { XmlDocument } from 'libxml2-wasm'
import { describe, expect, it } from 'vitest'
import { codeOf } from '../test-support/code-of.ts'
import { defaultXmlLimits } from './limits.ts'
import { scanMarkup } from './scan-markup.ts'
import { madeDocument, renderElement } from './testing/random-document.ts'

const limits = { ...defaultXmlLimits, maxDepth: 5, maxNodes: 50, maxNamespaceWork: 200 }

/** What libxml2 makes of a text when nothing was looked at before: `dtd`, `entity`, `plain`, `none`. */
const parsed = (text: string): 'dtd' | 'plain' | 'none' => {
  try {
    const document = XmlDocument.fromString(text)
    try {
      return document.dtd === null ? 'plain' : 'dtd'
    } finally {
      document.dispose()
    }
  } catch {
    return 'none'
  }
}

/** Pieces of mark-up that may hide a declaration from whoever reads carelessly. */
const pieces = fc
  .array(
    fc.constantFrom(
      '<!DOCTYPE a>',
      '<!DOCTYPE a [<!ENTITY b "c">]>',
      '<!doctype a>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?pi ',
      '?>',
      '<a>',
      '</a>',
      '<a b="',
      '">',
      "<a b='",
      "'>",
      '&b;',
      '&amp;',
      ' ',
      'x',
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''))

describe('the scan before the parser', () => {
  it('lets no document type and no entity through that the parser would see', () => {
    fc.assert(
      fc.property(pieces, (inside) => {
        for (const text of [`${inside}<a/>`, `<a>${inside}</a>`, `<a/>${inside}`]) {
          const code = codeOf(() => scanMarkup(text, defaultXmlLimits))
          if (parsed(text) === 'dtd') {
            expect(code, text).toBe('xml.doctype')
          }
          if (code === 'accepted') {
            expect(parsed(text), text).not.toBe('dtd')
          }
        }
      }),
      { numRuns: 3000 },
    )
  })

  it('refuses no document that has neither', () => {
    fc.assert(
      fc.property(madeDocument, (root) => {
        const text = renderElement(root, { comments: true })
        expect(codeOf(() => scanMarkup(text, defaultXmlLimits))).toBe('accepted')
      }),
    )
  })

  it('finds where the content of the root ends', () => {
    for (const [text, end] of [
      ['<!-- </a> --><a b="/>">x<b/></a><!-- </a> -->', '</a><!--'],
      ['<?pi </a>?><a b="x"/>', '/>'],
      ['<a><![CDATA[</a>]]></a>', '</a>'],
    ] as const) {
      expect(text.slice(scanMarkup(text, limits).rootEnd).startsWith(end)).toBe(true)
    }
  })

  it.each([
    ['xml.doctype', '<!DOCTYPE a><a/>'],
    ['xml.doctype', '<a><!ELEMENT a ANY></a>'],
    ['xml.entity', '<a>&b;</a>'],
    ['xml.entity', '<a b="&b;"/>'],
    ['xml.entity', '<a>&#xZ;</a>'],
    ['xml.entity', '<a>& </a>'],
    ['accepted', '<a b="&#10;">&amp;&lt;&gt;&quot;&apos;&#x41;</a>'],
    ['accepted', '<a><!-- &b; <!DOCTYPE --><![CDATA[&b;<!DOCTYPE]]><?pi &b;?></a>'],
    ['accepted', '<a b="<!DOCTYPE"/>'],
    ['xml.too-deep', '<a>'.repeat(6)],
    ['accepted', '<a>'.repeat(5) + '</a>'.repeat(5)],
    ['xml.too-many-nodes', `<a>${'<b/>'.repeat(50)}</a>`],
    ['accepted', `<a>${'<b/>'.repeat(49)}</a>`],
    [
      'xml.too-much-work',
      `<a${Array.from({ length: 15 }, (_, n) => ` xmlns:n${n}="u"`).join('')}/>`,
    ],
    ['accepted', `<a${Array.from({ length: 9 }, (_, n) => ` xmlns:n${n}="u"`).join('')}/>`],
    ['xml.not-well-formed', '<a b="x'],
    ['xml.not-well-formed', '<a'],
    ['xml.not-well-formed', '<!-- x'],
    ['xml.not-well-formed', '<?pi x'],
    ['xml.not-well-formed', '<a><![CDATA[x</a>'],
  ])('%s: %s', (code, text) => {
    expect(codeOf(() => scanMarkup(text, limits))).toBe(code)
  })
})
