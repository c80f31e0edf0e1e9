import type { AnswerFault } from '@muhr/http'
import type { Action } from '../codes/code-entry.ts'

/** The typed particulars of each code under `esia.`. Never an API-Key, a signature or a token. */
export type EsiaErrorData = {
  /** ESIA refused the token; `esiaCode` is undefined when its answer named none. */
  readonly 'esia.refused': {
    readonly esiaCode: string | undefined
    readonly action: Action
    readonly httpStatus: number
    /** What ESIA wrote beside the code, without anything that looks like a key or a number. */
    readonly said: string | undefined
  }
  /** No connection, or it broke, or took too long, after all repeats. */
  readonly 'esia.unreachable': { readonly host: string; readonly systemCode: string | undefined }
  /** 429 or 502 to 504 after all repeats. */
  readonly 'esia.unavailable': {
    readonly httpStatus: number
    readonly retryAfterMs: number | undefined
  }
  readonly 'esia.unreadable-answer': { readonly reason: AnswerFault; readonly httpStatus: number }
  readonly 'esia.invalid-api-key': { readonly expected: string }
  readonly 'esia.invalid-signature': {
    readonly reason: 'empty' | 'not-cms' | 'too-large' | 'too-old'
  }
}
