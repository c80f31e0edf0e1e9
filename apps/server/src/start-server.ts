import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { AppContext } from './app-context.ts'
import { createKeyCache } from './auth/key-cache.ts'
import { sweepExpired } from './auth/sessions.ts'
import type { Config } from './config/config.ts'
import { resealConnections } from './connections/reseal-connections.ts'
import { migrateDatabase } from './database/migrate.ts'
import { type DatabaseAddress, openDatabase } from './database/open-database.ts'
import { createChangeFeed } from './events/change-feed.ts'
import { buildHttp } from './http/build-http.ts'
import { createIds } from './instance/ids.ts'
import { readInstanceKey } from './instance/instance-key.ts'
import { createSealer } from './instance/sealer.ts'
import { openSecretBox } from './instance/secret-box.ts'
import { createTokens, hashToken } from './instance/tokens.ts'
import { handleJob } from './jobs/handle-job.ts'
import { createJobQueue } from './jobs/queue.ts'
import { repeat } from './jobs/repeat.ts'
import { sweepOwed } from './jobs/sweep-owed.ts'
import { tickDue } from './jobs/tick-due.ts'
import { forgetSlots, grantAll } from './pacing/grant-slots.ts'
import { createProviders } from './providers.ts'
import { createSignerKeys } from './signer-keys/create-signer-keys.ts'
import { resealSignerKeys } from './signer-keys/reseal-signer-keys.ts'
import { createFileStore } from './store/file-store.ts'
import { createTrust } from './verification/trust.ts'
import { watchDue } from './watching/watch-due.ts'
import { resealAccounts } from './workbench/change-accounts.ts'

const sweepEveryMs = 30_000
/** How late a deadline or the end of a code may be seen. */
const tickEveryMs = 2_000

export type RunningServer = {
  readonly app: AppContext
  readonly http: FastifyInstance
  readonly url: string
  readonly stop: () => Promise<void>
}

/**
 * Starts the server on a database that is there: migrates, opens the store, takes jobs, listens. Work
 * that an earlier life left owed is taken up before the first request.
 */
export async function startServer(input: {
  readonly config: Config
  readonly database: DatabaseAddress
  readonly log: Logger
  readonly now?: () => Date
  /** Default: every provider that is installed. */
  readonly providers?: AppContext['providers']
  /** Default: those of the database. */
  readonly signerKeys?: AppContext['signerKeys']
  /** Called before the server listens: makes what a mode needs (the sandbox's organisation). */
  readonly prepare?: (app: AppContext) => Promise<void>
}): Promise<RunningServer> {
  const { config, database, log } = input
  const now = input.now ?? (() => new Date())
  const db = openDatabase(database)
  await migrateDatabase(db)
  const instanceKey = await readInstanceKey(config.dataDir)
  const tokens = createTokens(instanceKey)
  const store = await createFileStore(config.storeDir)
  const queue = await createJobQueue(database, {
    concurrency: 4,
    onError: (error) => log.warn({ reason: (error as Error).message }, 'the job queue stumbled'),
  })
  const changes = await createChangeFeed(database, log)
  const trust = createTrust({ config, log })
  const secrets = openSecretBox(config, instanceKey)
  const app: AppContext = {
    config,
    db,
    store,
    queue,
    changes,
    providers: input.providers ?? createProviders(),
    trust,
    tokens,
    sealer: createSealer(instanceKey),
    secrets,
    keys: createKeyCache({ db, changes, now }),
    signerKeys: input.signerKeys ?? createSignerKeys({ config, db, secrets, trust, now }),
    inFlight: new Set(),
    hashes: {
      callback: (id) => hashToken(tokens.callback(id)),
      signer: (id) => hashToken(tokens.signer(id)),
    },
    ids: createIds(),
    now,
    log,
  }
  await resealSignerKeys(app)
  await resealConnections(app)
  await resealAccounts(app)
  await input.prepare?.(app)
  await sweepOwed(app, { patienceMs: 0 })
  await queue.work((job) => handleJob(app, job))
  const http = await buildHttp(app)
  await http.listen({ host: config.host, port: config.port })
  const failed = (what: string) => (error: unknown) =>
    log.warn({ reason: (error as Error).name }, `${what} failed and will be tried again`)
  const timers = [
    repeat({
      everyMs: tickEveryMs,
      run: () => tickDue(app),
      onError: failed('a look at the time'),
    }),
    repeat({
      everyMs: tickEveryMs,
      run: () => grantAll(app),
      onError: failed('granting slots'),
    }),
    repeat({
      everyMs: tickEveryMs,
      run: () => watchDue(app),
      onError: failed('watching'),
    }),
    repeat({
      everyMs: sweepEveryMs,
      run: async () => {
        await sweepOwed(app)
        await forgetSlots(app)
        await sweepExpired(db, now())
      },
      onError: failed('a sweep'),
    }),
  ]

  return {
    app,
    http,
    url: config.publicUrl,
    stop: async () => {
      await Promise.all(timers.map((timer) => timer.stop()))
      await http.close()
      await queue.stop()
      await changes.close()
      await db.destroy()
    },
  }
}
