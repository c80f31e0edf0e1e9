import type { Observation, WatchedRequest, WatchItem } from '@muhr/envelope'
import { isEpguError, type OrderDetails } from '@muhr/epgu'
import { expectResults, type GoskeyOrderState, goskeyOrderState } from '@muhr/epgu/goskey'
import type { GoskeyHandle } from './handle.ts'

/** Why Goskey did not sign, as the domain keeps it; each has a text of its own in `messages/`. */
export const refusalCodes = Object.freeze({
  internal: 'goskey.internal',
  'sender-signature': 'goskey.sender-signature',
  'recipient-not-found': 'goskey.recipient-not-found',
  portal: 'goskey.portal',
  cancelled: 'goskey.cancelled',
} as const)

/**
 * The states of an order (ru-epgu-goskey §5.5) and what they are to the domain. `signed` is what the
 * service says: the signing goes no further than `received` until every signature was verified.
 */
export const stateTable: Readonly<
  Record<GoskeyOrderState['state'], (state: GoskeyOrderState) => Observation | undefined>
> = {
  draft: () => undefined,
  queued: () => undefined,
  signed: () => ({ kind: 'said-signed' }),
  rejected: () => ({ kind: 'declined', reason: 'goskey.rejected' }),
  expired: () => ({ kind: 'expired' }),
  failed: ({ failure, gatewayCode }) => ({
    kind: 'refused',
    code:
      failure === 'gateway' || failure === undefined
        ? `epgu.${gatewayCode ?? 'failed'}`
        : refusalCodes[failure],
  }),
}

type Watched = WatchedRequest<GoskeyHandle>
type Item = WatchItem<GoskeyHandle>

/** After so long no upload is on its way any more: a number with nothing under it stays empty. */
const draftPatienceMs = 3_600_000

/** What the details of an order say about its request; at least that it was looked at. */
export function itemsOf(watched: Watched, details: OrderDetails, now: Date): readonly Item[] {
  const state = goskeyOrderState(details)
  const observation = stateTable[state.state](state)
  if (observation === undefined) {
    const isStale = now.getTime() - Date.parse(watched.since) > draftPatienceMs

    return state.state === 'draft' && watched.state === 'unknown' && isStale
      ? [about(watched, { kind: 'absent' })]
      : [{ kind: 'looked', requests: [watched.id] }]
  }

  return state.state === 'signed'
    ? [...resultFaults(watched, details), about(watched, observation)]
    : [about(watched, observation)]
}

function about({ id, handle }: Watched, observation: Observation): Item {
  return { kind: 'observation', request: id, handle, observation }
}

/** A package is signed as a whole: a signature that is missing, or one too many, a person must see. */
function resultFaults(watched: Watched, { order }: OrderDetails): readonly Item[] {
  if (order === undefined || watched.handle === undefined) return []
  const [first] = expectResults(order, watched.handle.documents).faults

  return first === undefined
    ? []
    : [
        about(watched, {
          kind: 'flagged',
          code: `goskey.${first.fault}`,
          attention: 'provider',
        }),
      ]
}

/** Whether an order that the gateway does not find is its answer, not a failure. */
export function isNotFound(error: unknown): boolean {
  return isEpguError(error, 'epgu.not-found')
}
