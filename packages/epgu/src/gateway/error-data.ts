import type { AnswerFault } from '@muhr/http'
import type { Action } from '../codes/code-entry.ts'
import type { Operation } from './operation.ts'

/** The typed particulars of each code under `epgu.`. Never a token, a personal number or a file. */
export type GatewayErrorData = {
  /** The gateway refused; `epguCode` is undefined when its answer named none. */
  readonly 'epgu.refused': {
    readonly operation: Operation
    readonly epguCode: string | undefined
    readonly action: Action
    readonly httpStatus: number
    /** What the gateway wrote beside the code, without anything that looks like a key or number. */
    readonly said: string | undefined
  }
  /** HTTP 204, or code `not_found`; for a file also 404. */
  readonly 'epgu.not-found': { readonly operation: Operation; readonly httpStatus: number }
  /** HTTP 404 without a code: the host does not serve this path. */
  readonly 'epgu.unknown-url': { readonly operation: Operation }
  /** 401 with a token that was new. */
  readonly 'epgu.unauthorised': { readonly operation: Operation }
  /** HTTP 429, or code `limitation_exception`. */
  readonly 'epgu.rate-limited': {
    readonly operation: Operation
    readonly httpStatus: number
    readonly retryAfterMs: number | undefined
  }
  /** 500 without a code, or 502 to 504, after all repeats; the call had no effect or is a read. */
  readonly 'epgu.unavailable': {
    readonly operation: Operation
    readonly httpStatus: number
    readonly retryAfterMs: number | undefined
  }
  /** No connection, or it broke before the whole request was sent, or the call is a read. */
  readonly 'epgu.unreachable': {
    readonly operation: Operation
    readonly host: string
    readonly systemCode: string | undefined
  }
  /** The request went out whole and no readable answer came: it may have had its effect. */
  readonly 'epgu.outcome-unknown': {
    readonly operation: Operation
    /** The order it concerns; undefined where the lost answer would have told the number. */
    readonly orderId: string | undefined
    readonly reason: 'connection-lost' | 'unavailable' | 'unreadable-answer'
    readonly httpStatus: number | undefined
  }
  readonly 'epgu.unreadable-answer': {
    readonly operation: Operation
    readonly reason: AnswerFault
    readonly httpStatus: number
  }
  readonly 'epgu.redirect-refused': {
    readonly operation: Operation
    readonly reason: 'not-a-download' | 'no-location' | 'bad-location' | 'other-host' | 'too-many'
  }
  /** A download is, or says that it is, larger than the limit. */
  readonly 'epgu.download-too-large': { readonly limitBytes: number }
  /** The five minutes for all chunks ended; the order was not sent. */
  readonly 'epgu.chunk-window-overrun': {
    readonly orderId: string
    readonly acceptedChunks: number
    readonly chunks: number
    readonly windowMs: number
  }
  /** The source of the package gave other bytes than its size says. */
  readonly 'epgu.source-changed': { readonly expectedBytes: number; readonly readBytes: number }
  readonly 'epgu.invalid-argument': { readonly field: string; readonly expected: string }
  /** Our own count of calls or orders is full and waiting was not asked for. */
  readonly 'epgu.quota-full': {
    readonly quota: 'requests' | 'orders'
    readonly availableAt: string
  }
  readonly 'epgu.too-many-pages': { readonly operation: Operation; readonly limit: number }
  /** The dictionary method answered with an error of its own, as always under HTTP 200. */
  readonly 'epgu.dictionary-refused': {
    readonly errorCode: number
    readonly fieldErrors: readonly { readonly field: string; readonly message: string }[]
    readonly said: string | undefined
  }
}
