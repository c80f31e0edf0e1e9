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

/** The text without comments and processing instructions; what of them is never closed ends it. */
export function withoutComments(text: string): string {
  const pieces: string[] = []
  let at = 0
  for (;;) {
    const comment = text.indexOf('<!--', at)
    const instruction = text.indexOf('<?', at)
    const [start = -1] = [comment, instruction].filter((each) => each !== -1).sort((a, b) => a - b)
    pieces.push(text.slice(at, start === -1 ? undefined : start))
    if (start === -1) {
      return pieces.join('')
    }
    const close = start === comment ? '-->' : '?>'
    const end = text.indexOf(close, start)
    if (end === -1) {
      return pieces.join('')
    }
    at = end + close.length
  }
}
