import { instantAfter, type WatchedRequest, type WatchInput, type WatchItem } from '@muhr/envelope'
import { SignmeError } from '@muhr/signme'
import type { Clients } from './clients.ts'
import type { SignmeConnection } from './connection.ts'
import type { SignmeHandle } from './handle.ts'
import { instantNow, type LookItem, lookAt } from './look.ts'

type Input = WatchInput<SignmeConnection, SignmeHandle>
type Item = WatchItem<SignmeHandle>

/** Requests that are taken from the list of due ones at a time. */
const pageSize = 200

/** Longest that one watch goes on before it tells what it heard, ms. */
const longestMs = 120_000

/** Pause when nothing is due, ms: new requests and hints come in between. */
const shortestPauseMs = 1_000
const longestPauseMs = 15_000

/** The key is refused, or the service is down: nobody is asked before that is over. */
export class Resting extends SignmeError<'signme.unreachable'> {}

/**
 * Asks about every request whose time has come, those that wait longest first, so many at the same time as
 * the connection allows. A question that fails is asked again in its turn; a service that fails stops the
 * look.
 */
export async function* watch(clients: Clients, input: Input): AsyncGenerator<Item> {
  const { connection, io, open } = input
  const client = clients.open(connection, io)
  const endsAt = Date.parse(input.now) + longestMs
  for (;;) {
    const now = instantNow(io)
    const due = Date.parse(now) < endsAt ? await open.due(now, pageSize) : []
    if (due.length === 0) break
    const waiting = [...due]
    const asked: Promise<readonly LookItem[]>[] = []
    const askNext = (): void => {
      const watched = waiting.shift()
      if (watched !== undefined) asked.push(askAbout(watched))
    }
    const askAbout = (watched: WatchedRequest<SignmeHandle>): Promise<readonly LookItem[]> => {
      const answer = lookAt({
        client,
        watched,
        view: () => open.view(watched.id),
        now: instantNow(io),
        io,
      })
      // Thrown when its turn comes; those behind it are left to their answers.
      answer.catch(() => undefined)

      return answer
    }
    for (let begun = 0; begun < connection.concurrency; begun += 1) askNext()
    for (let first = asked.shift(); first !== undefined; first = asked.shift()) {
      yield* await first
      askNext()
    }
    // What was heard is recorded before the same ones could be due again.
    yield { kind: 'cursor', cursor: { at: now } }
  }
  yield { kind: 'next', at: await nextLookOf(input) }
}

async function nextLookOf({ open, io }: Input) {
  const now = instantNow(io)
  const due = await open.nextDue()
  const soonest = instantAfter(now, shortestPauseMs)
  const latest = instantAfter(now, longestPauseMs)

  return due === undefined || due > latest ? latest : due < soonest ? soonest : due
}
