import {
  isJsonArray,
  isJsonObject,
  isLongText,
  type JsonObject,
  type JsonValue,
  type LongText,
} from '@muhr/http'
import { api2Version } from '../api2/api2-body.ts'
import type { RefusalCode } from '../http/refusals.ts'
import type { Session, SessionDocument } from '../session/session.ts'

/** Why a PUT is not what was sent: where and what, never a value out of the body. */
export type PutFault = {
  readonly refusal: RefusalCode
  readonly field: string
  readonly reason:
    | 'not-an-object'
    | 'not-an-array'
    | 'different'
    | 'not-an-integer'
    | 'duplicate-id'
    | 'extra-id'
    | 'missing-id'
    | 'no-data'
    | 'unreadable'
    | 'unsigned'
  /** An id of ours; absent when the fault is in no document that we sent. */
  readonly documentId?: number
}

/** A field that came back otherwise than it was sent, and does not matter for the signature. */
export type PutDifference = {
  readonly documentId?: number
  readonly field: 'version' | 'nameRu' | 'nameKz' | 'nameEn' | 'meta' | 'mime'
}

export type ReturnedDocument = {
  readonly sent: SessionDocument
  /** `document.file.data` as it came. */
  readonly data: string | LongText
}

export type PutComparison =
  | { readonly kind: 'canceled' }
  | { readonly kind: 'fault'; readonly fault: PutFault }
  | {
      readonly kind: 'same'
      /** In the order of the session. */
      readonly documents: readonly ReturnedDocument[]
      readonly differences: readonly PutDifference[]
    }

/**
 * Holds a returned JSON against what the session sent [seed, "Процедура подписания": only the data
 * is replaced, all other fields stay]. Order of keys and of documents, and unknown fields, do not matter.
 * The sign method and the set of ids do; changed names, meta and mime are told, not refused [assumed].
 * `status: "CANCELED"` is a cancellation whatever else is there [public client].
 */
export function comparePut(session: Session, returned: JsonValue): PutComparison {
  if (!isJsonObject(returned)) return fault('malformed-body', '', 'not-an-object')
  if (returned.get('status') === 'CANCELED') return { kind: 'canceled' }

  const items = returned.get('documentsToSign')
  if (!isJsonArray(items)) return fault('malformed-body', 'documentsToSign', 'not-an-array')
  if (returned.get('signMethod') !== session.signMethod) {
    return fault('sign-method-changed', 'signMethod', 'different')
  }

  const byId = new Map<number, JsonObject>()
  const sentIds = new Set(session.documents.map(({ id }) => id))

  for (const [index, item] of items.entries()) {
    const field = `documentsToSign[${index}]`
    if (!isJsonObject(item)) return fault('malformed-body', field, 'not-an-object')

    const id = item.get('id')
    if (typeof id !== 'number' || !Number.isInteger(id)) {
      return fault('documents-changed', `${field}.id`, 'not-an-integer')
    }
    if (!sentIds.has(id)) return fault('documents-changed', `${field}.id`, 'extra-id')
    if (byId.has(id)) return fault('documents-changed', `${field}.id`, 'duplicate-id')
    byId.set(id, item)
  }

  const documents: ReturnedDocument[] = []
  const differences: PutDifference[] =
    returned.get('version') === api2Version ? [] : [{ field: 'version' }]

  for (const sent of session.documents) {
    const item = byId.get(sent.id)
    if (item === undefined) {
      return fault('documents-changed', 'documentsToSign', 'missing-id', sent.id)
    }

    const file = member(member(item, 'document'), 'file')
    const data = file?.get('data')
    if (typeof data !== 'string' && !isLongText(data)) {
      return fault('signature-missing', 'document.file.data', 'no-data', sent.id)
    }

    documents.push({ sent, data })
    differences.push(...differencesOf(sent, item, file))
  }

  return { kind: 'same', documents, differences }
}

function differencesOf(
  { id, names, meta, mime }: SessionDocument,
  item: JsonObject,
  file: JsonObject | undefined,
): PutDifference[] {
  const fields: PutDifference['field'][] = (['nameRu', 'nameKz', 'nameEn'] as const).filter(
    (name) => !isText(item.get(name), names[name]),
  )
  if (!isSameMeta(item.get('meta'), meta)) fields.push('meta')
  if (!isText(file?.get('mime'), mime)) fields.push('mime')

  return fields.map((field) => ({ documentId: id, field }))
}

function isSameMeta(returned: JsonValue | undefined, sent: SessionDocument['meta']): boolean {
  if (returned === undefined || returned === null) return sent.length === 0
  if (!isJsonArray(returned) || returned.length !== sent.length) return false

  return sent.every(({ name, value }, index) => {
    const pair = returned[index]

    return isJsonObject(pair) && isText(pair.get('name'), name) && isText(pair.get('value'), value)
  })
}

function isText(returned: JsonValue | undefined, sent: string): boolean {
  return isLongText(returned)
    ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(returned.utf8) === sent
    : returned === sent
}

function member(value: JsonObject | undefined, name: string): JsonObject | undefined {
  const found = value?.get(name)

  return isJsonObject(found) ? found : undefined
}

function fault(
  refusal: RefusalCode,
  field: string,
  reason: PutFault['reason'],
  documentId?: number,
): PutComparison {
  return {
    kind: 'fault',
    fault: { refusal, field, reason, ...(documentId === undefined ? {} : { documentId }) },
  }
}
