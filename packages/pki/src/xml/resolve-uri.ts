import type { XmlElement } from 'libxml2-wasm'
import type { XmlDefect } from './defects.ts'
import type { DocumentViews } from './document-views.ts'

/** What a Reference means before its transforms. */
export type ReferenceTarget =
  | { readonly kind: 'document'; readonly comments: boolean }
  | { readonly kind: 'element'; readonly element: XmlElement; readonly comments: boolean }
  /** Outside of the document: nothing is fetched, the caller may have it. */
  | { readonly kind: 'external'; readonly uri: string | undefined }
  | { readonly kind: 'refused'; readonly defect: XmlDefect }

const byId = (
  views: DocumentViews,
  { id, comments }: { readonly id: string; readonly comments: boolean },
): ReferenceTarget => {
  const [element, ...more] = views.findById(id)
  if (element === undefined) {
    return { kind: 'refused', defect: 'reference.unresolved' }
  }
  return more.length === 0
    ? { kind: 'element', element, comments }
    : { kind: 'refused', defect: 'reference.duplicate-id' }
}

/** Schemes under which a container may name what lies beside it; nothing under them is fetched. */
const namedSchemes = ['http', 'https', 'urn', 'cid']

const external = (uri: string): ReferenceTarget => {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(uri)?.[1]?.toLowerCase()
  return (scheme === undefined || namedSchemes.includes(scheme)) && !/^[/\\]/.test(uri)
    ? { kind: 'external', uri }
    : { kind: 'refused', defect: 'reference.forbidden-uri' }
}

/**
 * What the URI of a Reference means (XMLDSig 1.1 §4.4.3.2): the document, one element by an Id that
 * nobody else has, the same with comments by the two XPointers of the standard, or something outside.
 */
export const resolveUri = (views: DocumentViews, uri: string | undefined): ReferenceTarget => {
  if (uri === undefined) {
    return { kind: 'external', uri }
  }
  if (uri === '') {
    return { kind: 'document', comments: false }
  }
  if (!uri.startsWith('#')) {
    return external(uri)
  }
  if (uri === '#xpointer(/)') {
    return { kind: 'document', comments: true }
  }
  const pointer = /^#xpointer\(id\((?:'([^']*)'|"([^"]*)")\)\)$/.exec(uri)
  const pointerId = pointer?.[1] ?? pointer?.[2]
  if (pointerId !== undefined) {
    return byId(views, { id: pointerId, comments: true })
  }
  return /[()]/.test(uri)
    ? { kind: 'refused', defect: 'reference.pointer' }
    : byId(views, { id: uri.slice(1), comments: false })
}
