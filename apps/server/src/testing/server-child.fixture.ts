import { pino } from 'pino'
import { loadConfig } from '../config/index.ts'
import type { DatabaseAddress } from '../database/open-database.ts'
import { sweepOwed } from '../jobs/sweep-owed.ts'
import { grantAll } from '../pacing/grant-slots.ts'
import { startServer } from '../start-server.ts'
import { watchDue } from '../watching/watch-due.ts'

type Wish = {
  readonly env: Readonly<Record<string, string>>
  readonly database: DatabaseAddress
  readonly offsetMs: number
}

/** The server as a process of its own, for tests that kill it. Its clock is told by its parent. */
process.once('message', async ({ env, database, offsetMs }: Wish) => {
  let offset = offsetMs
  const { app } = await startServer({
    config: loadConfig(env, { mode: 'sandbox' }),
    database,
    log: pino({ level: 'silent' }),
    now: () => new Date(Date.now() + offset),
  })
  process.on('message', async (told: { readonly offsetMs: number }) => {
    offset = told.offsetMs
    await sweepOwed(app, { patienceMs: 0 })
    await grantAll(app)
    await watchDue(app)
    process.send?.('hurried')
  })
  process.send?.('ready')
})
