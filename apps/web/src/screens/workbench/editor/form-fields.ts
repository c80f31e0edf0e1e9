/** A value of a document that a person can change: an element that holds text alone. */
export type FormField = {
  /** Names of the elements around it and its own, without prefixes. */
  readonly path: readonly string[]
  readonly value: string
  /** Where its text stands, offsets in the whole text. */
  readonly from: number
  readonly to: number
  /** Written as `<a/>`: gets an end when it is filled. */
  readonly isEmptyTag: boolean
}

const token =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(?:[^<>"']|"[^"]*"|'[^']*')*>/g

const nameOf = (tag: string): string => /^<\/?(?:[^\s/>:]+:)?([^\s/>]+)/.exec(tag)?.[1] ?? ''

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
}

const plain = (text: string): string =>
  text.replace(/&(?:#x([\da-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex, decimal, name) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)

    return name === undefined
      ? Number.isInteger(code) && code <= 0x10ffff
        ? String.fromCodePoint(code)
        : whole
      : (entities[name] ?? whole)
  })

const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** The values of well-formed XML in their order; elements that hold CDATA are left to the code. */
export function formFields(xml: string): readonly FormField[] {
  const open: { readonly name: string; readonly end: number; isLeaf: boolean }[] = []
  const fields: FormField[] = []

  for (const match of xml.matchAll(token)) {
    const [tag] = match
    const path = open.map(({ name }) => name)
    const parent = open.at(-1)

    if (tag.startsWith('<![CDATA[') || tag.startsWith('<!--') || tag.startsWith('<?')) {
      if (parent !== undefined && !tag.startsWith('<?xml')) parent.isLeaf = false
    } else if (tag.startsWith('</')) {
      const closed = open.pop()

      if (closed?.isLeaf === true) {
        const text = xml.slice(closed.end, match.index)
        fields.push({
          path: [...open.map(({ name }) => name), closed.name],
          value: plain(text),
          from: closed.end,
          to: match.index,
          isEmptyTag: false,
        })
      }
    } else if (!tag.startsWith('<!')) {
      if (parent !== undefined) parent.isLeaf = false

      if (tag.endsWith('/>')) {
        fields.push({
          path: [...path, nameOf(tag)],
          value: '',
          from: match.index,
          to: match.index + tag.length,
          isEmptyTag: true,
        })
      } else {
        open.push({ name: nameOf(tag), end: match.index + tag.length, isLeaf: true })
      }
    }
  }

  return fields
}

/** The same text with another value in one place; everything else stays octet by octet. */
export function fillField(xml: string, field: FormField, value: string): string {
  const { from, to, isEmptyTag } = field
  const text = escaped(value)

  if (!isEmptyTag) return xml.slice(0, from) + text + xml.slice(to)

  const tag = xml.slice(from, to)
  const name = /^<([^\s/>]+)/.exec(tag)?.[1] ?? ''

  return `${xml.slice(0, from)}${tag.replace(/\s*\/>$/, '>')}${text}</${name}>${xml.slice(to)}`
}
