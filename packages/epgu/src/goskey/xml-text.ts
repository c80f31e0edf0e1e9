/** Text as character data of an element: the same octets whoever reads them back. */
export function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')
}

/** An element with text, indented by blanks. */
export function textElement(name: string, text: string, depth: number): string {
  return `${'  '.repeat(depth)}<${name}>${escapeText(text)}</${name}>\n`
}

/** An element around others, which bring their own indentation. */
export function wrapElement(name: string, inner: string, depth: number): string {
  const indent = '  '.repeat(depth)

  return `${indent}<${name}>\n${inner}${indent}</${name}>\n`
}

/** What is no element, by how it begins, and how it ends. */
const passedOver = [
  ['<!--', '-->'],
  ['<?', '?>'],
  ['<![CDATA[', ']]>'],
] as const

/**
 * The text without comments and processing instructions, and character data of CDATA as any other; what
 * of them is never closed ends it.
 */
export function withoutMarkup(text: string): string {
  const pieces: string[] = []
  let at = 0
  for (;;) {
    const [next] = passedOver
      .map(([begin, end]) => ({ begin, end, start: text.indexOf(begin, at) }))
      .filter(({ start }) => start !== -1)
      .sort((a, b) => a.start - b.start)
    pieces.push(text.slice(at, next?.start))
    if (next === undefined) {
      return pieces.join('')
    }
    const { begin, end, start } = next
    const close = text.indexOf(end, start + begin.length)
    if (close === -1) {
      return pieces.join('')
    }
    if (begin === '<![CDATA[') {
      pieces.push(escapeText(text.slice(start + begin.length, close)))
    }
    at = close + end.length
  }
}

/**
 * Octets of an XML document as text, by their byte order mark, else by what the declaration says, else
 * UTF-8. Undefined for an encoding that is not known.
 */
export function decodeXml(xml: Uint8Array): string | undefined {
  const [first, second] = xml
  const marked =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : undefined
  const declaration = new TextDecoder('latin1').decode(xml.subarray(0, 200))
  const [, declared] = /^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']/.exec(
    declaration,
  ) ?? [undefined, 'utf-8']
  try {
    return new TextDecoder(marked ?? declared).decode(xml)
  } catch {
    return undefined
  }
}

/** What stands in a start tag behind the name. */
const inTag = `(?:\\s(?:"[^"]*"|'[^']*'|[^"'<>])*)?`
const prefix = '(?:[\\w.-]+:)?'

/** Everything inside of each element of a name, none of which is inside of another. */
export function elementsOf(text: string, name: string): readonly string[] {
  const pattern = new RegExp(`<${prefix}${name}${inTag}>(.*?)</${prefix}${name}\\s*>`, 'gs')

  return [...text.matchAll(pattern)].map(([, inner = '']) => inner)
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

/** Character data of each element of a name that has nothing else inside. */
export function textsOf(text: string, name: string): readonly string[] {
  return elementsOf(text, name)
    .filter((inner) => !inner.includes('<'))
    .map((inner) =>
      inner.replace(
        /&(?:#(x?)([0-9a-fA-F]{1,6})|(lt|gt|quot|apos|amp));/g,
        (_, hex, digits, word) =>
          word === undefined
            ? String.fromCodePoint(
                Math.min(Number.parseInt(digits, hex === '' ? 10 : 16), 0x10ffff),
              )
            : (named[word] ?? ''),
      ),
    )
}
