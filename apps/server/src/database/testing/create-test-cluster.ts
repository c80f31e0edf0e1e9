import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { runAsSuperuser, type SocketConnection } from '../launcher/connect.ts'
import { launchPostgres } from '../launcher/launch-postgres.ts'
import { binariesOf, type TestEngine } from './engines.ts'
import { makeRunFolder, removeRunFolder, runFolderVariable } from './run-folder.ts'

/** An empty database of its own, owned by the role that the product uses. */
export type TestDatabase = {
  readonly connection: SocketConnection
  /** The same as a `DATABASE_URL`. */
  readonly url: string
  /** Ends all its sessions and removes it. */
  readonly drop: () => Promise<void>
}

export type TestCluster = {
  readonly engine: TestEngine
  readonly createDatabase: () => Promise<TestDatabase>
  /** Call it at the end of the test file. */
  readonly close: () => Promise<void>
}

/**
 * A PostgreSQL for tests. One server per engine serves a whole test run: the first file that asks
 * starts it (about a second), the run's global set-up stops it. Without that set-up the server is the
 * caller's own and ends with `close`. Nothing is synced to disk.
 *
 * @example
 * describe.each(availableEngines())('on %s', (engine) => {
 *   let cluster: TestCluster
 *   beforeAll(async () => { cluster = await createTestCluster(engine) })
 *   afterAll(() => cluster.close())
 * })
 */
export async function createTestCluster(engine: TestEngine = 'embedded'): Promise<TestCluster> {
  const shared = process.env[runFolderVariable]
  const folder = shared ?? (await makeRunFolder())
  const postgres = await launchPostgres({
    stateDir: path.join(folder, engine),
    binaries: binariesOf(engine),
    isDurable: false,
    settings: { max_connections: '200' },
    log: () => undefined,
  })
  const { host } = postgres.connection

  return {
    engine,
    createDatabase: () => createDatabase(postgres.connection),
    close: async () => {
      if (shared === undefined) {
        await postgres.stop()
        await removeRunFolder(folder)
      } else {
        await postgres.leave()
      }
    },
  }

  async function createDatabase({ user }: SocketConnection): Promise<TestDatabase> {
    const database = `test_${randomBytes(8).toString('hex')}`
    await runAsSuperuser(host, [`create database ${database} owner ${user}`])

    return {
      connection: { host, database, user },
      url: `postgresql://${user}@localhost/${database}?host=${encodeURIComponent(host)}`,
      drop: () => runAsSuperuser(host, [`drop database if exists ${database} with (force)`]),
    }
  }
}
