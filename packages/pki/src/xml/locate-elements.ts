/** Where something begins in a text; both count from 1, columns in UTF-16 units as editors do. */
export type TextPosition = { readonly line: number; readonly column: number }

type Element = { readonly name: string; readonly at: number; readonly children: Element[] }

/** Ends of the markup that holds no elements, by its beginning. */
const passedOver: readonly (readonly [string, string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
]

/** The `>` that closes a tag, past quoted values. */
function tagEnd(text: string, from: number): number {
  const pattern = /"[^"]*"|'[^']*'|>/g
  pattern.lastIndex = from
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    if (match[0] === '>') {
      return match.index
    }
  }

  return text.length
}

/** The elements of a well-formed document without a document type, with their places in the text. */
function readElements(text: string): Element {
  const root: Element = { name: '', at: 0, children: [] }
  const open = [root]
  for (let at = text.indexOf('<'); at !== -1; ) {
    const passed = passedOver.find(([beginning]) => text.startsWith(beginning, at))
    let end: number
    if (passed !== undefined) {
      end = text.indexOf(passed[1], at + passed[0].length) + passed[1].length
    } else {
      end = tagEnd(text, at) + 1
      if (text.startsWith('</', at)) {
        open.pop()
      } else {
        const name = /[^\s/>]*/.exec(text.slice(at + 1, end))?.[0] ?? ''
        const element: Element = { name, at, children: [] }
        open.at(-1)?.children.push(element)
        if (!text.startsWith('/>', end - 2)) {
          open.push(element)
        }
      }
    }
    at = text.indexOf('<', end)
  }

  return root
}

/** One step of a path as libxml2 writes it: `*` counts all elements, a name those of its own. */
function step(parent: Element, part: string): Element | undefined {
  const [, name = '', index = '1'] = /^([^[]*)(?:\[(\d+)\])?$/.exec(part) ?? []
  const candidates =
    name === '*' ? parent.children : parent.children.filter((child) => child.name === name)

  return candidates[Number(index) - 1]
}

/** Line and column of an offset. */
export function positionOf(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset)
  const line = before.split('\n').length

  return { line, column: offset - before.lastIndexOf('\n') }
}

/**
 * Finds where elements begin in the text of a document that was parsed, by the paths that libxml2 gives
 * with its errors: it knows their lines, but not their columns.
 * @param text well-formed, without a document type
 */
export function createElementLocator(text: string): (path: string) => TextPosition {
  let root: Element | undefined

  return (path) => {
    root ??= readElements(text)
    let found = root
    for (const part of path.split('/').slice(1)) {
      // An attribute is shown at its element.
      const next = part.startsWith('@') ? undefined : step(found, part)
      if (next === undefined) {
        break
      }
      found = next
    }

    return positionOf(text, found.at)
  }
}
