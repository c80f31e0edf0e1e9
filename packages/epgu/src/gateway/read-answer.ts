import {
  type AnswerFault,
  digitsOf,
  isRecord,
  type JsonRecord,
  readBody,
  readJson,
} from '@muhr/http'
import { outcomeUnknown, type Subject, unreadableAnswer } from './gateway-errors.ts'
import { type OrderId, parseOrderId } from './order-id.ts'

type Reading =
  | { readonly ok: true; readonly record: JsonRecord }
  | { readonly ok: false; readonly reason: AnswerFault }

/**
 * The JSON object of an answer.
 *
 * @throws EpguError `epgu.unreadable-answer`
 */
export async function readRecord(
  response: Response,
  { operation }: Subject,
  limitBytes: number,
): Promise<JsonRecord> {
  const reading = await tryRecord(response, limitBytes)
  if (reading.ok) return reading.record

  throw unreadableAnswer(operation, reading.reason, response.status)
}

/**
 * The number of the order that a call created. Without it nobody knows what became of the call.
 *
 * @throws EpguError `epgu.outcome-unknown`
 */
export async function readOrderId(response: Response, subject: Subject): Promise<OrderId> {
  const reading = await tryRecord(response, 65_536)
  const digits = reading.ok ? digitsOf(reading.record, 'orderId') : undefined
  if (digits !== undefined) return parseOrderId(digits)

  throw outcomeUnknown(subject, { reason: 'unreadable-answer', httpStatus: response.status })
}

async function tryRecord(response: Response, limitBytes: number): Promise<Reading> {
  const body = await readBody(response, limitBytes)
  if (!body.ok) return body
  const reading = readJson(body.bytes)
  if (!reading.ok) return reading

  return isRecord(reading.value)
    ? { ok: true, record: reading.value }
    : { ok: false, reason: 'wrong-shape' }
}
