import { existsSync } from 'node:fs'
import path from 'node:path'
import { pino } from 'pino'
import type { Config } from '../config/index.ts'
import { type ConnectionChecker, checkConnection } from '../connections/check-connection.ts'
import { listConnections } from '../connections/find-connections.ts'
import { startEmbeddedPostgres } from '../database/launcher/index.ts'
import { type DatabaseAddress, openDatabase } from '../database/open-database.ts'
import { createIds } from '../instance/ids.ts'
import { readInstanceKey } from '../instance/instance-key.ts'
import { createSealer } from '../instance/sealer.ts'
import { openSecretBox } from '../instance/secret-box.ts'
import { createTokens } from '../instance/tokens.ts'
import { createProviders } from '../providers.ts'
import { createSignerKeys } from '../signer-keys/create-signer-keys.ts'
import { createFileStore } from '../store/file-store.ts'
import { createTrust } from '../verification/trust.ts'
import type { Finding } from './finding.ts'

const check = 'connections'

/** Services whose connections are asked here; the way to us from outside has a look of its own. */
const asked: readonly string[] = ['goskey', 'signme']

/**
 * Asks every connection that is in use what its service says of it: hosts, credentials, harmless calls.
 * Where an API-Key must be signed first, the signer key does it, or its clerk is asked.
 */
export async function checkConnections(
  config: Config,
  now: () => Date,
): Promise<readonly Finding[]> {
  // What was never started has no connections, and is not made now.
  const isThere =
    existsSync(path.join(config.dataDir, 'instance.key')) &&
    (config.databaseUrl !== undefined || existsSync(path.join(config.postgresDir, 'cluster')))
  if (!isThere) {
    return []
  }
  if (config.databaseUrl !== undefined) {
    return look(config, now, { kind: 'url', url: config.databaseUrl })
  }
  const postgres = await startEmbeddedPostgres({
    dataDir: config.postgresDir,
    log: () => undefined,
  })
  try {
    return await look(config, now, { kind: 'socket', ...postgres.connection })
  } finally {
    await postgres.stop()
  }
}

async function look(
  config: Config,
  now: () => Date,
  address: DatabaseAddress,
): Promise<readonly Finding[]> {
  const db = openDatabase(address)
  try {
    const instanceKey = await readInstanceKey(config.dataDir)
    const log = pino({ level: 'silent' })
    const secrets = openSecretBox(config, instanceKey)
    const trust = createTrust({ config, log })
    const app: ConnectionChecker = {
      config,
      db,
      now,
      log,
      secrets,
      ids: createIds(),
      providers: createProviders(),
      sealer: createSealer(instanceKey),
      tokens: createTokens(instanceKey),
      signerKeys: createSignerKeys({ config, db, secrets, trust, now }),
      store: await createFileStore(config.storeDir),
    }
    const organisations = await db.selectFrom('organisations').select('id').orderBy('id').execute()
    const findings: Finding[] = []
    for (const { id } of organisations) {
      findings.push(...(await lookAtOrganisation(app, id)))
    }

    return findings
  } finally {
    await db.destroy()
  }
}

async function lookAtOrganisation(
  app: ConnectionChecker,
  organisation: string,
): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const row of await listConnections(app.db, organisation)) {
    if (row.disabled_at === null && asked.includes(row.provider)) {
      const found = await checkConnection(app, row, { locale: 'en' })
      findings.push(
        ...found.map(({ check: about, result, message, advice }) => ({
          check,
          result,
          message: `${row.name}, ${about}: ${message}`,
          ...(advice === undefined ? {} : { advice }),
        })),
      )
    }
  }

  return findings
}
