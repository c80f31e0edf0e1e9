import type { XmlElement } from 'libxml2-wasm'
import type { CheckedReference } from './check-reference.ts'
import type { XmlDefect } from './defects.ts'
import type { DocumentViews } from './document-views.ts'
import {
  childElements,
  childNodes,
  childrenNamed,
  isElement,
  isNamed,
  isWithin,
  pathOf,
} from './elements.ts'
import { hasSplitText } from './find-split-text.ts'
import { libxml2 } from './load-libxml2.ts'
import { namespace, referenceType } from './namespaces.ts'
import type { SignatureElement } from './read-signature.ts'
import { signedPropertiesOf } from './xades/read-qualifying-properties.ts'

/** What a reference is for: only `content` is something that somebody meant to sign. */
export type ReferenceRole =
  | 'content'
  | 'signed-properties'
  | 'key-info'
  /** A list of further digests, which are not followed and not counted. */
  | 'manifest'
  /** The value of another signature. */
  | 'countersigned'

/** What of a document a signature covers. */
export type Coverage = {
  /** `document`: all of it but signatures. Otherwise the paths of the elements that are covered. */
  readonly covers: 'document' | 'external' | readonly string[]
  /** Path of something that is not covered, though it is no mere wrapper; `undefined` when all is. */
  readonly uncovered: string | undefined
  readonly defects: readonly XmlDefect[]
}

/** The role of a checked reference. */
export const roleOf = (
  { target, fact }: CheckedReference,
  signature: SignatureElement,
): ReferenceRole => {
  if (target === undefined || target === 'document') {
    return 'content'
  }
  if (signedPropertiesOf(signature).some((element) => element.isSameNode(target))) {
    return 'signed-properties'
  }
  if (signature.keyInfo !== undefined && target.isSameNode(signature.keyInfo)) {
    return 'key-info'
  }
  if (isNamed(target, namespace.ds, 'Manifest') || fact.type === referenceType.manifest) {
    return 'manifest'
  }
  return isNamed(target, namespace.ds, 'SignatureValue') ? 'countersigned' : 'content'
}

/** The innermost ds:Signature around an element, itself not counted. */
const enclosingSignatures = (element: XmlElement): readonly XmlElement[] => {
  const found: XmlElement[] = []
  for (let each = element.parent; each !== null; each = each.parent) {
    if (isNamed(each, namespace.ds, 'Signature')) {
      found.push(each)
    }
  }
  return found
}

/**
 * Inside of a signature only its own objects are places where somebody reads: an element hidden
 * elsewhere in it, or in another signature, is signed and never seen (security.md row 10).
 */
const isBadPosition = (
  target: XmlElement,
  role: ReferenceRole,
  signature: SignatureElement,
): boolean =>
  role !== 'key-info' &&
  role !== 'countersigned' &&
  enclosingSignatures(target).some((around) => {
    if (around.isSameNode(signature.element)) {
      return !signature.objects.some((object) => isWithin(target, object))
    }
    return !childrenNamed(around, namespace.ds, 'Object').some(
      (object) => isWithin(target, object) && isWithin(signature.element, object),
    )
  })

/** Parts of WS-Security and XML Signature that carry signatures and are no content. */
const isApparatus = (element: XmlElement): boolean =>
  isNamed(element, namespace.ds, 'Signature') || isNamed(element, namespace.wsse, 'Security')

const soapNamespaces: readonly string[] = [
  'http://schemas.xmlsoap.org/soap/envelope/',
  'http://www.w3.org/2003/05/soap-envelope',
]

const xsiNamespace = 'http://www.w3.org/2001/XMLSchema-instance'

/** Attributes that name or decorate an element and say nothing of their own. */
const isNeutralAttribute = (name: string, namespaceUri: string): boolean =>
  [namespace.xml, namespace.wsu, xsiNamespace, ...soapNamespaces].includes(namespaceUri as never) ||
  (namespaceUri === '' && ['id', 'Id', 'ID'].includes(name))

/** Something that a wrapper around signed elements says itself, in an attribute or in text. */
const wrapperSaysSomething = (element: XmlElement): boolean => {
  const { XmlText, XmlCData } = libxml2()
  return (
    element.attrs.some(({ name, namespaceUri }) => !isNeutralAttribute(name, namespaceUri)) ||
    childNodes(element).some(
      (child) =>
        (child instanceof XmlText || child instanceof XmlCData) &&
        !/^[ \t\r\n]*$/.test(child.content),
    )
  )
}

const findUncovered = (
  element: XmlElement,
  covered: readonly XmlElement[],
): XmlElement | undefined => {
  if (isApparatus(element) || covered.some((each) => each.isSameNode(element))) {
    return undefined
  }
  const isWrapper = covered.some((each) => isWithin(each, element))
  const isEmptyWrapper =
    soapNamespaces.includes(element.namespaceUri) && childElements(element).every(isApparatus)
  if (isEmptyWrapper && !wrapperSaysSomething(element)) {
    return undefined
  }
  if (!isWrapper || wrapperSaysSomething(element)) {
    return element
  }
  for (const child of childElements(element)) {
    const found = findUncovered(child, covered)
    if (found !== undefined) {
      return found
    }
  }
  return undefined
}

/** Objects that hold properties and lists of the signature, not content. */
const isPropertyObject = (object: XmlElement): boolean => {
  const children = childElements(object)
  return (
    children.length > 0 &&
    children.every(
      (child) =>
        isNamed(child, namespace.xades, 'QualifyingProperties') ||
        isNamed(child, namespace.ds, 'Manifest') ||
        isNamed(child, namespace.ds, 'SignatureProperties'),
    )
  )
}

const maxNamesakes = 1000

/** An element outside of everything that is signed, which has the name of a signed one. */
const hasNamesake = (
  views: DocumentViews,
  target: XmlElement,
  { covered, signature }: { covered: readonly XmlElement[]; signature: SignatureElement },
): boolean => {
  const isOutside = (element: XmlElement): boolean =>
    !covered.some((each) => isWithin(element, each))
  if (isNamed(target, namespace.ds, 'Object')) {
    return signature.objects.some((object) => isOutside(object) && !isPropertyObject(object))
  }
  views.walk()
  const namesakes = `//*[local-name()='${target.name}']`
  return (
    Number(views.document.eval(`count(${namesakes})`)) > maxNamesakes ||
    views.document.find(namesakes).filter(isElement).some(isOutside)
  )
}

/**
 * What the matching content references of a signature cover, and whether somebody could take an unsigned
 * part for a signed one. Signed elements of every signature of the document are in `signedByAny`.
 */
export const findCoverage = (
  views: DocumentViews,
  {
    signature,
    references,
    signedByAny,
  }: {
    readonly signature: SignatureElement
    readonly references: readonly CheckedReference[]
    readonly signedByAny: readonly XmlElement[]
  },
): Coverage => {
  const defects = new Set<XmlDefect>()
  const { document } = views
  const { root } = document
  for (const reference of references) {
    const { target } = reference
    if (
      target !== undefined &&
      target !== 'document' &&
      isBadPosition(target, roleOf(reference, signature), signature)
    ) {
      defects.add('reference.position')
    }
  }
  const content = references.filter(
    (reference) => roleOf(reference, signature) === 'content' && reference.fact.result === 'match',
  )
  const hasSplit = content.some(({ target, showsComments }) => {
    if (target === undefined || showsComments) {
      return false
    }
    views.walk()
    return hasSplitText(target === 'document' ? document : target)
  })
  if (hasSplit) {
    defects.add('reference.comment-in-text')
  }
  const isWhole = content.some(
    ({ target }) => target === 'document' || target?.isSameNode(root) === true,
  )
  if (isWhole) {
    return { covers: 'document', uncovered: undefined, defects: [...defects] }
  }
  const covered = references.flatMap((reference) => {
    const role = roleOf(reference, signature)
    const { target } = reference
    return target !== undefined &&
      target !== 'document' &&
      (role === 'content' || role === 'countersigned') &&
      reference.fact.result === 'match'
      ? [target]
      : []
  })
  const isDetached = content.some(({ target }) => target === undefined)
  if (covered.length === 0) {
    return { covers: isDetached ? 'external' : [], uncovered: undefined, defects: [...defects] }
  }
  const isContent = (target: XmlElement): boolean =>
    !isNamed(target, namespace.ds, 'SignatureValue')
  if (
    covered
      .filter(isContent)
      .some((target) => hasNamesake(views, target, { covered: signedByAny, signature }))
  ) {
    defects.add('reference.wrapping')
  }
  const uncovered = covered.some(isContent) ? findUncovered(root, covered) : undefined
  return {
    covers: covered.map(pathOf),
    uncovered: uncovered === undefined ? undefined : pathOf(uncovered),
    defects: [...defects],
  }
}
