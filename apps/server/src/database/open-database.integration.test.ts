import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from './open-database.ts'
import { createTestCluster, type TestCluster, type TestDatabase } from './testing/index.ts'

describe('a connection that is lost', () => {
  let cluster: TestCluster
  let database: TestDatabase
  let db: Database

  beforeAll(async () => {
    cluster = await createTestCluster()
    database = await cluster.createDatabase()
    db = openDatabase({ kind: 'socket', ...database.connection })
  })
  afterAll(async () => {
    await db.destroy()
    await database.drop()
    await cluster.close()
  })

  it('between two statements of a transaction fails the transaction, not the process', async () => {
    const broken = db.transaction().execute(async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
      const gone = sql`select pg_terminate_backend(${rows[0]?.pid}::int, 5000)`.execute(db)
      await gone
      await sql`select 1`.execute(tx)
    })
    await expect(broken).rejects.toThrow()

    const { rows } = await sql<{ one: number }>`select 1 as one`.execute(db)
    expect(rows).toEqual([{ one: 1 }])
  })
})
