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
