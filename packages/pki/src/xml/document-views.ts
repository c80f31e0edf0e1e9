import type { XmlDocument, XmlElement } from 'libxml2-wasm'
import { PkiError } from '../error.ts'
import { canonicalize } from './canonicalize.ts'
import { type ElementPlace, isElement, xpathOfPlace } from './elements.ts'
import { findById } from './find-by-id.ts'
import { checkXmlOctets, parseXml, withXml, type XmlSource } from './open-document.ts'
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
  /** Other octets, read as a document with all the same checks, comments and all. */
  readonly canonicalizeOctets: (octets: Uint8Array, how: Canonicalization) => Uint8Array
  /** One element as it stands, without comments. */
  readonly canonicalizeElement: (element: XmlElement, how: Canonicalization) => Uint8Array
  /** {@link findById}, remembered. */
  readonly findById: (id: string) => readonly XmlElement[]
  /** Counts a walk over the whole document that the caller is about to make. */
  readonly walk: () => void
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

/** Octets that are canonicalised and digested cost this much less than nodes that are walked over. */
const octetsPerNode = 20

/**
 * Opens a document for canonicalising parts of it. An element is left out at native speed only by taking
 * it out of a copy, and every question walks over the whole document: all of it is counted, so that no
 * document asks for seconds of work. Everything is freed afterwards.
 *
 * Throws `xml.not-well-formed`, `xml.doctype`; inside of `use` also `xml.too-much-work` and
 * `xml.not-canonicalizable`.
 */
export const withDocumentViews = <T>(source: XmlSource, use: (views: DocumentViews) => T): T => {
  const { nodes: allNodes, limits, utf8 } = source
  const document = parseXml(source)
  let copy: { readonly key: string; readonly document: XmlDocument } | undefined
  let work = 0
  const spend = (cost: number): void => {
    work += cost
    if (work > limits.maxWork) {
      throw new PkiError({
        code: 'xml.too-much-work',
        message: 'The signatures of the document ask for more work than the limit.',
      })
    }
  }
  const found = new Map<string, readonly XmlElement[]>()
  const without = (removed: readonly ElementPlace[]): XmlDocument => {
    if (removed.length === 0) {
      return document
    }
    const key = removed.map(xpathOfPlace).toSorted().join()
    if (copy?.key !== key) {
      spend(allNodes + utf8.length / (4 * octetsPerNode))
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
  const canonical = (
    node: XmlDocument | XmlElement,
    how: Canonicalization & { readonly comments: boolean },
  ): Uint8Array => {
    const octets = canonicalize(node, how)
    // Counted afterwards: the size of a part is known only then, and one part is no more than all.
    spend(octets.length / octetsPerNode)
    return octets
  }
  try {
    return use({
      document,
      canonicalize: (nodes, how) => {
        spend(nodes.apex === 'document' ? allNodes : 0)
        return canonical(viewOf(nodes), { ...how, comments: nodes.comments })
      },
      canonicalizeOctets: (octets, how) => {
        const other = checkXmlOctets(octets, limits)
        spend(other.nodes)
        return withXml(other, (parsed) => canonical(parsed, { ...how, comments: true }))
      },
      canonicalizeElement: (element, how) => canonical(element, { ...how, comments: false }),
      textOf: (nodes) => {
        const view = viewOf(nodes)
        const text = 'content' in view ? view.content : view.root.content
        spend(text.length / octetsPerNode)
        return text
      },
      findById: (id) => {
        const known = found.get(id)
        if (known !== undefined) {
          return known
        }
        spend(allNodes)
        const elements = findById(document, id)
        found.set(id, elements)
        return elements
      },
      walk: () => spend(allNodes),
    })
  } finally {
    copy?.document.dispose()
    document.dispose()
  }
}
