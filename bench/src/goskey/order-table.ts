import type {
  Instant,
  Json,
  OpenRequests,
  RequestId,
  WatchedRequest,
  WatchItem,
} from '@muhr/envelope'

/**
 * Open requests of a million orders in columns, in place of the database: looked up by number, and paged by
 * how long nobody looked.
 */
export type OrderTable = {
  readonly open: OpenRequests<Json>
  /** Takes what a watch yields, as the core does. Gives the number of an order that ended. */
  readonly take: (item: WatchItem<Json>) => number | undefined
  readonly openCount: () => number
}

export function createOrderTable({
  first,
  count,
  since,
}: {
  readonly first: number
  readonly count: number
  /** When all of them were opened, and last looked at; ms since 1970. */
  readonly since: number
}): OrderTable {
  const isEnded = new Uint8Array(count)
  const lookedAt = new Float64Array(count).fill(since)
  let ended = 0
  /** Those before it were looked at after those behind it. */
  let turn = 0
  const opened = new Date(since).toISOString() as Instant
  const watched = (place: number): WatchedRequest<Json> => ({
    id: `order-${first + place}` as RequestId,
    method: 'UKEP',
    state: 'open',
    handle: { key: String(first + place), documents: ['document.pdf'] },
    window: undefined,
    since: opened,
  })
  const placeOf = (request: RequestId): number => Number(request.slice('order-'.length)) - first
  const isOpen = (place: number): boolean => place >= 0 && place < count && isEnded[place] === 0

  return {
    open: {
      find: async (keys) =>
        keys
          .map((key) => Number(key) - first)
          .filter(isOpen)
          .map(watched),
      unseenSince: async (before, limit) => {
        const unseen: WatchedRequest<Json>[] = []
        for (let steps = 0; steps < count && unseen.length < limit; steps += 1) {
          if (isOpen(turn) && (lookedAt[turn] ?? 0) < Date.parse(before)) unseen.push(watched(turn))
          turn = (turn + 1) % count
        }

        return unseen
      },
      // A list of changes tells when to look; nothing is due by itself.
      due: async () => [],
      nextDue: async () => undefined,
      view: async () => undefined,
      ofContents: async () => [],
    },
    take: (item) => {
      if (item.kind === 'looked') {
        for (const request of item.requests) lookedAt[placeOf(request)] = Number.MAX_SAFE_INTEGER
      }
      if (item.kind !== 'observation') return undefined
      const place = placeOf(item.request)
      if (item.observation.kind !== 'expired' || !isOpen(place)) {
        throw new Error(`${item.request} was ${item.observation.kind}: nothing was measured`)
      }
      isEnded[place] = 1
      ended += 1

      return first + place
    },
    openCount: () => count - ended,
  }
}
