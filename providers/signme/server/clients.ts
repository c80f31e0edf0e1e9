import { createHash } from 'node:crypto'
import type { ProviderIo } from '@muhr/envelope'
import { createSignme, type Fetch, type Signme, SignmeError, systemIo } from '@muhr/signme'
import { createNodeFetch } from '@muhr/signme/node'
import type { SignmeConnection } from './connection.ts'

/** Failures in a row after which a service is left alone for a while (§8.4). */
const failuresToOpen = 5
const restMs = 60_000

/** Whether calls of a connection may be made now. */
export type Breaker = {
  /** The key was refused: nothing is sent before the settings change. Questions need no key. */
  readonly isKeyRefused: () => boolean
  /** When the service is asked again after several failures in a row; undefined: now. */
  readonly restsUntil: (now: Date) => Date | undefined
  /** Makes a call, and learns from how it ends. */
  readonly run: <T>(now: () => Date, call: () => Promise<T>) => Promise<T>
}

/** A connection as this process speaks through it. */
export type Client = { readonly signme: Signme; readonly breaker: Breaker }

export type Clients = {
  readonly open: (connection: SignmeConnection, io: ProviderIo) => Client
}

/** Gives the `fetch` of a connection, for each look or call; what it keeps is made once for a connection. */
export type FetchSource = (connection: SignmeConnection) => (io: ProviderIo) => Fetch

type Kept = { readonly breaker: Breaker; readonly fetchFor: (io: ProviderIo) => Fetch }

/** The HTTP of Node.js, which tells whether a body that was lost can have arrived. */
const ownFetch: FetchSource = ({ ca, proxy }) => {
  const fetch = createNodeFetch({ ...(ca === undefined ? {} : { ca: [ca] }), proxy })

  return () => fetch
}

/**
 * Makes the clients of one process. What is kept of a connection is found by all its settings, so that a
 * changed one begins anew.
 */
export function createClients(fetchOf: FetchSource = ownFetch): Clients {
  const kept = new Map<string, Kept>()

  const keptOf = (connection: SignmeConnection): Kept => {
    const id = createHash('sha256').update(JSON.stringify(connection)).digest('hex')
    const known = kept.get(id) ?? { breaker: createBreaker(), fetchFor: fetchOf(connection) }
    kept.set(id, known)

    return known
  }

  return {
    open: (connection, io) => {
      const { breaker, fetchFor } = keptOf(connection)
      const system = systemIo()
      const signme = createSignme({
        baseUrl: connection.baseUrl,
        key: connection.key,
        wire: connection.wire,
        keyField: connection.keyField,
        sendsKeyWithCheck: connection.sendsKeyWithCheck,
        limits: { maxFiles: connection.maxFiles, maxFileBytes: connection.maxBytes },
        io: {
          fetch: fetchFor(io),
          now: io.now,
          timeout: (milliseconds, over) =>
            AbortSignal.any([system.timeout(milliseconds, over), io.signal]),
        },
      })

      return { signme, breaker }
    },
  }
}

/** The breaker of one connection, as its settings are. */
export function createBreaker(): Breaker {
  let failures = 0
  let until: Date | undefined
  let hasRefusedKey = false
  const answered = (): void => {
    failures = 0
    until = undefined
  }

  return {
    isKeyRefused: () => hasRefusedKey,
    restsUntil: (now) => (until !== undefined && until > now ? until : undefined),
    run: async (now, call) => {
      try {
        const result = await call()
        answered()

        return result
      } catch (error) {
        if (isKeyRefused(error)) hasRefusedKey = true
        if (isTransient(error)) {
          failures += 1
          if (failures >= failuresToOpen) until = new Date(now().getTime() + restMs)
        } else if (error instanceof SignmeError) {
          // Whatever it said: it is there.
          answered()
        }
        throw error
      }
    },
  }
}

/** `error 7` of a request: the key serves nobody until somebody changes it (§5). */
export function isKeyRefused(error: unknown): boolean {
  return (
    error instanceof SignmeError &&
    error.code === 'signme.refused' &&
    'refusal' in error.data &&
    error.data.refusal === 'get-api-key'
  )
}

function isTransient(error: unknown): boolean {
  return (
    error instanceof SignmeError &&
    (error.code === 'signme.unreachable' ||
      error.code === 'signme.unavailable' ||
      error.code === 'signme.outcome-unknown')
  )
}
