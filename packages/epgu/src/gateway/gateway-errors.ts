import type { AnswerFault } from '@muhr/http'
import type { CodeEntry } from '../codes/code-entry.ts'
import { EpguError } from '../error.ts'
import { epguCodes, isEpguCode } from './epgu-codes.ts'
import type { GatewayErrorData } from './error-data.ts'
import type { Operation } from './operation.ts'
import type { GatewayRefusal } from './read-refusal.ts'

/** The call that an error is about. */
export type Subject = {
  readonly operation: Operation
  /** The order, where the caller knows its number. */
  readonly orderId?: string | undefined
}

/**
 * The error of an answer that refuses: by its code first, by HTTP second (spec §2). 405 stands for
 * `cancel_not_allowed`, as does 409 without a code when something was to be cancelled.
 */
export function refused(
  { operation }: Subject,
  { epguCode, said }: GatewayRefusal,
  httpStatus: number,
  retryAfterMs: number | undefined,
): EpguError {
  const code = epguCode ?? codeBehind(operation, httpStatus)
  if (code === 'not_found') return notFound(operation, httpStatus)
  if (code === 'limitation_exception' || (code === undefined && httpStatus === 429)) {
    return rateLimited(operation, httpStatus, retryAfterMs)
  }
  if (code === undefined && httpStatus === 404) return missing(operation)
  if (code === undefined && httpStatus >= 500)
    return unavailable(operation, httpStatus, retryAfterMs)

  const { action, meaning, advice } = entryOf(code)

  return new EpguError({
    code: 'epgu.refused',
    message: `The gateway refuses ${operation} (${code ?? `HTTP ${httpStatus}`}): ${meaning}.`,
    advice,
    data: { operation, epguCode: code, action, httpStatus, said },
  })
}

function codeBehind(operation: Operation, httpStatus: number): string | undefined {
  const isCancelConflict = operation === 'cancel' && (httpStatus === 405 || httpStatus === 409)

  return isCancelConflict ? 'cancel_not_allowed' : undefined
}

function entryOf(code: string | undefined): CodeEntry {
  if (code !== undefined && isEpguCode(code)) return epguCodes[code]

  return {
    action: 'operator',
    meaning: code === undefined ? 'the answer names no code' : 'a code that is not described',
    advice: 'Check host, path prefix and contour; then write to the support of the operator.',
  }
}

function missing(operation: Operation): EpguError {
  if (operation === 'download') return notFound(operation, 404)

  return new EpguError({
    code: 'epgu.unknown-url',
    message: `The host does not know the path of ${operation} (HTTP 404).`,
    advice: 'Check the host and the path prefix, `api` or `gu-smev-api`.',
    data: { operation },
  })
}

/** HTTP 204, code `not_found`, or 404 for a file. */
export function notFound(operation: Operation, httpStatus: number): EpguError<'epgu.not-found'> {
  return new EpguError({
    code: 'epgu.not-found',
    message: `The gateway found nothing for ${operation}.`,
    advice:
      'Check the number, the contour and the organisation; a file has the address of its link.',
    data: { operation, httpStatus },
  })
}

export function unauthorised(operation: Operation): EpguError<'epgu.unauthorised'> {
  return new EpguError({
    code: 'epgu.unauthorised',
    message: `The gateway refuses ${operation} with a new token (HTTP 401).`,
    advice: 'Check that ESIA and the gateway are of one contour, and the clock of this machine.',
    data: { operation },
  })
}

/** What the rule of orders counts; all other calls are requests alone. */
function isOrder(operation: Operation): boolean {
  return operation === 'reserve' || operation === 'push' || operation === 'push-chunk'
}

function rateLimited(
  operation: Operation,
  httpStatus: number,
  retryAfterMs: number | undefined,
): EpguError<'epgu.rate-limited'> {
  return new EpguError({
    code: 'epgu.rate-limited',
    message: `The gateway refuses ${operation} for a quota (HTTP ${httpStatus}).`,
    advice: isOrder(operation)
      ? epguCodes.limitation_exception.advice
      : 'Wait: 2 000 requests in a minute are allowed to one system, 120 000 in an hour.',
    data: { operation, httpStatus, retryAfterMs },
  })
}

function unavailable(
  operation: Operation,
  httpStatus: number,
  retryAfterMs: number | undefined,
): EpguError<'epgu.unavailable'> {
  return new EpguError({
    code: 'epgu.unavailable',
    message: `The gateway answers ${operation} with HTTP ${httpStatus}.`,
    advice: 'Try again later; see the news of the operator when it lasts.',
    data: { operation, httpStatus, retryAfterMs },
  })
}

export function unreachable(
  operation: Operation,
  host: string,
  systemCode: string | undefined,
): EpguError<'epgu.unreachable'> {
  return new EpguError({
    code: 'epgu.unreachable',
    message: `The gateway at ${host} cannot be reached for ${operation} (${systemCode ?? 'connection lost'}).`,
    advice:
      'Check address, network and, where the contour asks for GOST TLS, its local terminator.',
    data: { operation, host, systemCode },
  })
}

/** The request may have had its effect. What to do depends on whether the number is known. */
export function outcomeUnknown(
  { operation, orderId }: Subject,
  why: Pick<GatewayErrorData['epgu.outcome-unknown'], 'reason' | 'httpStatus'>,
): EpguError<'epgu.outcome-unknown'> {
  return new EpguError({
    code: 'epgu.outcome-unknown',
    message: `Whether ${operation} had its effect is not known: ${why.reason}.`,
    advice: resolve(operation, orderId),
    data: { operation, orderId, ...why },
  })
}

function resolve(operation: Operation, orderId: string | undefined): string {
  if (orderId !== undefined)
    return 'Ask for the details of the order before anything is sent again.'
  if (operation === 'reserve')
    return 'Reserve again: a number that nobody uses stays an empty draft.'

  return 'Look for the new order by the statuses updated since, or in the cabinet, before sending again.'
}

export function unreadableAnswer(
  operation: Operation,
  reason: AnswerFault,
  httpStatus: number,
): EpguError<'epgu.unreadable-answer'> {
  return new EpguError({
    code: 'epgu.unreadable-answer',
    message: `The answer to ${operation} cannot be used: ${reason}.`,
    advice:
      'Check that the host is that of the gateway, and that no proxy or login page answers for it.',
    data: { operation, reason, httpStatus },
  })
}

export function redirectRefused(
  operation: Operation,
  reason: GatewayErrorData['epgu.redirect-refused']['reason'],
): EpguError<'epgu.redirect-refused'> {
  return new EpguError({
    code: 'epgu.redirect-refused',
    message: `A redirect of ${operation} is not followed: ${reason}.`,
    advice:
      'Check the host. Behind a local terminator name the host that it stands for (publicOrigin).',
    data: { operation, reason },
  })
}
