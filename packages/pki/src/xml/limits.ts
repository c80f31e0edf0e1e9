/** How much of a document is read before it is refused; every limit holds before or while parsing. */
export type XmlLimits = {
  readonly maxBytes: number
  readonly maxDepth: number
  /** Elements, attributes, texts, comments and processing instructions. */
  readonly maxNodes: number
  /**
   * Canonicalisation looks at all namespaces in scope and sorts all attributes of every element: the sum
   * of the squares of their numbers.
   */
  readonly maxNamespaceWork: number
  /**
   * Work that all signatures of a document may ask for: nodes walked over, and octets canonicalised and
   * digested, twenty for a node.
   */
  readonly maxWork: number
  readonly maxSignatures: number
  /** Of one signature. */
  readonly maxReferences: number
}

/** Room for documents of 16 MiB, and never seconds of work. */
export const defaultXmlLimits: XmlLimits = Object.freeze({
  maxBytes: 16 * 1024 * 1024,
  maxDepth: 100,
  maxNodes: 250_000,
  maxNamespaceWork: 20_000_000,
  maxWork: 4_000_000,
  maxSignatures: 16,
  maxReferences: 32,
})
