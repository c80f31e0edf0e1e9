import { isRecord, memberOf, readJson } from '@muhr/http'
import type { UnreadableReason } from '../error.ts'
import { unusable } from '../errors.ts'
import type { RequestSuffix, RequestUuid } from '../handles.ts'
import type { Operation } from '../operation.ts'
import { type Answer, callSignme } from './call.ts'
import type { SignmeContext } from './context.ts'

/** The statuses of 1.4 and 2.2 by their number on the wire (spec §4.4, §4.7). */
export const signmeStatuses = {
  0: { state: 'not-signed', isFinal: false },
  1: { state: 'signed', isFinal: true },
  2: { state: 'rejected', isFinal: true },
  3: { state: 'deleted', isFinal: true },
  /** Of groups alone: its files differ. Ask 1.2 for each of them. */
  4: { state: 'mixed', isFinal: false },
} as const

export type StatusNumber = keyof typeof signmeStatuses
export type SignmeState = (typeof signmeStatuses)[StatusNumber]['state']

/** What Sign.Me says of a request. It proves nothing: the signature does. */
export type SignmeStatus = {
  readonly status: StatusNumber
  readonly state: SignmeState
  /** Whether it can never change. */
  readonly isFinal: boolean
  /** The reason of a rejection, or what Sign.Me adds to 4. */
  readonly comment: string | undefined
}

export type AskOptions = { readonly signal?: AbortSignal }

/** `GET /signapi/check/{suffix}` (1.4). Needs no key. */
export async function status(
  context: SignmeContext,
  suffix: RequestSuffix,
  { signal }: AskOptions,
): Promise<SignmeStatus> {
  const answer = await callSignme(context, {
    operation: 'status',
    // The slash inside is not encoded (trap T9).
    path: `/signapi/check/${suffix}`,
    limitBytes: context.limits.maxTextBytes,
    secrets: [suffix, ...suffix.split('/')],
    signal,
  })
  const read = readStatus('status', answer)
  // 4 is of groups alone (spec §4.7): here nobody knows what it means.
  if (read.status === 4) throw unusable('status', 'unknown-status', answer.httpStatus)

  return read
}

/** `GET /signapi/multicheck/{uuid}` (2.2). Needs no key. */
export async function groupStatus(
  context: SignmeContext,
  uuid: RequestUuid,
  { signal }: AskOptions,
): Promise<SignmeStatus> {
  const answer = await callSignme(context, {
    operation: 'group-status',
    path: `/signapi/multicheck/${uuid}`,
    limitBytes: context.limits.maxTextBytes,
    secrets: [uuid],
    signal,
  })

  return readStatus('group-status', answer)
}

/** Statuses are strings in 1.4 and a number in 2.2 (trap T8); both are read in both. */
function readStatus(operation: Operation, { octets, httpStatus }: Answer): SignmeStatus {
  const refuse = (reason: UnreadableReason) => unusable(operation, reason, httpStatus)
  if (octets.length === 0) throw refuse('empty')
  const reading = readJson(octets)
  if (!reading.ok) throw refuse(reading.reason)
  if (!isRecord(reading.value)) throw refuse('wrong-shape')

  const said = memberOf(reading.value, 'status')
  if (typeof said !== 'string' && typeof said !== 'number') throw refuse('wrong-shape')
  const written = String(said).trim()
  const number = /^[0-4]$/.test(written) ? (Number(written) as StatusNumber) : undefined
  if (number === undefined) throw refuse('unknown-status')
  const comment = memberOf(reading.value, 'comment')

  return {
    status: number,
    ...signmeStatuses[number],
    comment: typeof comment === 'string' && comment.trim() !== '' ? comment : undefined,
  }
}
