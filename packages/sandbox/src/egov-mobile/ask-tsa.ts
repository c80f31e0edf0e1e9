import { PhoneError } from './error.ts'

/** Sends an RFC 3161 request (DER) to the TSA and gives its response (DER). */
export type AskTimeStamp = (request: Uint8Array) => Promise<Uint8Array>

/**
 * Asks a TSA over HTTP (RFC 3161 §3.4).
 *
 * @throws {PhoneError} `tsa.unavailable`
 */
export function askTsaOverHttp(options: {
  readonly url: string
  readonly fetch: typeof fetch
  readonly timeoutMs?: number
}): AskTimeStamp {
  return async (request) => {
    try {
      const response = await options.fetch(options.url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/timestamp-query' },
        body: request as Uint8Array<ArrayBuffer>,
        redirect: 'error',
        signal: AbortSignal.timeout(options.timeoutMs ?? 10_000),
      })
      if (response.status !== 200) throw tsaUnavailable({ status: response.status })

      return new Uint8Array(await response.arrayBuffer())
    } catch (cause) {
      throw cause instanceof PhoneError ? cause : tsaUnavailable({ cause })
    }
  }
}

/** The refusal of the app when it gets no time-stamp. */
export function tsaUnavailable(why: {
  readonly status?: number
  readonly cause?: unknown
}): PhoneError {
  return new PhoneError({
    code: 'tsa.unavailable',
    message: 'The time-stamp service gave no time-stamp.',
    advice: 'Start the trust services of the sandbox, or take the fault of the TSA away.',
    data: { place: 'phone', ...(why.status === undefined ? {} : { status: why.status }) },
    cause: why.cause,
  })
}
