import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrateDatabase } from '../database/migrate.ts'
import { type Database, openDatabase } from '../database/open-database.ts'
import {
  availableEngines,
  createTestCluster,
  type TestCluster,
  type TestDatabase,
} from '../database/testing/index.ts'
import { readWaiting } from './waiting-calls.ts'

describe.each(availableEngines())('calls that wait for a slot, on %s PostgreSQL', (engine) => {
  let cluster: TestCluster
  let database: TestDatabase
  let db: Database
  beforeAll(async () => {
    cluster = await createTestCluster(engine)
    database = await cluster.createDatabase()
    db = openDatabase({ kind: 'socket', ...database.connection })
    await migrateDatabase(db)
  })
  afterAll(async () => {
    await db.destroy()
    await database.drop()
    await cluster.close()
  })

  it.each([true, false])('are found by an index of their own, ready: %s', async (ready) => {
    const scans = await db.transaction().execute(async (tx) => {
      // Of an empty table every plan is as good: the one through the whole table is forbidden.
      await sql`set local enable_seqscan = off`.execute(tx)
      await sql`set local enable_bitmapscan = off`.execute(tx)
      await readWaiting(tx, { provider: 'goskey', now: new Date(), ready })
      const { rows } = await sql<{ name: string }>`
        select indexrelname as name from pg_stat_user_indexes
        where relname = 'requests' and pg_stat_get_xact_numscans(indexrelid) > 0`.execute(tx)

      return rows.map(({ name }) => name)
    })
    expect(scans).toContain('requests_waiting')
  })
})
