import {
  type RefusedData,
  SignmeError,
  type SignmeErrorData,
  type UnreadableReason,
} from './error.ts'
import { effectOf, groupOf, type Operation } from './operation.ts'
import { describeRefusal, type RefusalsOf, recogniseRefusal } from './refusals/refusals.ts'

/** Sign.Me refuses, by `error N`, by a word, or by HTTP alone. */
export function refused(
  operation: Operation,
  refusal: RefusalsOf[keyof RefusalsOf],
  particulars: {
    readonly errorNumber?: number
    readonly said: string | undefined
    readonly httpStatus: number
  },
): SignmeError<'signme.refused'> {
  const group = groupOf[operation]
  const { neutral, retry, meaning, advice } = describeRefusal(group, refusal as never)
  const { errorNumber, said, httpStatus } = particulars
  const name = errorNumber === undefined ? refusal : `error ${errorNumber}`

  return new SignmeError({
    code: 'signme.refused',
    message: `Sign.Me refuses ${operation} (${name}, HTTP ${httpStatus}): ${meaning}.`,
    advice,
    data: {
      operation,
      group,
      refusal,
      neutral,
      errorNumber,
      said,
      httpStatus,
      retry,
    } as RefusedData,
  })
}

/** The refusal of an answer `error N: text`. */
export function refusedByNumber(
  operation: Operation,
  errorNumber: number,
  particulars: {
    readonly text: string
    readonly said: string | undefined
    readonly httpStatus: number
  },
): SignmeError<'signme.refused'> {
  const refusal = recogniseRefusal(groupOf[operation], errorNumber, particulars.text)

  return refused(operation, refusal, { ...particulars, errorNumber })
}

/** No usable answer to a call that may have had its effect. */
export function outcomeUnknown(
  operation: Operation,
  why: Pick<SignmeErrorData['signme.outcome-unknown'], 'reason'> &
    Partial<Pick<SignmeErrorData['signme.outcome-unknown'], 'fault' | 'httpStatus' | 'systemCode'>>,
): SignmeError<'signme.outcome-unknown'> {
  const { reason, fault, httpStatus, systemCode } = why
  const detail = [fault, httpStatus === undefined ? undefined : `HTTP ${httpStatus}`, systemCode]
    .filter((part) => part !== undefined)
    .join(', ')

  return new SignmeError({
    code: 'signme.outcome-unknown',
    message: `Whether ${operation} had its effect is not known: ${reason}${detail === '' ? '' : ` (${detail})`}.`,
    advice:
      effectOf[operation] === 'rejection'
        ? 'Ask for the status. A second rejection is answered as one that was made before.'
        : 'Do not send it again: a second call makes a second request. Wait for a push to its own address or a signature under its MD5, or look at the cabinet of Sign.Me.',
    data: { operation, reason, fault, httpStatus, systemCode, retry: 'ambiguous' },
  })
}

/** Nothing whole arrived at the other side, or it was only a question. */
export function unreachable(
  operation: Operation,
  host: string,
  systemCode: string | undefined,
): SignmeError<'signme.unreachable'> {
  return new SignmeError({
    code: 'signme.unreachable',
    message: `Sign.Me at ${host} cannot be reached for ${operation} (${systemCode ?? 'connection lost'}).`,
    advice: 'Check base URL, network, proxy and, for https, the authorities that are trusted.',
    data: { operation, host, systemCode, retry: 'safe' },
  })
}

/** A passing fault of the service, or of what stands before it. */
export function unavailable(
  operation: Operation,
  httpStatus: number,
  retryAfterMs: number | undefined,
): SignmeError<'signme.unavailable'> {
  return new SignmeError({
    code: 'signme.unavailable',
    message: `Sign.Me does not serve ${operation} now (HTTP ${httpStatus}).`,
    advice: 'Try again later; see the news of Sign.Me when it lasts.',
    data: { operation, httpStatus, retryAfterMs, retry: 'safe' },
  })
}

/** Nothing is known under that suffix or UUID. */
export function notFound(
  operation: Operation,
  httpStatus: number,
): SignmeError<'signme.not-found'> {
  return new SignmeError({
    code: 'signme.not-found',
    message: `Sign.Me knows nothing for ${operation} (HTTP ${httpStatus}).`,
    advice:
      'Check the suffix or UUID and the base URL: the test host knows nothing of the real one.',
    data: { operation, httpStatus, retry: 'final' },
  })
}

const passing: ReadonlySet<UnreadableReason> = new Set([
  'not-json',
  'not-utf8',
  'cut-off',
  'empty',
  'html-page',
])

/** An answer to a question that cannot be used. One that was cut may be whole the next time. */
export function unreadableAnswer(
  operation: Operation,
  reason: UnreadableReason,
  httpStatus: number,
): SignmeError<'signme.unreadable-answer'> {
  return new SignmeError({
    code: 'signme.unreadable-answer',
    message: `The answer to ${operation} cannot be used: ${reason}.`,
    advice: 'Check that the base URL is that of Sign.Me, and that no proxy or login page answers.',
    data: { operation, reason, httpStatus, retry: passing.has(reason) ? 'safe' : 'final' },
  })
}

/** An answer that cannot be used, whatever the call. */
export function unusable(
  operation: Operation,
  reason: UnreadableReason,
  httpStatus: number,
): SignmeError {
  return effectOf[operation] === 'nothing'
    ? unreadableAnswer(operation, reason, httpStatus)
    : outcomeUnknown(operation, { reason: 'unreadable', fault: reason, httpStatus })
}

/** A redirect, which is never followed. */
export function redirected(
  operation: Operation,
  httpStatus: number,
  to: SignmeErrorData['signme.redirected']['to'],
): SignmeError<'signme.redirected'> {
  return new SignmeError({
    code: 'signme.redirected',
    message: `Sign.Me redirects ${operation} (HTTP ${httpStatus}, ${to}); that is not followed.`,
    advice: 'Write the base URL as the service has it: scheme, host and path.',
    data: { operation, httpStatus, to, retry: 'final' },
  })
}
