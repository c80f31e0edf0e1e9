import type { XmlDocument, XmlElement } from 'libxml2-wasm'
import { PkiError } from '../error.ts'
import { canonicalize } from './canonicalize.ts'
import { type ElementPlace, isElement, xpathOfPlace } from './elements.ts'
import { parseXml, type XmlSource } from './open-document.ts'
import type { Canonicalization } from './read-signature.ts'

/**
 * A node-set of the only kinds that the allowed transforms make: the document or one element with all
 * inside, less some whole elements, with or without comments.
 */
export type NodeSet = {
  readonly apex: 'document' | ElementPlace
  readonly removed: readonly ElementPlace[]
  readonly comments: boolean
}

/** A document, and what it looks like without some of its elements. */
export type DocumentViews = {
  readonly document: XmlDocument
  readonly canonicalize: (nodes: NodeSet, how: Canonicalization) => Uint8Array
  /** One element as it stands, without comments. */
  readonly canonicalizeElement: (element: XmlElement, how: Canonicalization) => Uint8Array
  /** The string-value: all text, in document order. */
  readonly textOf: (nodes: NodeSet) => string
}

/** Is `outer` the place `inner`, or one around it? */
export const placeContains = (outer: ElementPlace, inner: ElementPlace): boolean =>
  outer.length <= inner.length && outer.every((index, level) => inner[level] === index)

const elementAt = (document: XmlDocument, place: ElementPlace): XmlElement => {
  const node = document.get(xpathOfPlace(place))
  if (!isElement(node)) {
    throw new Error('a place of another document')
  }
  return node
}

/** Outermost places only: what is inside of a removed element goes with it. */
const outermost = (places: readonly ElementPlace[]): readonly ElementPlace[] =>
  places.filter(
    (place, index) =>
      !places.some(
        (other, at) => placeContains(other, place) && (other.length < place.length || at < index),
      ),
  )

/** The place that an element has after others were removed. */
const placeAfter = (place: ElementPlace, removed: readonly ElementPlace[]): ElementPlace =>
  place.map((index, level) => {
    const before = removed.filter(
      (other) =>
        other.length === level + 1 &&
        placeContains(other.slice(0, level), place) &&
        (other[level] ?? 0) < index,
    )
    return index - before.length
  })

/** Octets to parse or write cost this much less than nodes to visit. */
const octetsPerVisit = 10

/**
 * Opens a document for canonicalising parts of it. libxml2 asks about every node when a part is
 * canonicalised, and an element can be left out at native speed only by taking it out of a copy; both
 * are counted, so that no document asks for seconds of work. Everything is freed afterwards.
 *
 * Throws `xml.not-well-formed`, `xml.doctype`; inside of `use` also `xml.too-much-work` and
 * `xml.not-canonicalizable`.
 */
export const withDocumentViews = <T>(source: XmlSource, use: (views: DocumentViews) => T): T => {
  const document = parseXml(source)
  let copy: { readonly key: string; readonly document: XmlDocument } | undefined
  let visits = 0
  const spend = (cost: number): void => {
    visits += cost
    if (visits > source.limits.maxVisits) {
      throw new PkiError({
        code: 'xml.too-much-work',
        message: 'The signatures of the document ask for more work than the limit.',
      })
    }
  }
  const pass = source.utf8.length / octetsPerVisit
  const without = (removed: readonly ElementPlace[]): XmlDocument => {
    if (removed.length === 0) {
      return document
    }
    const key = removed.map(xpathOfPlace).toSorted().join()
    if (copy?.key !== key) {
      spend(pass)
      copy?.document.dispose()
      copy = undefined
      copy = { key, document: parseXml(source) }
      const elements = removed.map((place) => elementAt(copy?.document ?? document, place))
      for (const element of elements) {
        element.remove()
      }
    }
    return copy.document
  }
  const viewOf = ({ apex, removed: asked }: NodeSet): XmlDocument | XmlElement => {
    const removed = outermost(asked)
    const view = without(removed)
    return apex === 'document' ? view : elementAt(view, placeAfter(apex, removed))
  }
  try {
    return use({
      document,
      canonicalize: (nodes, how) => {
        spend(nodes.apex === 'document' ? pass : pass + source.weight)
        return canonicalize(viewOf(nodes), { ...how, comments: nodes.comments })
      },
      canonicalizeElement: (element, how) => {
        spend(source.weight)
        return canonicalize(element, { ...how, comments: false })
      },
      textOf: (nodes) => {
        spend(pass)
        const view = viewOf(nodes)
        return 'content' in view ? view.content : view.root.content
      },
    })
  } finally {
    copy?.document.dispose()
    document.dispose()
  }
}
