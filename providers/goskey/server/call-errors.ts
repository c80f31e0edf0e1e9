import { type CallResult, instantAfter, instantOf } from '@muhr/envelope'
import { EpguError, isEpguError } from '@muhr/epgu'
import { MuhrError } from '@muhr/identifiers'
import { SealWanted } from './gateways.ts'
import type { GoskeyHandle } from './handle.ts'

type Failed = Exclude<
  CallResult<GoskeyHandle>,
  { readonly kind: 'opened' } | { readonly kind: 'reserved' }
>

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** Where a call stood when it failed. */
export type FailedCall = {
  readonly now: Date
  /** Whether another employee could reserve in the place of this one. */
  readonly hasOthers: boolean
  readonly isReserving: boolean
}

/**
 * The code of a failure as the domain keeps it: that of ESIA or EPGU where there is one
 * (`esia.ESIA-037214`, `epgu.access_denied_service`), else ours.
 */
export function codeOf(error: MuhrError): string {
  if (isEpguError(error, 'esia.refused')) return `esia.${error.data.esiaCode ?? 'refused'}`
  if (isEpguError(error, 'epgu.refused')) return `epgu.${error.data.epguCode ?? 'refused'}`

  return error.code
}

/**
 * What became of a call that failed: certainly nothing (it is made again), a refusal, or nobody knows.
 * @throws what is no failure of ESIA, EPGU or the signer key
 */
export function failedCall(error: unknown, call: FailedCall): Failed {
  if (error instanceof SealWanted) {
    return { kind: 'deferred', code: 'seal-wanted', until: 'seal' }
  }
  if (!(error instanceof MuhrError)) throw error
  if (!(error instanceof EpguError)) {
    // The signer key did not sign the API-Key, so nothing was sent.
    return later(error, call, 5 * minuteMs)
  }

  return failedEpguCall(error, call)
}

function failedEpguCall(error: EpguError, call: FailedCall): Failed {
  if (isEpguError(error, 'epgu.outcome-unknown')) return { kind: 'unknown', code: error.code }
  if (isEpguError(error, 'epgu.rate-limited')) return rateLimited(error, call)
  if (isEpguError(error, 'esia.refused')) return refusedKey(error, call)
  // Of a call whose effect it leaves open the client says so; this one had none.
  if (isIncident(error)) return later(error, call, 5 * minuteMs)
  if (isEpguError(error, 'epgu.quota-full')) {
    return { kind: 'deferred', code: error.code, at: instantOf(new Date(error.data.availableAt)) }
  }
  switch (error.code) {
    case 'esia.unreachable':
    case 'esia.unavailable':
    case 'esia.unreadable-answer':
    case 'epgu.unreachable':
    case 'epgu.unavailable':
    case 'epgu.chunk-window-overrun':
      return later(error, call, minuteMs)
    case 'epgu.unauthorised':
    case 'epgu.redirect-refused':
      return later(error, call, 5 * minuteMs)
    case 'epgu.unreadable-answer':
      return { kind: 'unknown', code: error.code }
    default:
      return { kind: 'refused', code: codeOf(error) }
  }
}

/** An incident on the side of the portal (§2, 500): it says nothing of the call, and passes. */
export function isIncident(error: EpguError): boolean {
  return isEpguError(error, 'epgu.refused') && error.data.epguCode === 'internal_error'
}

/** Others draw on the same quota: nobody does for a while. */
function rateLimited(error: EpguError<'epgu.rate-limited'>, call: FailedCall): Failed {
  const deferred = later(error, call, error.data.retryAfterMs ?? minuteMs)

  return call.isReserving ? { ...deferred, exhausted: true } : deferred
}

/**
 * An API-Key that ESIA refuses serves nobody for a while; where it is the only one, nothing can leave.
 * Without a code it is no word about the key, but of something between: only a bare 404 is known to be one
 * (§1).
 */
function refusedKey(error: EpguError<'esia.refused'>, call: FailedCall): Failed {
  const { esiaCode, httpStatus } = error.data
  if (esiaCode === undefined && httpStatus !== 404) return later(error, call, 5 * minuteMs)

  return call.isReserving && call.hasOthers
    ? { ...later(error, call, hourMs), exhausted: true }
    : { kind: 'refused', code: codeOf(error) }
}

function later(
  error: MuhrError,
  { now }: FailedCall,
  pauseMs: number,
): Extract<Failed, { readonly kind: 'deferred' }> {
  return { kind: 'deferred', code: codeOf(error), at: instantAfter(instantOf(now), pauseMs) }
}
