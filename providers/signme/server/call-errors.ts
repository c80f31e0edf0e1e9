import { type CallResult, instantAfter, instantOf } from '@muhr/envelope'
import { SignmeError } from '@muhr/signme'
import type { SignmeHandle } from './handle.ts'

type Failed = Extract<
  CallResult<SignmeHandle>,
  { readonly kind: 'refused' | 'deferred' | 'unknown' }
>

const minuteMs = 60_000

/**
 * The code of a failure as the domain keeps it: the refusal of Sign.Me in its own words
 * (`signme.wrong-user-phone`), else that of the client (`signme.unreachable`).
 */
export function codeOf(error: SignmeError): string {
  return error.code === 'signme.refused' && 'refusal' in error.data
    ? `signme.${error.data.refusal}`
    : error.code
}

/**
 * What became of a request that failed (§8.1): certainly nothing, so that it is made again later; a refusal;
 * or nobody knows, and then it is never made again by itself.
 * @throws what is no failure of the call
 */
export function failedCall(error: unknown, now: Date): Failed {
  if (!(error instanceof SignmeError)) throw error
  const code = codeOf(error)
  const later = (ms: number): Failed => ({
    kind: 'deferred',
    code,
    at: instantAfter(instantOf(now), ms),
  })
  // The key serves nobody: what waits goes on when somebody has changed it.
  if (code === 'signme.get-api-key') return later(10 * minuteMs)
  if (error.data.retry === 'ambiguous') return { kind: 'unknown', code }
  // What Sign.Me refuses, it says; asked the same again it would say the same.
  if (error.code === 'signme.refused' || error.data.retry === 'final') {
    return { kind: 'refused', code }
  }

  return later('retryAfterMs' in error.data ? (error.data.retryAfterMs ?? minuteMs) : minuteMs)
}
