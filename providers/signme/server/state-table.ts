import type { Observation } from '@muhr/envelope'
import type { SignmeState, SignmeStatus } from '@muhr/signme'

/** Longest that a reason of a signer is kept, characters. */
const longestReason = 300

/**
 * The statuses of Sign.Me (§4.4, §4.7, §7) and what they are to the domain. `signed` is what the service
 * says: the signing goes no further than `received` until every signature was verified. `mixed` tells
 * nothing by itself: the files are asked for one by one.
 */
export const stateTable: Readonly<
  Record<SignmeState, (status: SignmeStatus) => Observation | undefined>
> = {
  'not-signed': () => undefined,
  signed: () => ({ kind: 'said-signed' }),
  rejected: ({ comment }) => ({
    kind: 'declined',
    reason: comment === undefined ? 'signme.rejected' : comment.slice(0, longestReason),
  }),
  deleted: () => ({ kind: 'refused', code: 'signme.deleted' }),
  mixed: () => undefined,
}
