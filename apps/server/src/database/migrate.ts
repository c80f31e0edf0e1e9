import { Migrator } from 'kysely/migration'
import * as initial from './migrations/0001-initial.ts'
import * as signerKeys from './migrations/0002-signer-keys.ts'
import * as calledServices from './migrations/0003-called-services.ts'
import * as connections from './migrations/0004-connections.ts'
import * as workbench from './migrations/0005-workbench.ts'
import * as workbenchCalls from './migrations/0006-workbench-calls.ts'
import * as looks from './migrations/0008-looks.ts'
import * as sharedQuotas from './migrations/0009-shared-quotas.ts'
import * as trustRoots from './migrations/0010-trust-roots.ts'
import * as contacts from './migrations/0011-contacts.ts'
import * as hints from './migrations/0012-hints.ts'
import * as waitingIndex from './migrations/0014-waiting-index.ts'
import * as hintedLooks from './migrations/0015-hinted-looks.ts'
import * as freshLooks from './migrations/0016-fresh-looks.ts'
import type { Database } from './open-database.ts'

/** All migrations by number. A file that landed is never edited; what comes later is added below. */
const migrations = {
  '0001-initial': initial,
  '0002-signer-keys': signerKeys,
  '0003-called-services': calledServices,
  '0004-connections': connections,
  '0005-workbench': workbench,
  '0006-workbench-calls': workbenchCalls,
  '0008-looks': looks,
  '0009-shared-quotas': sharedQuotas,
  '0010-trust-roots': trustRoots,
  '0011-contacts': contacts,
  '0012-hints': hints,
  '0014-waiting-index': waitingIndex,
  '0015-hinted-looks': hintedLooks,
  '0016-fresh-looks': freshLooks,
}

/**
 * Brings the schema up to this program's version. Several processes may call it at once: the migrator
 * holds an advisory lock. Throws what PostgreSQL said when a step fails; that step leaves nothing behind.
 */
export async function migrateDatabase(db: Database): Promise<readonly string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error, results } = await migrator.migrateToLatest()
  if (error !== undefined) {
    throw error
  }

  return (results ?? []).map((result) => result.migrationName)
}
