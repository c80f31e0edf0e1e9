import { PkiError, type PkiErrorCode } from '../error.ts'
import type { XmlLimits } from './limits.ts'

/** What a scan counted. */
export type MarkupCount = {
  readonly nodes: number
  /** Where the content of the root element ends: at `</`, or at the `/>` of an empty one. */
  readonly rootEnd: number
}

const refuse = (code: PkiErrorCode, message: string): PkiError => new PkiError({ code, message })

const malformed = (): PkiError =>
  refuse('xml.not-well-formed', 'The document is not well-formed XML.')

/** References that need no declaration (XML 1.0 §4.1, §4.6). */
const knownReference = /&(?:#[0-9]+|#x[0-9A-Fa-f]+|amp|lt|gt|quot|apos);/y

/** The end of what stands before the value of a namespace declaration. */
const namespaceDeclaration = /[\s"']xmlns(?::[^\s=]*)?\s*=\s*$|^xmlns(?::[^\s=]*)?\s*=\s*$/

const code = {
  slash: 0x2f,
  exclamation: 0x21,
  question: 0x3f,
  greater: 0x3e,
  quote: 0x22,
  apostrophe: 0x27,
} as const

/**
 * Walks over the markup of a document before any parser sees it: refuses markup declarations and
 * references to entities, wherever they stand outside of comments, CDATA and processing instructions,
 * and counts. What is not well-formed in another way is left to the parser.
 *
 * Throws `xml.doctype`, `xml.entity`, `xml.too-deep`, `xml.too-many-nodes`, `xml.too-much-work`,
 * `xml.not-well-formed`.
 */
export const scanMarkup = (text: string, limits: XmlLimits): MarkupCount => {
  let nodes = 0
  let work = 0
  let rootEnd = -1
  let nextAmpersand = text.indexOf('&')
  /** Namespace declarations in scope, one entry for each open element. */
  const scopes: number[] = []

  const count = (more: number): void => {
    nodes += more
    if (nodes > limits.maxNodes) {
      throw refuse('xml.too-many-nodes', 'The document has more parts than the limit.')
    }
  }
  const checkReferences = (from: number, to: number): void => {
    if (nextAmpersand !== -1 && nextAmpersand < from) {
      nextAmpersand = text.indexOf('&', from)
    }
    while (nextAmpersand !== -1 && nextAmpersand < to) {
      knownReference.lastIndex = nextAmpersand
      if (!knownReference.test(text)) {
        throw refuse('xml.entity', 'The document refers to an entity.')
      }
      nextAmpersand = text.indexOf('&', nextAmpersand + 1)
    }
  }
  const skipTo = (end: string, from: number): number => {
    const found = text.indexOf(end, from)
    if (found === -1) {
      throw malformed()
    }
    return found + end.length
  }
  const openElement = (start: number): number => {
    let attributes = 0
    let declarations = 0
    let position = start + 1
    let nameFrom = position
    for (;;) {
      const character = text.charCodeAt(position)
      if (character === code.greater) {
        break
      }
      if (character === code.quote || character === code.apostrophe) {
        attributes += 1
        declarations += namespaceDeclaration.test(text.slice(nameFrom, position)) ? 1 : 0
        position = skipTo(character === code.quote ? '"' : "'", position + 1)
        nameFrom = position
      } else if (position >= text.length) {
        throw malformed()
      } else {
        position += 1
      }
    }
    checkReferences(start, position)
    count(1 + attributes)
    const inScope = (scopes.at(-1) ?? 0) + declarations
    work += inScope * inScope + attributes * attributes
    if (work > limits.maxNamespaceWork) {
      throw refuse('xml.too-much-work', 'The document declares more namespaces than the limit.')
    }
    if (text.charCodeAt(position - 1) !== code.slash) {
      scopes.push(inScope)
      if (scopes.length > limits.maxDepth) {
        throw refuse('xml.too-deep', 'The document nests deeper than the limit.')
      }
    } else if (scopes.length === 0) {
      rootEnd = position - 1
    }
    return position + 1
  }

  let position = 0
  while (position < text.length) {
    const next = text.indexOf('<', position)
    const end = next === -1 ? text.length : next
    if (end > position) {
      checkReferences(position, end)
      count(1)
    }
    if (next === -1) {
      break
    }
    const kind = text.charCodeAt(next + 1)
    if (kind === code.exclamation) {
      count(1)
      if (text.startsWith('<!--', next)) {
        position = skipTo('-->', next + 4)
      } else if (text.startsWith('<![CDATA[', next)) {
        position = skipTo(']]>', next + 9)
      } else {
        throw refuse('xml.doctype', 'The document has a markup declaration.')
      }
    } else if (kind === code.question) {
      count(1)
      position = skipTo('?>', next + 2)
    } else if (kind === code.slash) {
      scopes.pop()
      rootEnd = scopes.length === 0 ? next : rootEnd
      position = skipTo('>', next + 2)
    } else {
      position = openElement(next)
    }
  }
  return { nodes, rootEnd }
}
