import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type { Pool, PoolClient } from 'pg'

/** Texts beyond these are sent unprepared: lists of many lengths would fill the server's memory. */
const maxStatements = 200

/** A prepared statement whose result shape a migration of a newer process has changed. */
const planIsStale = '0A000'

/**
 * The pool as Kysely wants it, with every parameterised statement prepared once for each connection:
 * planning the larger ones costs more than running them. A connection that meets a stale plan is
 * closed, so that its successor prepares anew.
 */
export function withPreparedStatements(pool: Pool): PostgresPool {
  const names = new Map<string, string>()
  const wrapped = new WeakMap<PoolClient, PostgresPoolClient>()

  const nameOf = (text: string): string | undefined => {
    const known = names.get(text)
    if (known !== undefined || names.size >= maxStatements) {
      return known
    }
    const name = `muhr_${names.size + 1}`
    names.set(text, name)

    return name
  }

  const wrap = (client: PoolClient): PostgresPoolClient => {
    let isStale = false
    const query = async (text: string, values: readonly unknown[]) => {
      const name = values.length === 0 ? undefined : nameOf(text)
      try {
        return await client.query({
          text,
          values: [...values],
          ...(name === undefined ? {} : { name }),
        })
      } catch (error) {
        isStale ||= (error as { code?: unknown }).code === planIsStale
        throw error
      }
    }

    return {
      // Cursors are not used here, so of the two forms of `query` only the plain one is made.
      query: query as unknown as PostgresPoolClient['query'],
      release: (destroy) => {
        client.release(isStale || destroy === true)
        isStale = false
      },
    }
  }

  return {
    connect: async () => {
      const client = await pool.connect()
      const known = wrapped.get(client)
      if (known !== undefined) {
        return known
      }
      const fresh = wrap(client)
      wrapped.set(client, fresh)

      return fresh
    },
    end: () => pool.end(),
    options: pool.options,
  }
}
