import type { XmlDocument, XmlElement } from 'libxml2-wasm'
import type { CheckedReference } from './check-reference.ts'
import { childElements, childNodes, isNamed, isWithin } from './elements.ts'
import { libxml2 } from './load-libxml2.ts'
import { namespace } from './namespaces.ts'
import type { SignatureElement } from './read-signature.ts'

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

/**
 * The first element that is not covered though it is more than a wrapper around what is: an element of
 * its own, or one that says something in an attribute or in text.
 */
export const findUncovered = (
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

/** Objects that hold the properties of the signature, which are read by rules of their own. */
export const isPropertyObject = (object: XmlElement): boolean => {
  const children = childElements(object)
  return (
    children.length > 0 &&
    children.every((child) => isNamed(child, namespace.xades, 'QualifyingProperties')) &&
    !wrapperSaysSomething(object)
  )
}

const keyInfoNamespaces: readonly string[] = [
  namespace.ds,
  'http://www.w3.org/2009/xmldsig11#',
  namespace.wsse,
  namespace.wsu,
]

/**
 * Something inside of a signature that nobody signed and that is no part of it: an Object that no
 * Reference leads to, or elements of other vocabularies in KeyInfo. A reader who looks for an element in
 * the whole document would find it there.
 */
export const findUncoveredObject = (
  { objects, keyInfo }: SignatureElement,
  references: readonly CheckedReference[],
): XmlElement | undefined => {
  const signed = references.flatMap(({ target, fact }) =>
    target !== undefined && target !== 'document' && fact.result === 'match' ? [target] : [],
  )
  const isSigned = (element: XmlElement): boolean =>
    signed.some((target) => isWithin(element, target))
  const isForeign = (element: XmlElement): boolean =>
    !keyInfoNamespaces.includes(element.namespaceUri) ||
    childElements(element).some((child) => !isSigned(child) && isForeign(child))
  const object = objects.find(
    (each) =>
      !isSigned(each) &&
      !isPropertyObject(each) &&
      (childElements(each).length === 0 ||
        wrapperSaysSomething(each) ||
        !childElements(each).every(isSigned)),
  )
  return (
    object ??
    (keyInfo !== undefined && !isSigned(keyInfo) && isForeign(keyInfo) ? keyInfo : undefined)
  )
}

/** A base64 transform takes the text alone: whatever else an element says is not signed. */
export const isMoreThanText = (element: XmlElement): boolean =>
  childElements(element).length > 0 ||
  (!isNamed(element, namespace.ds, 'Object') &&
    element.attrs.some(({ name, namespaceUri }) => !isNeutralAttribute(name, namespaceUri)))

/** A processing instruction beside the root element, which a Reference to the root leaves out. */
export const instructionOutside = (document: XmlDocument): string | undefined =>
  document.eval('boolean(/processing-instruction())') === true
    ? '/processing-instruction()'
    : undefined
