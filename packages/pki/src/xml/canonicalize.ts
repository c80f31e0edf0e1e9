import type { XmlDocument, XmlElement, XmlOutputBufferHandler } from 'libxml2-wasm'
import { joinOctets } from '../asn1/bytes.ts'
import { PkiError } from '../error.ts'
import type { C14nAlgorithm } from './algorithms.ts'
import { ancestorsOrSelf } from './elements.ts'
import { escapeXml } from './escape-xml.ts'
import { libxml2 } from './load-libxml2.ts'
import { namespace } from './namespaces.ts'
import { parseUtf8 } from './open-document.ts'

/** How to canonicalise. */
export type C14nOptions = {
  readonly algorithm: C14nAlgorithm
  /** InclusiveNamespaces/@PrefixList of Exclusive C14N; `#default` is the default namespace. */
  readonly inclusivePrefixes?: readonly string[]
  /** Are comments in the node-set? Same-document references leave them out (XMLDSig 1.1 §4.4.3.3). */
  readonly comments?: boolean
}

/** Gathers what libxml2 writes. Its parts are views of memory that moves, so they are copied. */
const createSink = (): {
  readonly handler: XmlOutputBufferHandler
  readonly octets: () => Uint8Array
} => {
  const parts: Uint8Array[] = []
  return {
    handler: {
      write: (part) => {
        parts.push(part.slice())
        return part.length
      },
      close: () => true,
    },
    octets: () => joinOctets(parts),
  }
}

const inherited = ['lang', 'space', 'base', 'id']

/** Attributes of the `xml` namespace that an element takes over from those around it, nearest first. */
const inheritedAttributes = (element: XmlElement): ReadonlyMap<string, string> => {
  const own = new Set<string>()
  const found = new Map<string, string>()
  for (const [level, each] of ancestorsOrSelf(element).entries()) {
    for (const { name, namespaceUri, value } of each.attrs) {
      if (namespaceUri === namespace.xml && inherited.includes(name)) {
        if (level === 0) {
          own.add(name)
        } else if (!own.has(name) && !found.has(name)) {
          found.set(name, value)
        }
      }
    }
  }
  return found
}

/**
 * The element as a document of its own, on which everything is written that it inherits, or `undefined`
 * where that is more than copying (Canonical XML 1.1 joins xml:base, §2.4). libxml2 canonicalises a whole
 * document many times faster than a part of one, of which it asks about every node.
 */
const standAlone = (element: XmlElement, { mode }: C14nAlgorithm): Uint8Array | undefined => {
  const attributes =
    mode === 'exclusive-1.0' ? new Map<string, string>() : inheritedAttributes(element)
  if (mode === 'inclusive-1.1' && (attributes.has('base') || attributes.has('id'))) {
    return undefined
  }
  const own = element.nsDeclarations
  const written = [
    ...Object.entries(element.namespaces)
      .filter(([prefix]) => prefix !== 'xml' && !Object.hasOwn(own, prefix))
      .map(([prefix, uri]) =>
        prefix === '' ? ` xmlns="${escapeXml(uri)}"` : ` xmlns:${prefix}="${escapeXml(uri)}"`,
      ),
    ...[...attributes].map(([name, value]) => ` xml:${name}="${escapeXml(value)}"`),
  ]
  const sink = createSink()
  element.save(sink.handler, { format: false, noDeclaration: true })
  const text = sink.octets()
  const qualified = element.prefix === '' ? element.name : `${element.prefix}:${element.name}`
  const nameEnd = 1 + new TextEncoder().encode(qualified).length
  return joinOctets([
    text.subarray(0, nameEnd),
    new TextEncoder().encode(written.join('')),
    text.subarray(nameEnd),
  ])
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
  const { handler, octets } = createSink()
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
      const alone = standAlone(node, algorithm)
      if (alone === undefined) {
        node.doc.canonicalize(handler, { ...options, nodeSet: new Set([node]) })
      } else {
        const document = parseUtf8(alone)
        try {
          document.canonicalize(handler, options)
        } finally {
          document.dispose()
        }
      }
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
  return octets()
}
