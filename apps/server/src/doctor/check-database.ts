import { existsSync } from 'node:fs'
import path from 'node:path'
import { Client, type ClientConfig } from 'pg'
import type { Config } from '../config/index.ts'
import { startEmbeddedPostgres } from '../database/launcher/index.ts'
import { type Finding, failure, patienceMs } from './finding.ts'

const check = 'database'
const oldestVersion = 150_000

type Answers = {
  readonly version: string
  readonly number: number
  readonly encoding: string
  readonly may_create: boolean
  readonly fsync: string
  readonly commit: string
  readonly now: Date
}

/**
 * Whether the database can be reached and used. The built-in one is started for the look when it does not
 * run, and stopped again; when it was never made, it is not made now.
 */
export async function checkDatabase(
  config: Pick<Config, 'databaseUrl' | 'postgresDir'>,
): Promise<readonly Finding[]> {
  if (config.databaseUrl !== undefined) {
    return checkServer({ connectionString: config.databaseUrl })
  }
  if (!existsSync(path.join(config.postgresDir, 'cluster'))) {
    return [{ check, result: 'notice', message: 'The built-in one will be made at first start.' }]
  }

  try {
    const postgres = await startEmbeddedPostgres({
      dataDir: config.postgresDir,
      log: () => undefined,
    })

    try {
      return await checkServer({ ...postgres.connection, ssl: false })
    } finally {
      await postgres.stop()
    }
  } catch (error) {
    return [failure(check, error)]
  }
}

async function checkServer(settings: ClientConfig): Promise<readonly Finding[]> {
  const client = new Client({ ...settings, connectionTimeoutMillis: patienceMs })
  client.on('error', () => undefined)

  try {
    await client.connect()
    const { rows } = await client.query<Answers>(
      `select current_setting('server_version') as version,
         current_setting('server_version_num')::int as number,
         pg_encoding_to_char(encoding) as encoding,
         has_database_privilege(datname, 'create') as may_create,
         current_setting('fsync') as fsync,
         current_setting('synchronous_commit') as commit,
         clock_timestamp() as now
       from pg_database where datname = current_database()`,
    )

    return rows.flatMap((answers) => judge(answers, new Date()))
  } catch (error) {
    // The driver's message may repeat the address, and with it the password.
    const { code } = error as { readonly code?: string }

    return [
      {
        check,
        result: 'failed',
        message: `The database does not take our connection${code === undefined ? '' : ` (${code})`}.`,
        advice:
          'Check host, port, name, user and password in DATABASE_URL, and that the server runs.',
      },
    ]
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Exported for its test: what a server's answers mean. */
export function judge(answers: Answers, now: Date): readonly Finding[] {
  const findings: Finding[] = []

  if (answers.number < oldestVersion) {
    findings.push({
      check,
      result: 'failed',
      message: `It is PostgreSQL ${answers.version}.`,
      advice: 'Use PostgreSQL 15 or newer.',
    })
  }
  if (answers.encoding !== 'UTF8') {
    findings.push({
      check,
      result: 'failed',
      message: `Its encoding is ${answers.encoding}, which lacks letters that names are written with.`,
      advice: "Make a database with: create database muhr encoding 'UTF8' template template0",
    })
  }
  if (!answers.may_create) {
    findings.push({
      check,
      result: 'failed',
      message: 'Its user may not make tables.',
      advice: 'Make that user the owner of the database.',
    })
  }
  if (answers.fsync === 'off' || answers.commit === 'off') {
    findings.push({
      check,
      result: 'warning',
      message: 'It does not wait for its disk: a power cut loses what Muhr has confirmed.',
      advice: 'Set fsync and synchronous_commit to on.',
    })
  }
  const skewMs = Math.abs(answers.now.getTime() - now.getTime())
  if (skewMs > 5_000) {
    findings.push({
      check,
      result: 'warning',
      message: `Its clock and ours are ${Math.round(skewMs / 1000)} s apart.`,
      advice: 'Set both by NTP.',
    })
  }

  return [
    ...findings,
    ...(findings.some(({ result }) => result === 'failed')
      ? []
      : [{ check, result: 'passed' as const, message: `PostgreSQL ${answers.version} answers.` }]),
  ]
}
