import type { XmlDocument, XmlElement } from 'libxml2-wasm'
import { joinOctets } from '../asn1/bytes.ts'
import { PkiError } from '../error.ts'
import type { C14nAlgorithm } from './algorithms.ts'
import { libxml2 } from './load-libxml2.ts'

/** How to canonicalise. */
export type C14nOptions = {
  readonly algorithm: C14nAlgorithm
  /** InclusiveNamespaces/@PrefixList of Exclusive C14N; `#default` is the default namespace. */
  readonly inclusivePrefixes?: readonly string[]
  /** Are comments in the node-set? Same-document references leave them out (XMLDSig 1.1 §4.4.3.3). */
  readonly comments?: boolean
}

/**
 * The canonical octets of a document, or of one element of it with everything inside. Comments are
 * written when the algorithm says so and the node-set has them.
 *
 * Throws `xml.not-canonicalizable`: relative namespace URIs have no canonical form (Canonical XML §1.3).
 */
export const canonicalize = (
  node: XmlDocument | XmlElement,
  { algorithm, inclusivePrefixes, comments = true }: C14nOptions,
): Uint8Array => {
  const { XmlC14NMode, XmlDocument: Document, XmlError } = libxml2()
  const modes = {
    'inclusive-1.0': XmlC14NMode.XML_C14N_1_0,
    'inclusive-1.1': XmlC14NMode.XML_C14N_1_1,
    'exclusive-1.0': XmlC14NMode.XML_C14N_EXCLUSIVE_1_0,
  } as const
  const parts: Uint8Array[] = []
  const handler = {
    write: (part: Uint8Array): number => {
      // The part is a view of libxml2's memory, which moves.
      parts.push(part.slice())
      return part.length
    },
    close: () => true,
  }
  const options = {
    mode: modes[algorithm.mode],
    withComments: algorithm.withComments && comments,
    ...(inclusivePrefixes === undefined || algorithm.mode !== 'exclusive-1.0'
      ? {}
      : { inclusiveNamespacePrefixes: [...inclusivePrefixes] }),
  }
  try {
    if (node instanceof Document) {
      node.canonicalize(handler, options)
    } else {
      node.doc.canonicalize(handler, { ...options, nodeSet: new Set([node]) })
    }
  } catch (cause) {
    if (cause instanceof XmlError) {
      throw new PkiError({
        code: 'xml.not-canonicalizable',
        message: 'The document has no canonical form.',
      })
    }
    throw cause
  }
  return joinOctets(parts)
}
