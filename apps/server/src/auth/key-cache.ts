import type { ChangeFeed } from '../app-context.ts'
import type { Queryable } from '../database/open-database.ts'
import { hashToken } from '../instance/tokens.ts'
import { type ApiKeyOwner, findApiKey } from './api-keys.ts'

/** However quiet the database is, a key is looked up again after so long. */
const maxAgeMs = 30_000
const maxKeys = 1_000

/** Looks keys up, and remembers the good ones for a moment. */
export type KeyCache = { readonly find: (key: string) => Promise<ApiKeyOwner | undefined> }

type Entry = { readonly owner: ApiKeyOwner; readonly readAt: number }

/**
 * An integrator sends the same key with every call. It is remembered by its hash until some key is
 * changed anywhere (the database tells every process as the change commits), and not at all while
 * changes cannot be heard.
 */
export function createKeyCache(options: {
  readonly db: Queryable
  readonly changes: ChangeFeed
  readonly now: () => Date
}): KeyCache {
  const { db, changes, now } = options
  const known = new Map<string, Entry>()
  /** Grows with every change, so that what was read before one is not remembered after it. */
  let generation = 0
  const forget = (): void => {
    generation += 1
    known.clear()
  }
  changes.subscribe({ onChange: () => undefined, onGap: forget, onKeys: forget })

  return {
    find: async (key) => {
      const hash = hashToken(key).toString('base64')
      const entry = changes.isHearing() ? known.get(hash) : undefined
      const at = now().getTime()
      if (entry !== undefined && Math.abs(at - entry.readAt) < maxAgeMs) {
        return entry.owner
      }
      const before = generation
      const owner = await findApiKey(db, key)
      if (owner !== undefined && before === generation && changes.isHearing()) {
        if (known.size >= maxKeys) {
          known.clear()
        }
        known.set(hash, { owner, readAt: at })
      }

      return owner
    },
  }
}
