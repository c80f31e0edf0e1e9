import type { AnswerFault } from '@muhr/http'
import { MuhrError } from '@muhr/identifiers'
import type { ErrorGroup, Operation } from './operation.ts'
import type { NeutralCode, RefusalsOf } from './refusals/refusals.ts'

/**
 * What may be done with the call that failed.
 * - `safe`: it certainly had no effect; the same call may be made again, later
 * - `ambiguous`: it may have had its effect; never made again blindly
 * - `final`: it certainly had no effect, and would be refused again until something is changed
 */
export type RetryClass = 'safe' | 'ambiguous' | 'final'

/** Why the body of an answer could not be used. */
export type UnreadableReason =
  | AnswerFault
  | 'empty'
  | 'html-page'
  | 'no-suffix'
  | 'no-uuid'
  | 'unknown-status'
  | 'unknown-result'
  | 'count-mismatch'
  | 'no-container'
  | 'duplicate-member'

/** A refusal in the words of Sign.Me, closed for each group of calls. */
export type RefusedData = {
  readonly [Group in ErrorGroup]: {
    readonly operation: Operation
    readonly group: Group
    readonly refusal: RefusalsOf[Group]
    /** The same for every service: what an application branches on. */
    readonly neutral: NeutralCode
    /** N of `error N`; undefined where the answer had none. */
    readonly errorNumber: number | undefined
    /** What Sign.Me wrote, without anything that could be a key or concern a person. */
    readonly said: string | undefined
    readonly httpStatus: number
    readonly retry: RetryClass
  }
}[ErrorGroup]

/** The typed particulars of each code. Never a key, suffix, UUID, MD5, phone, SNILS or file content. */
export type SignmeErrorData = {
  /** Sign.Me said no. */
  readonly 'signme.refused': RefusedData
  /** No answer to a call that may have had its effect. */
  readonly 'signme.outcome-unknown': {
    readonly operation: Operation
    readonly reason: 'connection-lost' | 'timed-out' | 'unavailable' | 'unreadable' | 'redirected'
    readonly fault: UnreadableReason | undefined
    readonly httpStatus: number | undefined
    readonly systemCode: string | undefined
    readonly retry: 'ambiguous'
  }
  /** The request cannot have been complete at the other side, or only asked for something. */
  readonly 'signme.unreachable': {
    readonly operation: Operation
    readonly host: string
    readonly systemCode: string | undefined
    readonly retry: 'safe'
  }
  /** 5xx, 408, 429 or a page of HTML, to a call that had no effect. */
  readonly 'signme.unavailable': {
    readonly operation: Operation
    readonly httpStatus: number
    readonly retryAfterMs: number | undefined
    readonly retry: 'safe'
  }
  /** 404 to a question about a request or a page. */
  readonly 'signme.not-found': {
    readonly operation: Operation
    readonly httpStatus: number
    readonly retry: 'final'
  }
  /** An answer to a question that is none of those known. */
  readonly 'signme.unreadable-answer': {
    readonly operation: Operation
    readonly reason: UnreadableReason
    readonly httpStatus: number
    readonly retry: 'safe' | 'final'
  }
  /** Redirects are not followed: a POST would become a GET. */
  readonly 'signme.redirected': {
    readonly operation: Operation
    readonly httpStatus: number
    readonly to: 'same-host' | 'other-host' | 'nowhere'
    readonly retry: 'final'
  }
  /** Your own input. */
  readonly 'signme.invalid-argument': {
    readonly field: string
    readonly expected: string
    readonly retry: 'final'
  }
}

/** Every code this package throws. */
export type SignmeErrorCode = keyof SignmeErrorData

/** The error of this package: a closed set of codes, each with its own typed `data`. */
export class SignmeError<Code extends SignmeErrorCode = SignmeErrorCode> extends MuhrError<
  Code,
  SignmeErrorData[Code]
> {
  override readonly name = 'SignmeError'
}

/** Whether something thrown is an error of this package; with a code, one of that code. Narrows `data`. */
export function isSignmeError(error: unknown): error is SignmeError
export function isSignmeError<Code extends SignmeErrorCode>(
  error: unknown,
  code: Code,
): error is SignmeError<Code>
export function isSignmeError(error: unknown, code?: SignmeErrorCode): boolean {
  return error instanceof SignmeError && (code === undefined || error.code === code)
}

/**
 * What may be done with a call that threw this. Anything that is no error of this package (a signal
 * that fired, a defect) is `ambiguous`: nobody knows how far the call had come.
 */
export function retryClassOf(error: unknown): RetryClass {
  return isSignmeError(error) ? error.data.retry : 'ambiguous'
}
