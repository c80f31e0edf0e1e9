import { type XmlDocument, XmlXPath } from 'libxml2-wasm'
import * as typed from 'libxml2-wasm/lib/libxml2.mjs'

const {
  allocCStringArray,
  free,
  XmlNodeSetStruct,
  XmlNodeStruct,
  XmlNodeType,
  XmlNsStruct,
  XmlXPathObjectStruct,
  xmlC14NExecute,
  xmlOutputBufferClose,
  xmlXPathCompiledEval,
  xmlXPathFreeContext,
  xmlXPathFreeObject,
  xmlXPathNewContext,
  xmlXPathRegisterNs,
  xmlXPathSetContextNode,
} = typed

/**
 * What libxml2-wasm marks as internal: its public surface canonicalises whole elements, and the vectors
 * of 2002 pick single nodes by XPath.
 */
const { addFunction, xmlOutputBufferCreateIO } = typed as unknown as {
  readonly addFunction: (
    callback: (data: number, node: number, parent: number) => number,
    signature: string,
  ) => number
  readonly xmlOutputBufferCreateIO: (handler: typed.XmlOutputBufferHandler) => number
}

/** Address of an object in the memory of libxml2. */
const addressOf = (object: object): number => {
  const { _ptr, _nodePtr } = object as { readonly _ptr?: number; readonly _nodePtr?: number }
  return _ptr ?? _nodePtr ?? 0
}

let visible: ReadonlySet<string> = new Set()

/** A namespace node is known by its prefix and its element, every other node by its address. */
const keyOf = (node: number, parent: number): string =>
  XmlNodeStruct.type(node) === XmlNodeType.XML_NAMESPACE_DECL
    ? `${XmlNsStruct.prefix(node)}@${parent}`
    : `${node}`

/** Function-table entries of WebAssembly are never given back: one serves all. */
const isVisible = addFunction(
  (_data: number, node: number, parent: number) => (visible.has(keyOf(node, parent)) ? 1 : 0),
  'iiii',
)

/** All nodes, attributes and namespaces for which an XPath filter holds (XMLDSig 1.1 §6.6.3). */
const select = (
  document: XmlDocument,
  expression: string,
  namespaces: Readonly<Record<string, string>>,
): ReadonlySet<string> => {
  const compiled = XmlXPath.compile(`(//. | //@* | //namespace::*)[boolean(${expression})]`, {
    ...namespaces,
  })
  const context = xmlXPathNewContext(addressOf(document))
  for (const [prefix, uri] of Object.entries(namespaces)) {
    xmlXPathRegisterNs(context, prefix, uri)
  }
  xmlXPathSetContextNode(addressOf(document.root), context)
  const result = xmlXPathCompiledEval(addressOf(compiled), context)
  const nodeSet = XmlXPathObjectStruct.nodesetval(result)
  const nodes = [...XmlNodeSetStruct.nodeTable(nodeSet, XmlNodeSetStruct.nodeCount(nodeSet))]
  // Of a namespace node XPath gives a copy, in which `next` is its element.
  const keys = new Set(nodes.map((node) => keyOf(node, XmlNsStruct.next(node))))
  xmlXPathFreeObject(result)
  xmlXPathFreeContext(context)
  compiled.dispose()
  return keys
}

/** For tests: the canonical form of the nodes that an XPath filter leaves. Mode as libxml2 counts. */
export const canonicalizeByXpath = (
  document: XmlDocument,
  {
    expression,
    namespaces,
    mode,
    prefixes,
  }: {
    readonly expression: string
    readonly namespaces: Readonly<Record<string, string>>
    readonly mode: 0 | 1 | 2
    readonly prefixes: readonly string[]
  },
): Uint8Array => {
  visible = select(document, expression, namespaces)
  const parts: Uint8Array[] = []
  const output = xmlOutputBufferCreateIO({
    write: (part: Uint8Array) => {
      parts.push(part.slice())
      return part.length
    },
    close: () => true,
  })
  const list = prefixes.length === 0 ? 0 : allocCStringArray([...prefixes])
  xmlC14NExecute(addressOf(document), isVisible, 0, mode, list, 0, output)
  if (list !== 0) {
    free(list)
  }
  xmlOutputBufferClose(output)
  return new Uint8Array(Buffer.concat(parts))
}
