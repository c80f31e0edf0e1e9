import type { XmlElement } from 'libxml2-wasm'
import { isPkiError } from '../error.ts'
import { algorithmUri, c14nAlgorithm } from './algorithms.ts'
import type { XmlDefect } from './defects.ts'
import { type DocumentViews, type NodeSet, placeContains } from './document-views.ts'
import { attributeOf, childElements, type ElementPlace, isNamed, plainTextOf } from './elements.ts'
import { namespace } from './namespaces.ts'
import { readBase64 } from './read-base64.ts'
import {
  type Canonicalization,
  readCanonicalization,
  type TransformElement,
} from './read-signature.ts'

/** Data on its way through transforms. */
export type TransformData =
  | { readonly kind: 'nodes'; readonly nodes: NodeSet }
  | { readonly kind: 'octets'; readonly octets: Uint8Array }

/** What came out, or why nothing did. */
export type TransformResult =
  | {
      readonly octets: Uint8Array
      readonly nodes: NodeSet | undefined
      /** Do the octets show the comments of the nodes? */
      readonly showsComments: boolean
    }
  | { readonly defect: XmlDefect }

/** What transforms know of their surroundings. */
export type TransformContext = {
  readonly views: DocumentViews
  /** The signature that the reference belongs to. */
  readonly signature: ElementPlace
  /** All signatures of the document. */
  readonly signatures: readonly ElementPlace[]
}

/** More than any profile asks for. */
const maxTransforms = 5

/** The canonicalisation at the end of a chain that names none (XMLDSig 1.1 §4.4.3.2). */
const implicitCanonicalization = (): Canonicalization => {
  const algorithm = c14nAlgorithm(algorithmUri.c14n10)
  if (algorithm === undefined) {
    throw new Error('Canonical XML 1.0 is not in the table')
  }
  return { algorithm, inclusivePrefixes: [] }
}

const without = (
  data: TransformData,
  removed: readonly ElementPlace[],
): TransformData | XmlDefect => {
  if (data.kind === 'octets') {
    return 'transform.order'
  }
  const { nodes } = data
  const { apex } = nodes
  const inside = removed.filter((place) => apex === 'document' || placeContains(apex, place))
  if (inside.some((place) => place.length <= (apex === 'document' ? 1 : apex.length))) {
    return 'reference.no-content'
  }
  return { kind: 'nodes', nodes: { ...nodes, removed: [...nodes.removed, ...inside] } }
}

/** An expression that removes signatures, by the forms that signing software writes. */
const readFilter = (
  element: XmlElement | undefined,
  forms: Readonly<Record<string, RegExp>>,
): string | undefined => {
  const text = element === undefined ? '' : (plainTextOf(element) ?? '').replace(/\s+/g, '')
  for (const [form, pattern] of Object.entries(forms)) {
    const prefix = pattern.exec(text)?.[1]
    if (prefix !== undefined && element?.namespaceForPrefix(prefix) === namespace.ds) {
      return form
    }
  }
  return undefined
}

const applyXpath = (
  data: TransformData,
  { element }: TransformElement,
  { signatures }: TransformContext,
): TransformData | XmlDefect => {
  const [parameter, ...more] = childElements(element)
  const form = readFilter(parameter, {
    all: /^not\(ancestor-or-self::([\w.-]+):Signature\)$/,
  })
  return form !== undefined &&
    more.length === 0 &&
    parameter !== undefined &&
    isNamed(parameter, namespace.ds, 'XPath')
    ? without(data, signatures)
    : 'transform.xpath'
}

const applyFilter2 = (
  data: TransformData,
  { element }: TransformElement,
  { signature, signatures }: TransformContext,
): TransformData | XmlDefect => {
  const [parameter, ...more] = childElements(element)
  const form = readFilter(parameter, {
    all: /^\/descendant::([\w.-]+):Signature$/,
    own: /^here\(\)\/ancestor::([\w.-]+):Signature\[1\]$/,
  })
  return form !== undefined &&
    more.length === 0 &&
    parameter !== undefined &&
    isNamed(parameter, namespace.filter2, 'XPath') &&
    attributeOf(parameter, 'Filter') === 'subtract'
    ? without(data, form === 'all' ? signatures : [signature])
    : 'transform.xpath'
}

const applyBase64 = (
  data: TransformData,
  { views }: TransformContext,
): TransformData | XmlDefect => {
  const text =
    data.kind === 'nodes' ? views.textOf(data.nodes) : new TextDecoder('latin1').decode(data.octets)
  const octets = readBase64(text)
  return octets === undefined ? 'signature.value-malformed' : { kind: 'octets', octets }
}

/** Octets become nodes by being parsed (XMLDSig 1.1 §4.4.3.2): content outside, or a second form. */
const canonicalizeOctets = (
  octets: Uint8Array,
  how: Canonicalization,
  { views }: TransformContext,
): TransformData | XmlDefect => {
  try {
    return { kind: 'octets', octets: views.canonicalizeOctets(octets, how) }
  } catch (error) {
    if (isPkiError(error) && error.code !== 'xml.too-much-work') {
      return 'transform.not-xml'
    }
    throw error
  }
}

const applyOne = (
  data: TransformData,
  transform: TransformElement,
  context: TransformContext,
): TransformData | XmlDefect => {
  const { uri, element } = transform
  switch (uri) {
    case algorithmUri.enveloped:
      return childElements(element).length === 0
        ? without(data, [context.signature])
        : 'transform.unknown'
    case algorithmUri.base64:
      return applyBase64(data, context)
    case algorithmUri.xpath:
      return applyXpath(data, transform, context)
    case algorithmUri.xpathFilter2:
      return applyFilter2(data, transform, context)
    case algorithmUri.xslt:
      return 'transform.xslt'
    default: {
      const how = readCanonicalization(element)
      if (how === undefined) {
        return 'transform.unknown'
      }
      return data.kind === 'nodes'
        ? { kind: 'octets', octets: context.views.canonicalize(data.nodes, how) }
        : canonicalizeOctets(data.octets, how, context)
    }
  }
}

/**
 * Runs the transforms of a Reference (XMLDSig 1.1 §6.6): enveloped-signature, the canonicalisations,
 * base64, and the XPath filters that leave out signatures. Everything else is refused by its name.
 */
export const applyTransforms = (
  start: TransformData,
  transforms: readonly TransformElement[],
  context: TransformContext,
): TransformResult => {
  if (transforms.length > maxTransforms) {
    return { defect: 'transform.too-many' }
  }
  let data = start
  let nodes = start.kind === 'nodes' ? start.nodes : undefined
  let showsComments = false
  for (const transform of transforms) {
    const next = applyOne(data, transform, context)
    if (typeof next === 'string') {
      return { defect: next }
    }
    nodes = next.kind === 'nodes' ? next.nodes : nodes
    if (data.kind === 'nodes' && next.kind === 'octets') {
      showsComments = data.nodes.comments && c14nAlgorithm(transform.uri)?.withComments === true
    }
    data = next
  }
  return data.kind === 'octets'
    ? { octets: data.octets, nodes, showsComments }
    : {
        octets: context.views.canonicalize(data.nodes, implicitCanonicalization()),
        nodes: data.nodes,
        showsComments,
      }
}
