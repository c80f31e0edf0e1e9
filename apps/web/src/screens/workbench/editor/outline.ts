/** A node of a document as a person reads it: names without prefixes, white space between left out. */
export type OutlineNode = {
  readonly key: string
  readonly name: string
  /** Text of its own; undefined for an element that only holds others. */
  readonly text: string | undefined
  readonly attributes: readonly { readonly name: string; readonly value: string }[]
  readonly children: readonly OutlineNode[]
}

/** More nodes than this nobody reads, and the page would stand still. */
export const maxOutlineNodes = 5_000

/**
 * The outline of XML text; undefined for what is not well-formed. A DTD is never followed: browsers read
 * no external entities. Nodes over `maxOutlineNodes` are left out.
 */
export function outlineXml(xml: string): OutlineNode | undefined {
  const document = new DOMParser().parseFromString(xml.replace(/^\uFEFF/, ''), 'application/xml')
  const root = document.documentElement

  if (root === null || document.getElementsByTagName('parsererror').length > 0) return undefined

  let left = maxOutlineNodes
  const walk = (element: Element, key: string): OutlineNode => {
    left -= 1
    const children: OutlineNode[] = []
    const own: string[] = []

    for (const node of element.childNodes) {
      if (node.nodeType === 1) {
        if (left > 0) children.push(walk(node as Element, `${key}/${children.length}`))
      } else if (node.nodeType === 3 || node.nodeType === 4) {
        own.push(node.textContent ?? '')
      }
    }
    const text = own.join('')

    return {
      key,
      name: element.localName,
      text: text.trim() === '' ? undefined : text.trim(),
      attributes: [...element.attributes]
        .filter(({ name }) => name !== 'xmlns' && !name.startsWith('xmlns:'))
        .map(({ name, value }) => ({ name, value })),
      children,
    }
  }

  return walk(root, '0')
}
