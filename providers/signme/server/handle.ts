import { type Instant, instantOf, type RequestId, type RequestView } from '@muhr/envelope'

/** What a request is remembered by. */
export type SignmeHandle = {
  /** Our own id of it: Sign.Me names requests only to whoever made them. */
  readonly key: string
  readonly kind: 'file' | 'files'
  /**
   * The suffix of 1.1 or the UUID of 2.1: whoever holds it opens the signing page. Absent where the answer
   * that told it was lost, and the request is known by a push or a signature.
   */
  readonly reference?: string | undefined
  /** Signatures count from here on, less the slack of clocks (trap T15). */
  readonly sentAt: Instant
}

export function kindOf(request: RequestView<SignmeHandle>): SignmeHandle['kind'] {
  return request.contents.length === 1 ? 'file' : 'files'
}

/**
 * Signatures of its recipient count for a request from here on. One that replaced another, which a person called
 * absent, may have been signed under that one: nobody can tell a request of which the answer was lost from none.
 */
export function countsSince(
  request: Pick<RequestView<SignmeHandle>, 'round' | 'envelopeSentAt'>,
  handle: SignmeHandle,
): Instant {
  return request.round > 1 ? (request.envelopeSentAt ?? handle.sentAt) : handle.sentAt
}

/**
 * The handle of a request whose answer was lost: that it is there is known, its name is not. Nobody knows
 * when its call left where a process fell over it, only that it was not before its envelope was sent.
 */
export function namelessHandle(
  request: RequestView<SignmeHandle>,
  now: Date,
): SignmeHandle & { readonly key: RequestId } {
  return {
    key: request.id,
    kind: kindOf(request),
    sentAt: request.envelopeSentAt ?? instantOf(now),
  }
}
