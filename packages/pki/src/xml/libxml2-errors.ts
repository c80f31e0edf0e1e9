import type { XmlDocument, XsdValidator } from 'libxml2-wasm'

/**
 * Codes of libxml2's errors, which its package leaves out of what it tells. They stand in the structure that
 * libxml2 hands to a handler (`xmlError` of xmlerror.h: int domain, int code, char* message, int level,
 * char* file, int line), and the package reads `line` of it with a plain read at a fixed distance.
 */
type Libxml2Bindings = {
  readonly XmlErrorStruct: { readonly line: (error: number) => number }
  readonly addFunction: (handler: (data: number, error: number) => void, type: 'vii') => number
  readonly xmlGetLastError: () => number
  readonly xmlSchemaNewValidCtxt: (schema: number) => number
  readonly xmlSchemaSetValidStructuredErrors: (
    context: number,
    handler: number,
    data: number,
  ) => void
  readonly xmlSchemaValidateDoc: (context: number, document: number) => number
  readonly xmlSchemaFreeValidCtxt: (context: number) => void
}

/** Where `code` lies before `line`, octets on a machine of 32 bits. */
const lineToCode = 16

let bindings: Libxml2Bindings | undefined

/** Loads what lies below the package's own interface; it is loaded with it already. */
export const loadBindings = async (): Promise<void> => {
  bindings ??= (await import('libxml2-wasm/lib/libxml2.mjs')) as unknown as Libxml2Bindings
}

const codeAt = ({ XmlErrorStruct }: Libxml2Bindings, error: number): number =>
  XmlErrorStruct.line(error - lineToCode)

/** A handler is an entry of the module's table, which never gives one back: one serves all runs. */
let handler: { readonly index: number; codes: number[] } | undefined

/**
 * Codes of what a schema finds wrong with a document, in the order of the details that
 * `validator.validate` throws for it. Needs {@link loadBindings}.
 */
export const schemaErrorCodes = (
  validator: XsdValidator,
  document: XmlDocument,
): readonly number[] => {
  const raw = bindings
  if (raw === undefined) {
    return []
  }
  if (handler === undefined) {
    const made: { index: number; codes: number[] } = { index: 0, codes: [] }
    made.index = raw.addFunction((_, error) => {
      made.codes.push(codeAt(raw, error))
    }, 'vii')
    handler = made
  }
  handler.codes = []
  const context = raw.xmlSchemaNewValidCtxt(pointerOf(validator))
  try {
    raw.xmlSchemaSetValidStructuredErrors(context, handler.index, 0)
    raw.xmlSchemaValidateDoc(context, pointerOf(document))
  } finally {
    raw.xmlSchemaFreeValidCtxt(context)
  }

  return handler.codes
}

/** Code of the last thing that the parser found wrong. Needs {@link loadBindings}. */
export const lastErrorCode = (): number | undefined => {
  const error = bindings?.xmlGetLastError() ?? 0

  return bindings === undefined || error === 0 ? undefined : codeAt(bindings, error)
}

/** Where an object of the package lies in the memory of libxml2. */
const pointerOf = (object: object): number => {
  const pointer: unknown = Reflect.get(object, '_ptr')
  if (typeof pointer !== 'number') {
    throw new TypeError('libxml2-wasm keeps its pointers elsewhere than it did')
  }

  return pointer
}
