/** A call that waits for a slot. */
export type WaitingCall = {
  readonly request: string
  readonly organisation: string
  readonly envelope: string
  /** Ids of the buckets that it may draw on. */
  readonly buckets: readonly string[]
}

/** A slot that is held, until a moment (ms since 1970) or for as long as its call lasts. */
export type HeldSlot = {
  readonly organisation: string
  readonly envelope: string
  readonly until: number
}

export type BucketState = {
  readonly id: string
  readonly limit: number
  /** ms. */
  readonly windowMs: number
  /** ms since 1970. */
  readonly blockedUntil: number
  readonly held: readonly HeldSlot[]
}

export type Assignment<Call extends WaitingCall> = { readonly call: Call; readonly bucket: string }

/**
 * Gives the free slots to waiting calls, as many as there are. Fair between organisations by the slots
 * that each holds now, then between envelopes in the same way; first come, first served within one.
 * `waiting` is in the order in which the calls came.
 */
export function assignSlots<Call extends WaitingCall>(input: {
  readonly buckets: readonly BucketState[]
  readonly waiting: readonly Call[]
  /** ms since 1970. */
  readonly now: number
}): readonly Assignment<Call>[] {
  const { now } = input
  const free = new Map(
    input.buckets.map((bucket) => [
      bucket.id,
      bucket.blockedUntil > now ? 0 : freeSlots(bucket, now),
    ]),
  )
  const held = input.buckets.flatMap((bucket) => bucket.held.filter((slot) => slot.until > now))
  const byOrganisation = countOf(held.map((slot) => slot.organisation))
  const byEnvelope = countOf(held.map((slot) => slot.envelope))
  const waiting = [...input.waiting]
  const made: Assignment<Call>[] = []
  for (;;) {
    const index = nextTurn(waiting, { free, byOrganisation, byEnvelope })
    const call = waiting[index]
    const bucket = call === undefined ? undefined : roomiest(call, free)
    if (call === undefined || bucket === undefined) {
      return made
    }
    waiting.splice(index, 1)
    free.set(bucket, (free.get(bucket) ?? 0) - 1)
    count(byOrganisation, call.organisation)
    count(byEnvelope, call.envelope)
    made.push({ call, bucket })
  }
}

/** When a bucket has room for one more call (ms since 1970): `now`, or the first moment at which it has. */
export function nextFree(bucket: BucketState, now: number): number {
  const held = bucket.held
    .map((slot) => slot.until)
    .filter((until) => until > now)
    .sort((a, b) => a - b)
  const freed = held[held.length - bucket.limit] ?? now

  return Math.max(now, freed, bucket.blockedUntil)
}

function freeSlots(bucket: BucketState, now: number): number {
  return Math.max(0, bucket.limit - bucket.held.filter((slot) => slot.until > now).length)
}

type Counts = Map<string, number>

function count(counts: Counts, id: string): void {
  counts.set(id, (counts.get(id) ?? 0) + 1)
}

function countOf(ids: readonly string[]): Counts {
  const counts: Counts = new Map()
  for (const id of ids) {
    count(counts, id)
  }

  return counts
}

/** Place in the queue of whoever holds least; the first in the queue among equals. -1 when nobody can. */
function nextTurn(
  waiting: readonly WaitingCall[],
  state: {
    readonly free: ReadonlyMap<string, number>
    readonly byOrganisation: ReadonlyMap<string, number>
    readonly byEnvelope: ReadonlyMap<string, number>
  },
): number {
  let best = -1
  let bestShare: readonly [number, number] = [0, 0]
  for (const [index, call] of waiting.entries()) {
    if (roomiest(call, state.free) === undefined) {
      continue
    }
    const share = [
      state.byOrganisation.get(call.organisation) ?? 0,
      state.byEnvelope.get(call.envelope) ?? 0,
    ] as const
    if (
      best === -1 ||
      share[0] < bestShare[0] ||
      (share[0] === bestShare[0] && share[1] < bestShare[1])
    ) {
      best = index
      bestShare = share
    }
  }

  return best
}

/** The bucket with most room among those that a call may draw on; undefined when all are full. */
function roomiest(call: WaitingCall, free: ReadonlyMap<string, number>): string | undefined {
  let best: string | undefined
  for (const id of call.buckets) {
    const room = free.get(id) ?? 0
    if (room > 0 && (best === undefined || room > (free.get(best) ?? 0))) {
      best = id
    }
  }

  return best
}

/**
 * When each waiting call is expected to leave (ms since 1970), if every call takes no time and no other
 * joins the queue. Calls that no bucket can ever serve are absent.
 */
export function expectDispatches(input: {
  readonly buckets: readonly BucketState[]
  readonly waiting: readonly WaitingCall[]
  readonly now: number
}): ReadonlyMap<string, number> {
  const expected = new Map<string, number>()
  let { buckets, waiting, now } = input
  for (;;) {
    const at = now
    const made = assignSlots({ buckets, waiting, now })
    for (const { call } of made) {
      expected.set(call.request, at)
    }
    buckets = buckets.map((bucket) => ({
      ...bucket,
      held: [
        ...bucket.held,
        ...made.flatMap(({ call, bucket: id }) =>
          id === bucket.id ? [{ ...call, until: at + bucket.windowMs }] : [],
        ),
      ],
    }))
    waiting = waiting.filter((call) => !expected.has(call.request))
    const next = Math.min(
      ...buckets.flatMap((bucket) =>
        [bucket.blockedUntil, ...bucket.held.map((slot) => slot.until)].filter(
          (until) => until > at,
        ),
      ),
    )
    if (waiting.length === 0 || next === Number.POSITIVE_INFINITY) {
      return expected
    }
    now = next
  }
}
