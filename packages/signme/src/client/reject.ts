import { isRecord, type JsonRecord, memberOf, readJson } from '@muhr/http'
import type { UnreadableReason } from '../error.ts'
import { refused, unusable } from '../errors.ts'
import { type RequestSuffix, type RequestUuid, requestIdOf } from '../handles.ts'
import { invalidArgument } from '../invalid-argument.ts'
import type { Operation } from '../operation.ts'
import { formBody } from '../wire/request-body.ts'
import { type Answer, callSignme } from './call.ts'
import { keyOf, type SignmeContext } from './context.ts'

/** A request that nobody can sign any more. */
export type Rejection = {
  /** Whether it had been rejected before; as good as now. */
  readonly wasRejectedBefore: boolean
  /** As Sign.Me writes it; the format is not documented. Of the last file for a group. */
  readonly date: string | undefined
  readonly reason: string | undefined
}

export type RejectOptions = {
  readonly reason: string
  readonly signal?: AbortSignal
}

/**
 * `POST /signapi/reject/` with `rid`, `key`, `reason` (1.5). Ask for the status once more afterwards: a
 * signature that came first stands (trap T18).
 */
export async function reject(
  context: SignmeContext,
  suffix: RequestSuffix,
  { reason, signal }: RejectOptions,
): Promise<Rejection> {
  const rid = requestIdOf(suffix)
  const answer = await callSignme(context, {
    operation: 'reject',
    path: '/signapi/reject/',
    body: formBody({ rid, key: keyOf(context), reason: checkReason(reason) }),
    limitBytes: context.limits.maxTextBytes,
    secrets: [suffix, ...suffix.split('/'), reason],
    signal,
  })

  return readRejection('reject', answer)
}

/** `POST /signapi/multireject/{uuid}` with `key`, `reason` (2.3). */
export async function rejectGroup(
  context: SignmeContext,
  uuid: RequestUuid,
  { reason, signal }: RejectOptions,
): Promise<Rejection> {
  const answer = await callSignme(context, {
    operation: 'group-reject',
    path: `/signapi/multireject/${uuid}`,
    body: formBody({ key: keyOf(context), reason: checkReason(reason) }),
    limitBytes: context.limits.maxTextBytes,
    secrets: [uuid, reason],
    signal,
  })

  return readRejection('group-reject', answer)
}

const MAX_REASON_LENGTH = 1000

function checkReason(reason: string): string {
  const text = reason.trim()
  if (text === '' || text.length > MAX_REASON_LENGTH) {
    throw invalidArgument('reason', `a text of 1 to ${MAX_REASON_LENGTH} characters`)
  }

  return text
}

/** `date` and `reason` of 1.5 are `lastdate` and `lastreason` of 2.3 (trap T4); both are read in both. */
function readRejection(operation: Operation, { octets, httpStatus }: Answer): Rejection {
  const refuse = (reason: UnreadableReason) => unusable(operation, reason, httpStatus)
  if (octets.length === 0) throw refuse('empty')
  const reading = readJson(octets)
  if (!reading.ok) throw refuse(reading.reason)
  if (!isRecord(reading.value)) throw refuse('wrong-shape')

  const written = memberOf(reading.value, 'result')
  if (typeof written !== 'string' && typeof written !== 'number') throw refuse('wrong-shape')
  const result = String(written).trim()
  if (result === '0' || result === 'already_rejected') {
    return {
      wasRejectedBefore: result !== '0',
      date: textOf(reading.value, 'date', 'lastdate'),
      reason: textOf(reading.value, 'reason', 'lastreason'),
    }
  }
  if (result === 'wrong_source' || result === 'wrong_source_or_id' || result === 'wrong_method') {
    throw refused(operation, result, { said: undefined, httpStatus })
  }
  // Neither a yes nor a no that is described.
  throw refuse('unknown-result')
}

function textOf(record: JsonRecord, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = memberOf(record, name)
    if (typeof value === 'string' && value !== '') return value
    if (typeof value === 'number') return String(value)
  }

  return undefined
}
