import type { XmlDocument, XmlElement } from 'libxml2-wasm'

const MAX_XML_BYTES = 1_000_000

/** Why a document does not count, in words for the answer. */
export class XmlFault extends Error {
  override readonly name = 'XmlFault'
}

/** An element as the simulator reads it: names without prefix, texts as they stand. */
export type XmlNode = {
  readonly name: string
  readonly namespace: string
  readonly prefix: string
  readonly children: readonly XmlNode[]
  readonly text: string
}

export type ReadXml = {
  readonly root: XmlNode
  readonly hasComments: boolean
  /** Checks the document against a schema. @throws {XmlFault} with the words of libxml2 */
  readonly validate: (schema: string) => void
  readonly dispose: () => void
}

/**
 * Reads XML without DTD, entities or network. Whoever calls disposes.
 *
 * @throws {XmlFault} for what is too large, has a DOCTYPE or is not well-formed
 */
export async function readXml(bytes: Uint8Array): Promise<ReadXml> {
  if (bytes.length > MAX_XML_BYTES) throw new XmlFault('the XML is larger than 1 MB')
  const { ParseOption, XmlComment, XmlDocument, XmlElement, XsdValidator } = await import(
    'libxml2-wasm'
  )
  // In UTF-16 a zero stands beside every letter.
  if (/<!DOCTYPE/i.test(Buffer.from(bytes).toString('latin1').replaceAll('\0', ''))) {
    throw new XmlFault('DOCTYPE')
  }
  let document: XmlDocument
  try {
    document = XmlDocument.fromBuffer(bytes, {
      option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE,
    })
  } catch (cause) {
    throw new XmlFault(`not well-formed: ${firstLine(cause)}`)
  }
  let hasComments = false
  const nodeOf = (element: XmlElement): XmlNode => {
    const children: XmlNode[] = []
    for (let child = element.firstChild; child !== null; child = child.next) {
      if (child instanceof XmlElement) children.push(nodeOf(child))
      else if (child instanceof XmlComment) hasComments = true
    }

    return {
      name: element.name,
      namespace: element.namespaceUri,
      prefix: element.prefix,
      children,
      text: children.length === 0 ? element.content : '',
    }
  }
  const root = nodeOf(document.root)

  return {
    root,
    // A comment outside of the root element counts too; one inside of CDATA is text.
    hasComments: hasComments || withoutCdata(bytes).includes('<!--'),
    validate: (schema) => {
      const schemaDocument = XmlDocument.fromString(schema)
      const validator = XsdValidator.fromDoc(schemaDocument)
      try {
        validator.validate(document)
      } catch (cause) {
        throw new XmlFault(firstLine(cause))
      } finally {
        validator.dispose()
        schemaDocument.dispose()
      }
    },
    dispose: () => document.dispose(),
  }
}

function withoutCdata(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/<!\[CDATA\[.*?\]\]>/gs, '')
}

function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? ''
}

/** The text of a child by name. */
export function childText(node: XmlNode, name: string): string | undefined {
  return node.children.find((child) => child.name === name)?.text
}

export function childrenOf(node: XmlNode, name: string): readonly XmlNode[] {
  return node.children.filter((child) => child.name === name)
}
