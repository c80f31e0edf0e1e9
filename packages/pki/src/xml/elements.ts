import type { XmlElement, XmlNode, XmlTreeNode } from 'libxml2-wasm'
import { libxml2 } from './load-libxml2.ts'

/** Is the node an element? */
export const isElement = (node: XmlNode | null): node is XmlElement =>
  node instanceof libxml2().XmlElement

/** Does the element have this expanded name? */
export const isNamed = (element: XmlElement, namespaceUri: string, name: string): boolean =>
  element.name === name && element.namespaceUri === namespaceUri

/** All children of an element, in document order. */
export const childNodes = (element: XmlElement): readonly XmlTreeNode[] => {
  const children: XmlTreeNode[] = []
  for (let child = element.firstChild; child !== null; child = child.next) {
    // libxml2-wasm 0.7 gives a processing instruction no `next`: what stands behind it would be lost.
    if (!(child instanceof libxml2().XmlTreeNode)) {
      return element.find('node()') as XmlTreeNode[]
    }
    children.push(child)
  }
  return children
}

/** The element children, in document order. */
export const childElements = (element: XmlElement): readonly XmlElement[] =>
  childNodes(element).filter(isElement)

/** The element children of an expanded name. */
export const childrenNamed = (
  element: XmlElement,
  namespaceUri: string,
  name: string,
): readonly XmlElement[] =>
  childElements(element).filter((child) => isNamed(child, namespaceUri, name))

/** The value of an attribute without namespace. */
export const attributeOf = (element: XmlElement, name: string): string | undefined =>
  element.attrs.find((each) => each.name === name && each.namespaceUri === '')?.value

/**
 * The text of an element that may hold nothing but text; `undefined` when there is an element, a
 * comment or a processing instruction in it, which canonicalisation and readers treat differently.
 */
export const plainTextOf = (element: XmlElement): string | undefined => {
  const { XmlCData, XmlText } = libxml2()
  const children = childNodes(element)
  return children.every((child) => child instanceof XmlText || child instanceof XmlCData)
    ? children.map(({ content }) => content).join('')
    : undefined
}

/** Is there nothing but elements, white space and comments directly in the element? */
export const hasElementContent = (element: XmlElement): boolean => {
  const { XmlComment } = libxml2()
  return childNodes(element).every(
    (child) =>
      isElement(child) || child instanceof XmlComment || /^[ \t\r\n]*$/.test(child.content),
  )
}

/** The chain from an element up to the root element, the element first. */
export const ancestorsOrSelf = (element: XmlElement): readonly XmlElement[] => {
  const chain: XmlElement[] = []
  for (let each: XmlElement | null = element; each !== null; each = each.parent) {
    chain.push(each)
  }
  return chain
}

/** Is `inner` the element `outer`, or inside of it? */
export const isWithin = (inner: XmlElement, outer: XmlElement): boolean =>
  ancestorsOrSelf(inner).some((each) => each.isSameNode(outer))

/** Where an element stands: its number among the elements of its parent, from the root down. */
export type ElementPlace = readonly number[]

/** The place of an element, which means the same element in every copy of the document. */
export const placeOf = (element: XmlElement): ElementPlace =>
  ancestorsOrSelf(element)
    .map((each) => Number(each.eval('count(preceding-sibling::*)')))
    .toReversed()

/** XPath of a place. */
export const xpathOfPlace = (place: ElementPlace): string =>
  place.map((index) => `/*[${index + 1}]`).join('')

/** A path that people read: qualified names, numbered where siblings have the same one. */
export const pathOf = (element: XmlElement): string =>
  ancestorsOrSelf(element)
    .map((each) => {
      const qualified = each.prefix === '' ? each.name : `${each.prefix}:${each.name}`
      const before = Number(each.eval(`count(preceding-sibling::*[name()='${qualified}'])`))
      const after = Number(each.eval(`count(following-sibling::*[name()='${qualified}'])`))
      return before + after > 0 ? `/${qualified}[${before + 1}]` : `/${qualified}`
    })
    .toReversed()
    .join('')
