import type { RequestId } from '@muhr/envelope'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Database, openDatabase } from '../database/open-database.ts'
import {
  createTestCluster,
  type TestCluster,
  type TestDatabase,
} from '../database/testing/index.ts'
import { createJobQueue, type JobQueue } from './queue.ts'

let cluster: TestCluster
let database: TestDatabase
let db: Database
let queue: JobQueue
beforeAll(async () => {
  cluster = await createTestCluster('embedded')
  database = await cluster.createDatabase()
  const address = { kind: 'socket', ...database.connection } as const
  db = openDatabase(address)
  queue = await createJobQueue(address, { concurrency: 1, onError: () => undefined })
})
afterAll(async () => {
  await queue.stop()
  await db.destroy()
  await database.drop()
  await cluster.close()
})

it('builds evidence when nothing else waits', async () => {
  const look = { kind: 'look', request: 'req_1' as RequestId } as const
  await db.transaction().execute((tx) => queue.enqueue(tx, 'env_1', [{ kind: 'conclude' }]))
  await queue.enqueueOwed(db, [
    { envelope: 'env_2', job: { kind: 'conclude' } },
    { envelope: 'env_3', job: look },
  ])
  await db.transaction().execute((tx) => queue.enqueue(tx, 'env_4', [look]))
  const done: string[] = []
  await new Promise<void>((resolve) => {
    void queue.work(async ({ envelope }) => {
      done.push(envelope)
      if (done.length === 4) resolve()
    })
  })
  expect(done.slice(0, 2).toSorted()).toEqual(['env_3', 'env_4'])
  expect(done.slice(2).toSorted()).toEqual(['env_1', 'env_2'])
})
