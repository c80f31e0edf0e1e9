import { instantAfter, type WatchedRequest, type WatchInput, type WatchItem } from '@muhr/envelope'
import { isSignmeError, type SignmeError } from '@muhr/signme'
import type { Client, Clients } from './clients.ts'
import type { SignmeConnection } from './connection.ts'
import type { SignmeHandle } from './handle.ts'
import { instantNow, type LookItem, lookAt, lookedInVain } from './look.ts'
import { hintLastsMs } from './pace.ts'

type Input = WatchInput<SignmeConnection, SignmeHandle>
type Item = WatchItem<SignmeHandle>
type Watched = WatchedRequest<SignmeHandle>

/**
 * Requests that are taken from the list of due ones at a time, for each question that may be asked at the
 * same time: few, so that what is hinted at meanwhile comes soon.
 */
const turnsOfPage = 10

/** Longest that one watch goes on before it tells what it heard, ms. */
const longestMs = 120_000

/** Pause when nothing is due, ms: new requests and hints come in between. */
const shortestPauseMs = 1_000
const longestPauseMs = 15_000

/**
 * Asks about every request whose time has come, so many at the same time as the connection allows. Half of
 * the questions go first to those at which something hinted lately, the others to those that wait longest:
 * neither starves the other. A question that fails is asked again in its turn; a service that fails for
 * several in a row stops the look.
 * @throws SignmeError of the question at which the service was given up
 */
export async function* watch(clients: Clients, input: Input): AsyncGenerator<Item> {
  const { connection, io } = input
  const client = clients.open(connection, io)
  const endsAt = Date.parse(input.now) + longestMs
  for (;;) {
    const now = instantNow(io)
    const due = Date.parse(now) < endsAt ? await nextPage(input) : []
    if (due.length === 0) break
    yield* askAll(due, { input, client })
    // What was heard is recorded before the same ones could be due again.
    yield { kind: 'cursor', cursor: { at: now } }
  }
  yield { kind: 'next', at: await nextLookOf(input) }
}

async function nextPage({ connection, open, io }: Input): Promise<readonly Watched[]> {
  const now = instantNow(io)
  const size = connection.concurrency * turnsOfPage
  const hinted = await open.due(now, Math.ceil(size / 2), {
    hintedSince: instantAfter(now, -hintLastsMs),
  })
  const isHinted = new Set(hinted.map(({ id }) => id))
  const longest = await open.due(now, size)

  return [...hinted, ...longest.filter(({ id }) => !isHinted.has(id))].slice(0, size)
}

type Asked = {
  readonly watched: Watched
  readonly items: readonly LookItem[]
  /** Why it was asked in vain. */
  readonly error?: unknown
}

/** Answers as they come: one that is late keeps nobody waiting. */
async function* askAll(
  due: readonly Watched[],
  { input, client }: { readonly input: Input; readonly client: Client },
): AsyncGenerator<Item> {
  const { connection, io, open } = input
  const waiting = [...due]
  const flying = new Map<Watched, Promise<Asked>>()
  const ask = async (watched: Watched): Promise<Asked> => {
    const looking = { client, watched, view: () => open.view(watched.id), now: instantNow(io), io }
    try {
      return { watched, items: await lookAt(looking) }
    } catch (error) {
      return { watched, items: [lookedInVain(looking)], error }
    }
  }
  for (;;) {
    for (const watched of waiting.splice(0, connection.concurrency - flying.size)) {
      flying.set(watched, ask(watched))
    }
    if (flying.size === 0) return
    const { watched, items, error } = await Promise.race(flying.values())
    flying.delete(watched)
    if (error !== undefined && (!isSignmeError(error) || isOver(error, { input, client }))) {
      throw error
    }
    yield* items
  }
}

/** Whether the service as a whole fails, not one question. */
function isOver(
  error: SignmeError,
  { input, client }: { readonly input: Input; readonly client: Client },
): boolean {
  return error.data.retry !== 'final' && client.breaker.restsUntil(input.io.now()) !== undefined
}

async function nextLookOf({ open, io }: Input) {
  const now = instantNow(io)
  const due = await open.nextDue()
  const soonest = instantAfter(now, shortestPauseMs)
  const latest = instantAfter(now, longestPauseMs)

  return due === undefined || due > latest ? latest : due < soonest ? soonest : due
}
