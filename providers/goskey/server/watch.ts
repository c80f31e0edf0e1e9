import {
  type Instant,
  instantAfter,
  instantOf,
  type Json,
  type WatchedRequest,
  type WatchInput,
  type WatchItem,
} from '@muhr/envelope'
import {
  type BulkStatus,
  type EpguError,
  type Gateway,
  isEpguError,
  parseOrderId,
  type StatusPage,
} from '@muhr/epgu'
import type { GoskeyConnection } from './connection.ts'
import { type Gateways, SealWanted } from './gateways.ts'
import type { GoskeyHandle } from './handle.ts'
import { isNotFound, itemsOf } from './state-table.ts'

type Input = WatchInput<GoskeyConnection, GoskeyHandle>
type Watched = WatchedRequest<GoskeyHandle>
type Item = WatchItem<GoskeyHandle>

/** Orders on a page of the list of changes, and of those asked for by number. */
const pageSize = 100

/** Details asked for at the same time: one after the other, a thousand would take as long as a thousand ways there and back. */
const detailsAtOnce = 8

/** An order whose changes the list never named is asked for by its number after so long, ms. */
const unseenMs = 600_000
const unseenAtOnce = 1_000

/** Times of changes are not whole: the last second is asked for again. */
const overlapMs = 1_000

/** A list of changes reaches back so far at most, ms. */
const longestGapMs = 86_400_000

/** Queued, or in the app: the one state that needs no closer look (§5.5). */
const queuedStatus = 17

/** Until where the changes were seen, by the clock of the portal. */
type Cursor = {
  readonly after: Instant
  /** Orders of the last second with the time of their change, so that they are not looked at twice. */
  readonly recent: readonly (readonly [string, number])[]
}

/** A look on its way. `failures`: what went wrong with single orders and lists, in its order. */
type Looking = Input & { readonly gateway: Gateway; readonly failures: EpguError[] }

/**
 * One look: the orders of the whole system that changed since the last one, a call for each page; details
 * of our own alone, and of those only where something may have ended. Then the orders that no list has
 * named for long, by their numbers.
 *
 * An order or a list that cannot be read keeps no other order from being heard: the look goes on and
 * fails at its end, so that the connection is flagged.
 * @throws EpguError; whatever the signer key says when it does not sign the API-Key
 */
export async function* watch(gateways: Gateways, input: Input): AsyncGenerator<Item> {
  const { connection, io, now } = input
  const gateway = gateways.open({ connection, io, anyEmployee: true })
  const failures: EpguError[] = []
  try {
    yield* watchChanges({ ...input, gateway, failures })
    yield* watchUnseen({ ...input, gateway, failures })
  } catch (error) {
    // Without a clerk's signature there is no token; what waits for it has asked them.
    if (!(error instanceof SealWanted)) throw error
  }
  const [failure] = failures
  if (failure !== undefined) throw failure
  yield { kind: 'next', at: instantAfter(now, connection.pollSeconds * 1000) }
}

async function* watchChanges(looking: Looking): AsyncGenerator<Item> {
  const { gateway, io, now } = looking
  const cursor = cursorOf(looking)
  const since = sinceOf(cursor)
  const known = new Set(cursor.recent.map(([order, at]) => `${order} ${at}`))
  const seen = new Map<string, number>()
  const pages = gateway.updatedAfter(since, { pageSize, signal: io.signal })
  for await (const statuses of readable(pages, looking)) {
    if (statuses === undefined) return
    const fresh = statuses.filter((status) => {
      const at = changedAt(status)
      const isFresh = !seen.has(status.orderId) && !known.has(`${status.orderId} ${at}`)
      seen.set(status.orderId, at)

      return isFresh
    })
    yield* lookCloser(looking, fresh)
  }
  yield { kind: 'cursor', cursor: nextCursor(cursor, seen, now) }
}

async function* watchUnseen(looking: Looking): AsyncGenerator<Item> {
  const { gateway, now, open, io } = looking
  const unseen = await open.unseenSince(instantAfter(now, -unseenMs), unseenAtOnce)
  const numbers = new Set(unseen.flatMap(({ handle }) => handle?.key ?? []))
  // Nothing was reserved for these: their call is made again, or a person tells.
  const nameless = unseen.filter(({ handle }) => handle === undefined).map(({ id }) => id)
  if (nameless.length > 0) yield { kind: 'looked', requests: nameless }
  if (numbers.size === 0) return
  const pages = gateway.ordersStatus([...numbers], { pageSize, signal: io.signal })
  for await (const statuses of readable(pages, looking)) {
    if (statuses === undefined) return
    for (const { orderId } of statuses) numbers.delete(orderId)
    yield* lookCloser(looking, statuses)
  }
  // Left out of the answer, or there in a form that nobody can read.
  yield* lookCloser(
    looking,
    Array.from(numbers, (number) => ({ orderId: parseOrderId(number), isFound: false })),
  )
}

/** The pages of a list; one that cannot be read is kept as a failure and ends it as `undefined`. */
async function* readable(
  pages: AsyncIterable<StatusPage>,
  { failures }: Looking,
): AsyncGenerator<readonly BulkStatus[] | undefined> {
  try {
    for await (const { statuses } of pages) yield statuses
  } catch (error) {
    failures.push(failureOfOne(error))
    yield undefined
  }
}

/** Finds the requests of these orders; asks for details where more than waiting may be told. */
async function* lookCloser(
  looking: Looking,
  statuses: readonly BulkStatus[],
): AsyncGenerator<Item> {
  if (statuses.length === 0) return
  const found = await looking.open.find(statuses.map(({ orderId }) => orderId))
  const requests = new Map(found.map((each) => [each.handle?.key, each]))
  const quiet: Watched[] = []
  const closer: Watched[] = []
  for (const status of statuses) {
    const watched = requests.get(status.orderId)
    // While its package goes up, the upload itself tells what became of it.
    if (watched === undefined || watched.state === 'inflight') continue
    if (status.isFound && status.statusId === queuedStatus) quiet.push(watched)
    else closer.push(watched)
  }
  yield* lookAtEach(looking, closer)
  if (quiet.length > 0) yield { kind: 'looked', requests: quiet.map(({ id }) => id) }
}

/** Details of each of these orders, a few at a time; what they tell comes in the order of the list. */
async function* lookAtEach(looking: Looking, watched: readonly Watched[]): AsyncGenerator<Item> {
  const asked: Promise<readonly Item[]>[] = []
  for (const each of watched) {
    if (asked.length === detailsAtOnce) yield* (await asked.shift()) ?? []
    const answer = lookAt(looking, each)
    // An error is thrown when its turn comes; those asked for behind it are left to their answers.
    answer.catch(() => undefined)
    asked.push(answer)
  }
  for (const answer of asked) yield* await answer
}

async function lookAt(looking: Looking, watched: Watched): Promise<readonly Item[]> {
  const { gateway, io, failures } = looking
  const orderId = watched.handle?.key ?? ''
  try {
    return [
      ...itemsOf(watched, await gateway.orderDetails(orderId, { signal: io.signal }), io.now()),
    ]
  } catch (error) {
    // Not found is no end: the number was given to us, and past its time a person is told.
    if (!isNotFound(error)) failures.push(failureOfOne(error))

    return [{ kind: 'looked', requests: [watched.id] }]
  }
}

/**
 * The failure of one order or list, told by an answer to it.
 * @throws any other: of the whole portal, ESIA or our key, which the next call would meet as well
 */
function failureOfOne(error: unknown): EpguError {
  const isOfOne =
    isEpguError(error, 'epgu.refused') ||
    isEpguError(error, 'epgu.unreadable-answer') ||
    isEpguError(error, 'epgu.redirect-refused') ||
    isEpguError(error, 'epgu.too-many-pages') ||
    (isEpguError(error, 'epgu.unavailable') && error.data.httpStatus === 500)
  if (!isOfOne) throw error

  return error
}

/**
 * The last second before the newest change, or less: of a burst no more than a page is listed again. A change
 * that came in the very moment of a burst is found by its number.
 */
function sinceOf({ after, recent }: Cursor): Date {
  const times = recent.map(([, at]) => at).sort((a, b) => b - a)

  const latest = Date.parse(after)

  return new Date(Math.max(latest - overlapMs, Math.min(latest, times[pageSize] ?? 0)))
}

function changedAt(status: BulkStatus): number {
  return status.isFound ? (status.updatedAt?.getTime() ?? 0) : 0
}

/** Never ahead of our own clock: a portal whose clock goes back must not hide what it changes then. */
function nextCursor(cursor: Cursor, seen: ReadonlyMap<string, number>, now: Instant): Json {
  const newest = Math.max(Date.parse(cursor.after), ...seen.values())
  const after = Math.min(newest, Date.parse(now))
  const recent = new Map([...cursor.recent, ...seen])

  return {
    after: instantOf(new Date(after)),
    recent: [...recent].filter(([, at]) => at >= after - overlapMs),
  }
}

/** Changes of longer ago are not listed again: orders that nothing was heard of are asked for by number. */
function cursorOf({ cursor, now }: Input): Cursor {
  const kept = readCursor(cursor) ?? { after: instantAfter(now, -unseenMs), recent: [] }
  const oldest = instantAfter(now, -longestGapMs)

  return kept.after < oldest ? { after: oldest, recent: [] } : kept
}

function readCursor(cursor: Json | undefined): Cursor | undefined {
  if (typeof cursor !== 'object' || cursor === null || Array.isArray(cursor)) return undefined
  const { after, recent } = cursor as { readonly [key: string]: Json | undefined }

  return typeof after === 'string' && !Number.isNaN(Date.parse(after)) && Array.isArray(recent)
    ? // Written by us, and by nobody else.
      { after: after as Instant, recent: recent as unknown as Cursor['recent'] }
    : undefined
}
