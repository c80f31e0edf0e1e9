import type { AppAbilities } from './app-version.ts'
import { PhoneError } from './error.ts'
import type { JsonNode, JsonObject } from './json-text.ts'
import { memberOf } from './json-text.ts'
import type { Names } from './read-api1.ts'
import {
  absent,
  at,
  checkCase,
  constantAt,
  type FieldPlace,
  integerAt,
  objectAt,
  required,
  stringAt,
  textAt,
  wrongType,
  wrongValue,
} from './read-fields.ts'

const SIMPLE_METHODS = ['XML', 'CMS_WITH_DATA', 'CMS_SIGN_ONLY', 'SIGN_BYTES_ARRAY'] as const

/** How one document is signed (seed, section 3). */
export type SimpleMethod = (typeof SIMPLE_METHODS)[number]
export type SignMethod = SimpleMethod | 'MIX_SIGN'

/** How the app shows a document; `hidden` is not shown at all (seed, `mime`). */
export type Display = 'text' | 'pdf' | 'xml' | 'hidden'

/** One document to sign, with the places in the JSON text that the phone will write to. */
export type Api2Document = {
  /** The JSON integer as it was written. */
  readonly id: string
  readonly idNode: JsonNode
  readonly method: SimpleMethod
  readonly names: Names
  readonly meta: readonly { readonly name: string; readonly value: string }[]
  /** Empty for XML, which has no file. */
  readonly mime: string
  readonly display: Display
  /** `document.file.data` or `documentXml`, the value that the signature replaces. */
  readonly data: string
  readonly dataNode: JsonNode
}

export type Api2 = { readonly method: SignMethod; readonly documents: readonly Api2Document[] }

const ROOT: FieldPlace = { place: 'api2', path: '' }

/**
 * Reads and checks the documents of API #2 (kz-egov-mobile §4.2; §9 step 5).
 *
 * @throws {PhoneError} `field.*` with the field's path, `version.too-old` for MIX_SIGN
 */
export function readApi2(root: JsonNode, abilities: AppAbilities): Api2 {
  const body = objectAt(root, ROOT)
  checkCase(body, ROOT, ['signMethod', 'version', 'documentsToSign'])
  const method = constantAt(body, ROOT, {
    key: 'signMethod',
    values: [...SIMPLE_METHODS, 'MIX_SIGN'],
  })
  if (method === 'MIX_SIGN' && !abilities.signsMix) {
    throw new PhoneError({
      code: 'version.too-old',
      message: 'This version of the app does not know MIX_SIGN.',
      advice: 'Use one request per method, or iOS 2.4.1 / Android 1.6.77 and later (seed).',
      data: { place: 'api2', field: 'signMethod', found: method },
    })
  }
  // Older examples of the document lack the version (§4.2).
  if (memberOf(body, 'version') !== undefined) integerAt(body, ROOT, 'version')

  const listPlace = at(ROOT, 'documentsToSign')
  const list = required(body, ROOT, 'documentsToSign')
  if (list.kind !== 'array') throw wrongType(list, listPlace, 'array')
  if (list.items.length === 0) throw wrongValue(listPlace, { expected: 'at least one document' })
  const documents = list.items.map((item, index) =>
    readDocument(item, { place: 'api2', path: `documentsToSign[${index}]` }, method),
  )
  checkIds(documents)

  return { method, documents }
}

function checkIds(documents: readonly Api2Document[]): void {
  const seen = new Set<string>()
  for (const [index, { id }] of documents.entries()) {
    if (seen.has(id)) {
      throw wrongValue(at(ROOT, `documentsToSign[${index}].id`), {
        expected: 'an id of its own',
        found: id,
      })
    }
    seen.add(id)
  }
}

function readDocument(node: JsonNode, where: FieldPlace, method: SignMethod): Api2Document {
  const item = objectAt(node, where)
  checkCase(item, where, [
    'id',
    'signMethod',
    'nameRu',
    'nameKz',
    'nameEn',
    'meta',
    'documentXml',
    'document',
  ])
  const id = integerAt(item, where, 'id')
  const own = readOwnMethod(item, where, method)
  const names = {
    ru: textAt(item, where, 'nameRu'),
    kz: textAt(item, where, 'nameKz'),
    en: textAt(item, where, 'nameEn'),
  }
  const common = { id, idNode: required(item, where, 'id'), method: own, names }
  const meta = readMeta(item, where)
  if (own === 'XML') {
    absent(item, where, { key: 'document', why: 'the method XML has documentXml in its place' })

    return {
      ...common,
      meta,
      mime: '',
      display: 'hidden',
      data: textAt(item, where, 'documentXml'),
      dataNode: required(item, where, 'documentXml'),
    }
  }
  absent(item, where, { key: 'documentXml', why: 'only the method XML has it' })

  return { ...common, meta, ...readFile(item, where, own) }
}

// Seed: signMethod inside a document stands only in MIX_SIGN, "в остальных случаях это поле не используется".
function readOwnMethod(item: JsonObject, where: FieldPlace, method: SignMethod): SimpleMethod {
  if (method === 'MIX_SIGN') {
    return constantAt(item, where, { key: 'signMethod', values: SIMPLE_METHODS })
  }
  absent(item, where, { key: 'signMethod', why: 'a document has a method only in MIX_SIGN' })

  return method
}

function readMeta(item: JsonObject, where: FieldPlace): Api2Document['meta'] {
  const list = memberOf(item, 'meta')
  if (list === undefined) return []
  if (list.kind !== 'array') throw wrongType(list, at(where, 'meta'), 'array')

  return list.items.map((node, index) => {
    const place = at(where, `meta[${index}]`)
    const pair = objectAt(node, place)
    checkCase(pair, place, ['name', 'value'])

    return { name: stringAt(pair, place, 'name'), value: stringAt(pair, place, 'value') }
  })
}

function readFile(
  item: JsonObject,
  where: FieldPlace,
  method: SimpleMethod,
): Pick<Api2Document, 'mime' | 'display' | 'data' | 'dataNode'> {
  const documentPlace = at(where, 'document')
  const document = objectAt(required(item, where, 'document'), documentPlace)
  checkCase(document, documentPlace, ['file'])
  const filePlace = at(documentPlace, 'file')
  const file = objectAt(required(document, documentPlace, 'file'), filePlace)
  checkCase(file, filePlace, ['mime', 'data'])
  const mime = stringAt(file, filePlace, 'mime')
  const data = stringAt(file, filePlace, 'data')
  if (method !== 'SIGN_BYTES_ARRAY' && !isCanonicalBase64(data)) {
    throw wrongValue(at(filePlace, 'data'), { expected: 'base64 of the file (RFC 4648 §4)' })
  }

  return {
    mime,
    display: displayOf(mime, method),
    data,
    dataNode: required(file, filePlace, 'data'),
  }
}

// Seed, `mime`; `@file/pdf` is the older spelling (kz-egov-mobile §4.2).
function displayOf(mime: string, method: SimpleMethod): Display {
  if (mime === 'text/plain') return 'text'
  if (mime === 'application/pdf' || mime === '@file/pdf') return 'pdf'
  if (mime === 'application/xml' && method === 'SIGN_BYTES_ARRAY') return 'xml'

  return 'hidden'
}

/** Non-empty RFC 4648 §4 base64 with padding, no white space, zero pad bits. */
export function isCanonicalBase64(text: string): boolean {
  if (text === '' || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return false
  const tail = text.slice(-4)

  return Buffer.from(tail, 'base64').toString('base64') === tail
}
