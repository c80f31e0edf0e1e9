import type { XmlDocument, XmlElement } from 'libxml2-wasm'
import { namespace } from './namespaces.ts'

const before = 'preceding-sibling::node()[1]'
const after = 'following-sibling::node()[1]'

/** Neighbours only: an axis walked to its end would take quadratic time. */
const splitting =
  `(${after}[self::text()][normalize-space()] and ` +
  `(${before}[self::text() or self::comment()] or not(${before}))) or ` +
  `(${before}[self::text()][normalize-space()] and ${after}[self::text() or self::comment()])`

/**
 * Is there a comment in the middle or in front of a text? Canonicalisation without comments joins what it
 * splits, and many readers take the first piece for the whole, so whoever adds such a comment changes what
 * is read and not what is signed (crypto.md §6). Comments between elements, and in signatures that stand
 * in the document, do not matter.
 */
export const hasSplitText = (node: XmlDocument | XmlElement): boolean =>
  node.eval(
    `boolean(descendant-or-self::node()/comment()[${splitting}]` +
      `[not(ancestor::ds:Signature) or ancestor::ds:Object])`,
    { ds: namespace.ds },
  ) === true
