import type { XmlDocument } from 'libxml2-wasm'
import { PkiError } from '../error.ts'
import { decodeXml } from './decode-xml.ts'
import { defaultXmlLimits, type XmlLimits } from './limits.ts'
import { libxml2, loadLibxml2 } from './load-libxml2.ts'
import { scanMarkup } from './scan-markup.ts'

/** An XML document whose octets were checked: it can be parsed again and again, always the same. */
export type XmlSource = {
  readonly text: string
  readonly utf8: Uint8Array
  readonly limits: XmlLimits
  readonly nodes: number
  /** Where the content of the root element ends in the text. */
  readonly rootEnd: number
}

/**
 * Checks the octets of a document and makes them ready for the parser, see {@link decodeXml} and
 * {@link scanMarkup} for what is refused.
 *
 * Throws the `xml.*` codes of both.
 */
export const checkXmlOctets = (bytes: Uint8Array, limits: XmlLimits): XmlSource => {
  const text = decodeXml(bytes, limits)
  const { nodes, rootEnd } = scanMarkup(text, limits)
  return { text, utf8: new TextEncoder().encode(text), limits, nodes, rootEnd }
}

/** {@link checkXmlOctets}, and the parser loaded. Throws also `xml.no-engine`. */
export const readXmlSource = async (
  bytes: Uint8Array,
  limits: XmlLimits = defaultXmlLimits,
): Promise<XmlSource> => {
  const source = checkXmlOctets(bytes, limits)
  await loadLibxml2()
  return source
}

/** Parses UTF-8 that was checked, or that libxml2 wrote itself. Whoever calls disposes. */
export const parseUtf8 = (utf8: Uint8Array): XmlDocument => {
  const { ParseOption, XmlDocument: Document } = libxml2()
  return Document.fromBuffer(utf8, {
    encoding: 'utf-8',
    option:
      // Depth and size are checked before, with limits of our own.
      ParseOption.XML_PARSE_HUGE |
      ParseOption.XML_PARSE_NONET |
      ParseOption.XML_PARSE_NO_XXE |
      ParseOption.XML_PARSE_NO_SYS_CATALOG |
      ParseOption.XML_PARSE_IGNORE_ENC |
      ParseOption.XML_PARSE_SKIP_IDS,
  })
}

/**
 * Parses a document. Whoever calls disposes: libxml2 has no garbage collector. No network, no external
 * entities, no DTD, no substitution, no attribute is taken for an ID by the parser.
 *
 * Throws `xml.not-well-formed`, `xml.doctype`.
 */
export const parseXml = ({ utf8 }: XmlSource): XmlDocument => {
  const { XmlError } = libxml2()
  const document = (() => {
    try {
      return parseUtf8(utf8)
    } catch (cause) {
      if (!(cause instanceof XmlError)) {
        throw cause
      }
      // The parser's own words quote the document, which no error of ours may hold.
      throw new PkiError({
        code: 'xml.not-well-formed',
        message: 'The document is not well-formed XML with namespaces.',
      })
    }
  })()
  if (document.dtd !== null) {
    document.dispose()
    throw new PkiError({ code: 'xml.doctype', message: 'The document has a document type.' })
  }
  return document
}

/** Parses a document, uses it, and frees it whatever happens. `use` must not keep any node. */
export const withXml = <T>(source: XmlSource, use: (document: XmlDocument) => T): T => {
  const document = parseXml(source)
  try {
    return use(document)
  } finally {
    document.dispose()
  }
}
