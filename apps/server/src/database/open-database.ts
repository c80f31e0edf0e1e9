import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import { Pool, type PoolConfig, types } from 'pg'
import { withPreparedStatements } from './prepared-statements.ts'
import type { Tables } from './schema.ts'

export type Database = Kysely<Tables>
export type Tx = Transaction<Tables>
/** Where a query may run: the pool or a transaction of it. */
export type Queryable = Database | Tx

const oid = { int8: 20, date: 1082, timestamp: 1114, timestamptz: 1184 } as const

/**
 * The value parsers of this product, instead of pg's global ones: int8 as number (every bigint of the
 * schema is a size or a count, far below 2^53), timestamptz as ISO 8601 UTC text.
 */
const parsers = {
  getTypeParser: (id: number, format?: 'text' | 'binary') => {
    if (id === oid.int8) {
      return (text: string) => Number(text)
    }
    if (id === oid.timestamptz) {
      return (text: string) => new Date(text).toISOString()
    }

    return types.getTypeParser(id, format ?? 'text')
  },
}

/** How to reach PostgreSQL: a socket folder of the embedded one, or a URL. */
export type DatabaseAddress =
  | {
      readonly kind: 'socket'
      readonly host: string
      readonly database: string
      readonly user: string
    }
  | { readonly kind: 'url'; readonly url: string }

/** pg's own settings for an address. */
export function poolConfig(address: DatabaseAddress): PoolConfig {
  return address.kind === 'url'
    ? { connectionString: address.url }
    : { host: address.host, database: address.database, user: address.user }
}

/** Opens the pool. Nothing is sent until the first query; `destroy()` closes it. */
export function openDatabase(address: DatabaseAddress, maxConnections = 10): Database {
  const pool = new Pool({ ...poolConfig(address), max: maxConnections, types: parsers })
  // An idle connection that PostgreSQL closes (restart, crash) is replaced at its next use.
  pool.on('error', () => undefined)
  // One that is lost between two statements of a transaction says so by an event alone; the next
  // statement then fails, and with it the transaction. Unheard, the event would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))

  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: withPreparedStatements(pool) }),
  })
}

/** A value as the text that a jsonb column takes. */
export function json(value: unknown): string {
  return JSON.stringify(value)
}
