import { Client, DatabaseError } from 'pg'
import { superuser } from './init-cluster.ts'
import { socketPort } from './settings.ts'

/** What a client of the embedded PostgreSQL needs: a folder as host, and names. No password. */
export type SocketConnection = {
  readonly host: string
  readonly database: string
  readonly user: string
}

/** The database of Muhr and the role that owns it, which is no superuser. */
export const applicationName = 'muhr'

/** SQLSTATE classes of PostgreSQL, appendix A. */
const sqlState = {
  startingUp: '57P03',
  tooManyConnections: '53300',
  noSuchDatabase: '3D000',
  invalidAuthorization: '28000',
  duplicateDatabase: '42P04',
  duplicateObject: '42710',
} as const

/** Whether the server takes connections; a full one does. Makes role and database of Muhr when missing. */
export async function isReady(host: string): Promise<boolean> {
  const state = await tryConnect({ host, database: applicationName, user: applicationName })

  if (state === sqlState.noSuchDatabase || state === sqlState.invalidAuthorization) {
    await makeDatabase(host)

    return true
  }

  return state === 'connected' || state === sqlState.tooManyConnections
}

/** Runs statements one by one as superuser, in the database `postgres`. */
export async function runAsSuperuser(host: string, statements: readonly string[]): Promise<void> {
  const client = new Client({
    host,
    port: socketPort,
    ssl: false,
    database: 'postgres',
    user: superuser,
  })
  client.on('error', () => undefined)
  await client.connect()

  try {
    for (const statement of statements) {
      await client.query(statement)
    }
  } finally {
    await client.end()
  }
}

async function makeDatabase(host: string): Promise<void> {
  const statements = [
    `create role ${applicationName} login`,
    `create database ${applicationName} owner ${applicationName}`,
  ]

  for (const statement of statements) {
    try {
      await runAsSuperuser(host, [statement])
    } catch (error) {
      if (!isState(error, [sqlState.duplicateDatabase, sqlState.duplicateObject])) {
        throw error
      }
    }
  }
}

async function tryConnect(connection: SocketConnection): Promise<string> {
  const client = new Client({
    ...connection,
    port: socketPort,
    ssl: false,
    connectionTimeoutMillis: 5_000,
  })
  // A server that goes away in mid-connection is no crash of ours.
  client.on('error', () => undefined)

  try {
    await client.connect()

    return 'connected'
  } catch (error) {
    return error instanceof DatabaseError ? (error.code ?? 'refused') : 'unreachable'
  } finally {
    await client.end().catch(() => undefined)
  }
}

function isState(error: unknown, states: readonly string[]): boolean {
  return error instanceof DatabaseError && states.includes(error.code ?? '')
}
