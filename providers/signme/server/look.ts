import {
  type Instant,
  instantOf,
  type LookInput,
  type ProviderIo,
  type RequestView,
  type WatchedRequest,
  type WatchItem,
} from '@muhr/envelope'
import { isSignmeError, type SignmeState, type SignmeStatus } from '@muhr/signme'
import type { Client, Clients } from './clients.ts'
import type { SignmeConnection } from './connection.ts'
import { findSignatures } from './find-signatures.ts'
import { countsSince, namelessHandle, type SignmeHandle } from './handle.ts'
import { nextLook } from './pace.ts'
import { stateTable } from './state-table.ts'

export type LookItem = Extract<WatchItem<SignmeHandle>, { readonly kind: 'observation' | 'looked' }>

export type Looking = {
  readonly client: Client
  readonly watched: WatchedRequest<SignmeHandle>
  /** Asked for only where contents must be looked at. */
  readonly view: () => Promise<RequestView<SignmeHandle> | undefined>
  readonly now: Instant
  readonly io: ProviderIo
}

/** One look at one request, because something hinted at news of it. */
export function look(
  clients: Clients,
  input: LookInput<SignmeConnection, SignmeHandle>,
): Promise<readonly LookItem[]> {
  const { connection, request, watched, now, io } = input

  return lookAt({
    client: clients.open(connection, io),
    watched,
    view: async () => request,
    now,
    io,
  })
}

/**
 * Asks Sign.Me how a request stands (1.4, 2.2). One whose name is not known, since its answer was lost, is
 * found by a signature of its signer over its files.
 */
export async function lookAt(looking: Looking): Promise<readonly LookItem[]> {
  const { client, watched, io } = looking
  const { handle } = watched
  // Its own call tells what became of it.
  if (watched.state === 'inflight') return [quiet(looking)]
  const reference = handle?.reference
  if (handle === undefined || reference === undefined) return lookForSignature(looking)
  const options = { signal: io.signal }
  const ask = (): Promise<SignmeStatus> =>
    handle.kind === 'file'
      ? client.signme.status(reference, options)
      : client.signme.groupStatus(reference, options)
  try {
    const status = await client.breaker.run(io.now, ask)
    const observation = stateTable[status.state](status)
    if (needsSignatures(status.state, watched)) {
      const [found] = await lookForSignature(looking)
      // What is signed and deleted is signed, as long as its signatures are there.
      if (found?.kind === 'observation' || observation === undefined) return found ? [found] : []
    }

    return [observation === undefined ? quiet(looking) : tell(looking, handle, observation)]
  } catch (error) {
    if (!isSignmeError(error, 'signme.not-found')) throw error

    // Nothing is documented for it; a request that is gone has status 3.
    return [quiet(looking)]
  }
}

/**
 * Whether the signatures tell more than the status: of a group whose files differ; of a file that is gone; of a
 * request that replaced one which was called absent, and which its signer may have had after all.
 */
function needsSignatures(state: SignmeState, { round = 1 }: WatchedRequest<SignmeHandle>): boolean {
  return state === 'mixed' || state === 'deleted' || (state === 'not-signed' && round > 1)
}

/** Whether there is a signature of this signer over every file, whatever Sign.Me says of the request. */
async function lookForSignature(looking: Looking): Promise<readonly LookItem[]> {
  const { client, watched, view, io } = looking
  const request = await view()
  if (request === undefined) return [quiet(looking)]
  const handle = watched.handle ?? namelessHandle(request, io.now())
  const sentAt = countsSince(request, handle)
  const found = await findSignatures({ client, request, sentAt, io })
  const isSigned =
    found.length > 0 && found.every(({ match }) => match.kind === 'own' && match.isCertain)

  return [isSigned ? tell(looking, handle, { kind: 'said-signed' }) : quiet(looking)]
}

function again({ watched, now, io }: Looking): Instant {
  return nextLook(watched, now, io.random(1)[0] ?? 128)
}

/** A question that failed: asked again in its turn, not sooner than the next one. */
export function lookedInVain(looking: Looking): LookItem {
  return quiet(looking)
}

function quiet(looking: Looking): LookItem {
  return { kind: 'looked', requests: [looking.watched.id], again: again(looking) }
}

function tell(
  looking: Looking,
  handle: SignmeHandle,
  observation: Extract<LookItem, { readonly kind: 'observation' }>['observation'],
): LookItem {
  return {
    kind: 'observation',
    request: looking.watched.id,
    handle,
    observation,
    again: again(looking),
  }
}

export function instantNow(io: ProviderIo): Instant {
  return instantOf(io.now())
}
