import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeOf } from '../test-support/code-of.ts'
import { decodeXml } from './decode-xml.ts'

const options = { maxBytes: 1000 }
const octets = (text: string): Uint8Array => new TextEncoder().encode(text)

const utf16 = (text: string, isLittleEndian: boolean): Uint8Array => {
  const view = new DataView(new ArrayBuffer(2 * text.length))
  for (let index = 0; index < text.length; index += 1) {
    view.setUint16(2 * index, text.charCodeAt(index), isLittleEndian)
  }
  return new Uint8Array(view.buffer)
}

const element = fc
  .string({ unit: fc.constantFrom('a', 'Ш', '₸', '🙂', ' '), maxLength: 20 })
  .map((text) => `<a>${text}</a>`)

describe('the text of a document', () => {
  it('is the same in UTF-8 and UTF-16, with and without mark and declaration', () => {
    fc.assert(
      fc.property(element, (text) => {
        const declared = (encoding: string): string =>
          `<?xml version='1.0' encoding="${encoding}" standalone='no' ?>${text}`
        for (const bytes of [
          octets(text),
          octets(declared('UTF-8')),
          octets(`\ufeff${declared('utf-8')}`),
          utf16(`\ufeff${text}`, true),
          utf16(`\ufeff${declared('UTF-16')}`, true),
          utf16(`\ufeff${declared('utf-16be')}`, false),
        ]) {
          expect(decodeXml(bytes, options)).toBe(text)
        }
      }),
    )
  })

  it('of windows-1251 is transcoded', () => {
    const head = octets('<?xml version="1.0" encoding="windows-1251"?><a>')
    const bytes = Uint8Array.of(...head, 0xc0, 0xea, 0xf2, 0xb9, ...octets('</a>'))
    expect(decodeXml(bytes, options)).toBe('<a>Акт№</a>')
  })

  it('of ISO-8859-1 is transcoded, where it is not another encoding in truth', () => {
    const head = octets('<?xml version="1.0" encoding="ISO-8859-1"?><a>')
    const make = (octet: number) => Uint8Array.of(...head, octet, ...octets('</a>'))
    expect(decodeXml(make(0xe9), options)).toBe('<a>é</a>')
    expect(codeOf(() => decodeXml(make(0x80), options))).toBe('xml.bad-octets')
  })

  it.each([
    ['xml.too-large', octets('a'.repeat(1001))],
    ['xml.unsupported-encoding', octets('<?xml version="1.0" encoding="ISO-8859-5"?><a/>')],
    ['xml.unsupported-encoding', octets('\ufeff<?xml version="1.0" encoding="windows-1251"?><a/>')],
    ['xml.unsupported-encoding', octets('<?xml version="1.0" encoding="UTF-16"?><a/>')],
    ['xml.unsupported-encoding', utf16('<a/>', true)],
    ['xml.unsupported-encoding', utf16('<a/>', false)],
    ['xml.unsupported-encoding', Uint8Array.of(0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0)],
    ['xml.unsupported-encoding', Uint8Array.of(0, 0, 0xfe, 0xff, 0, 0, 0, 0x3c)],
    ['xml.unsupported-version', octets('<?xml version="1.1"?><a/>')],
    ['xml.bad-octets', Uint8Array.of(0x3c, 0x61, 0x2f, 0x3e, 0xff)],
    ['xml.bad-octets', Uint8Array.of(0x3c, 0xed, 0xa0, 0x80, 0x3e)],
    ['xml.bad-octets', octets('<?xml version="1.0" encoding="US-ASCII"?><a>ё</a>')],
    ['xml.bad-octets', Uint8Array.of(...utf16('\ufeff<a/>', true), 0x3c)],
    ['xml.not-well-formed', octets('<?xml encoding="UTF-8"?><a/>')],
    ['xml.not-well-formed', octets('<?xml version="1.0" version="1.0"?><a/>')],
    ['xml.not-well-formed', octets('<a>\u0001</a>')],
    ['xml.not-well-formed', octets('<a>\uffff</a>')],
  ])('is refused: %s (%#)', (code, bytes) => {
    expect(codeOf(() => decodeXml(bytes, options))).toBe(code)
  })
})
