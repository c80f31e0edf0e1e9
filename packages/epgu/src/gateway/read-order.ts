import {
  type AnswerFault,
  digitsOf,
  flagOf,
  integerOf,
  isRecord,
  type JsonRecord,
  memberOf,
  readJson,
  recordsOf,
  textOf,
} from '@muhr/http'
import { parsePortalTime } from '../moscow-time.ts'
import { parseFileLink } from './file-address.ts'
import type { Order, OrderDetails, OrderFile, OrderStatus } from './order.ts'
import { parseOrderId } from './order-id.ts'
import { isProcessingState } from './processing-states.ts'

type Reading<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: AnswerFault }

/**
 * Reads the envelope of order details (spec §4.1). `order` is JSON inside a string, an object, or not
 * there yet. Wrong is an answer without `code`, and an order without number and status; any other
 * field that is missing or of another type is undefined.
 */
export function readOrderDetails(envelope: JsonRecord): Reading<OrderDetails> {
  const code = textOf(envelope, 'code')
  if (code === undefined) return { ok: false, reason: 'wrong-shape' }
  const inner = readInner(memberOf(envelope, 'order'))
  if (!inner.ok) return inner

  return {
    ok: true,
    value: {
      code,
      processingState: isProcessingState(code) ? code : undefined,
      message: textOf(envelope, 'message'),
      messageId: textOf(envelope, 'messageId') ?? textOf(envelope, 'message_id'),
      order: inner.value,
    },
  }
}

function readInner(value: unknown): Reading<Order | undefined> {
  if (value === undefined || value === null || value === '') return { ok: true, value: undefined }
  if (typeof value !== 'string') return readOrder(value)

  const reading = readJson(new TextEncoder().encode(value))
  if (!reading.ok) return reading

  return reading.value === null ? { ok: true, value: undefined } : readOrder(reading.value)
}

function readOrder(raw: unknown): Reading<Order> {
  const id = isRecord(raw) ? digitsOf(raw, 'id') : undefined
  const statusId = isRecord(raw) ? integerOf(raw, 'orderStatusId') : undefined
  if (!isRecord(raw) || id === undefined || statusId === undefined) {
    return { ok: false, reason: 'wrong-shape' }
  }
  const current = memberOf(raw, 'currentStatusHistory')

  return {
    ok: true,
    value: {
      id: parseOrderId(id),
      statusId,
      statusName: textOf(raw, 'orderStatusName'),
      stateOrgStatusCode: textOf(raw, 'stateOrgStatusCode'),
      stateOrgStatusName: textOf(raw, 'stateOrgStatusName'),
      isClosed: flagOf(raw, 'closed') ?? false,
      currentStatusHistoryId: digitsOf(raw, 'currentStatusHistoryId'),
      currentStatus: isRecord(current) ? readStatus(current) : undefined,
      statuses: recordsOf(raw, 'statuses').flatMap((status) => readStatus(status) ?? []),
      responseFiles: recordsOf(raw, 'orderResponseFiles').flatMap((file) => readFile(file) ?? []),
      attachmentFiles: recordsOf(raw, 'orderAttachmentFiles').flatMap(
        (file) => readFile(file) ?? [],
      ),
      serviceCode: digitsOf(raw, 'eserviceId'),
      targetCode: textOf(raw, 'serviceTargetId'),
      serviceName: textOf(raw, 'serviceName'),
      region: textOf(raw, 'location'),
      orderedAt: parsePortalTime(textOf(raw, 'orderDate')),
      requestedAt: parsePortalTime(textOf(raw, 'requestDate')),
      updatedAt: parsePortalTime(textOf(raw, 'updated')),
      raw,
    },
  }
}

function readStatus(raw: JsonRecord): OrderStatus | undefined {
  const id = digitsOf(raw, 'id')
  const statusId = integerOf(raw, 'statusId')
  if (id === undefined || statusId === undefined) return undefined

  return {
    id,
    statusId,
    title: textOf(raw, 'title'),
    at: parsePortalTime(textOf(raw, 'date')),
    isFinal: flagOf(raw, 'finalStatus') ?? false,
    hasFiles: textOf(raw, 'hasResult') === 'R',
    isCancelAllowed: flagOf(raw, 'cancelAllowed') ?? false,
    comment: textOf(raw, 'comment'),
    sender: textOf(raw, 'sender'),
    stateOrgStatusCode: textOf(raw, 'stateOrgStatusCode'),
    stateOrgStatusDescription: textOf(raw, 'stateOrgStatusDescr'),
    stateOrgStatusId: integerOf(raw, 'stateOrgStatusId'),
    raw,
  }
}

function readFile(raw: JsonRecord): OrderFile | undefined {
  const fileName = textOf(raw, 'fileName')
  if (fileName === undefined) return undefined
  const link = textOf(raw, 'link')

  return {
    fileName,
    sizeBytes: integerOf(raw, 'fileSize'),
    mediaType: textOf(raw, 'mimeType'),
    hasDigitalSignature: flagOf(raw, 'hasDigitalSignature') ?? false,
    id: textOf(raw, 'id'),
    link,
    address: parseFileLink(link),
    type: textOf(raw, 'type'),
    raw,
  }
}
