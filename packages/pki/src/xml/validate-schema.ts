import type { ErrorDetail, XmlDocument } from 'libxml2-wasm'
import { isPkiError, PkiError } from '../error.ts'
import { declarationOf } from './decode-xml.ts'
import { lastErrorCode, loadBindings, schemaErrorCodes } from './libxml2-errors.ts'
import { defaultXmlLimits, type XmlLimits } from './limits.ts'
import { libxml2, loadLibxml2 } from './load-libxml2.ts'
import { createElementLocator, type TextPosition } from './locate-elements.ts'
import { checkXmlOctets, readXmlSource, withXml, type XmlSource } from './open-document.ts'
import { type XmlFaultCode, xmlFaultCode } from './schema-fault-codes.ts'

/** One thing wrong with a document, at its place. */
export type XmlFault = TextPosition & {
  readonly kind: 'not-well-formed' | 'schema'
  /** Local name of the element; absent where the document is not well-formed. */
  readonly element?: string
  /** Name of the attribute, where it is one. */
  readonly attribute?: string
  /** What is wrong; absent for what is rare, which `message` alone tells. */
  readonly code?: XmlFaultCode
  /** The words of libxml2 without the values that stand in the document. */
  readonly message: string
}

/** What {@link validateXmlSchema} is given. */
export type SchemaValidationInput = {
  /** Octets of the document, as a file has them. */
  readonly document: Uint8Array
  /** An XML Schema 1.0, whole: nothing is fetched for its imports. */
  readonly schema: Uint8Array
  readonly limits?: XmlLimits
}

/** Which element libxml2 speaks of, and the rest of its message. */
const elementPrefix = /^Element '(?:\{[^}]*\})?([^']*)'(?:, attribute '(?:\{[^}]*\})?([^']*)')?: /

/** Values of a document stand in quotes at the beginning or after `The value`; they may be personal. */
const quotedValue = /^(?:The value )?'[\s\S]*'(?= (?:is not|has|does not|must)\b)/

function withoutValues(text: string): string {
  const facet = /^\[facet '[^']*'\] /.exec(text)?.[0] ?? ''

  return (facet + text.slice(facet.length).replace(quotedValue, 'The value')).trim()
}

function faultOf(
  detail: ErrorDetail,
  number: number | undefined,
  locate: (path: string) => TextPosition,
): XmlFault {
  const code = xmlFaultCode(number)
  const [prefix = '', element, attribute] = elementPrefix.exec(detail.message) ?? []
  const position =
    detail.xpath === undefined ? { line: detail.line, column: 1 } : locate(detail.xpath)

  return {
    kind: 'schema',
    ...position,
    ...(element === undefined ? {} : { element }),
    ...(attribute === undefined ? {} : { attribute }),
    ...(code === undefined ? {} : { code }),
    message: withoutValues(detail.message.slice(prefix.length)),
  }
}

/** Positions in the text count without the XML declaration, which the parser does not see. */
function afterDeclaration(declaration: string, { line, column }: TextPosition): TextPosition {
  const lines = declaration.split('\n')
  const last = lines.at(-1) ?? ''

  return { line: line + lines.length - 1, column: line === 1 ? column + last.length : column }
}

/** Has libxml2 say where a document breaks, once our own scan has found that it does. */
async function findBreak(document: Uint8Array, cause: unknown): Promise<XmlFault> {
  const { ParseOption, XmlDocument: Document, XmlParseError } = await loadLibxml2()
  try {
    Document.fromBuffer(document, {
      option:
        ParseOption.XML_PARSE_NONET |
        ParseOption.XML_PARSE_NO_XXE |
        ParseOption.XML_PARSE_NO_SYS_CATALOG,
    }).dispose()
  } catch (error) {
    const code = xmlFaultCode(lastErrorCode())
    const detail = error instanceof XmlParseError ? error.details[0] : undefined
    if (detail !== undefined) {
      return {
        kind: 'not-well-formed',
        ...(code === undefined ? {} : { code }),
        line: Math.max(1, detail.line),
        column: Math.max(1, detail.col),
        message: detail.message.trim(),
      }
    }
  }
  throw cause
}

function compile(schema: XmlDocument): import('libxml2-wasm').XsdValidator {
  const { XmlLibError, XsdValidator } = libxml2()
  try {
    return XsdValidator.fromDoc(schema)
  } catch (cause) {
    if (!(cause instanceof XmlLibError)) {
      throw cause
    }
    const fault = cause.details.find(({ level }) => level > 1) ?? cause.details[0]
    throw new PkiError({
      code: 'xml.bad-schema',
      message: 'The XML Schema is not one that can be used alone.',
      data: { line: fault?.line ?? 0 },
      cause,
    })
  }
}

function validate(source: XmlSource, schema: XmlSource, declaration: string): readonly XmlFault[] {
  const { XmlLibError } = libxml2()

  return withXml(schema, (schemaDocument) => {
    const validator = compile(schemaDocument)
    try {
      return withXml(source, (document) => {
        try {
          validator.validate(document)

          return []
        } catch (cause) {
          if (!(cause instanceof XmlLibError)) {
            throw cause
          }
          const codes = schemaErrorCodes(validator, document)
          const locate = createElementLocator(source.text)

          return cause.details.map((detail, index) =>
            faultOf(detail, codes[index], (path) => afterDeclaration(declaration, locate(path))),
          )
        }
      })
    } finally {
      validator.dispose()
    }
  })
}

/**
 * Validates a document against an XML Schema with libxml2. Gives everything that is wrong, in the order
 * of the document; nothing when it is valid. What is not well-formed is a fault too, with its place.
 *
 * Throws the `xml.*` codes of a hostile document (`xml.doctype`, `xml.entity`, limits, encodings),
 * `xml.bad-schema`, and `xml.no-engine`.
 */
export const validateXmlSchema = async ({
  document,
  schema,
  limits = defaultXmlLimits,
}: SchemaValidationInput): Promise<readonly XmlFault[]> => {
  const schemaSource = await readXmlSource(schema, limits)
  await loadBindings()
  try {
    return validate(checkXmlOctets(document, limits), schemaSource, declarationOf(document, limits))
  } catch (error) {
    if (!isPkiError(error) || error.code !== 'xml.not-well-formed') {
      throw error
    }

    return [await findBreak(document, error)]
  }
}
