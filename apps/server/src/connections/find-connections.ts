import type { Queryable } from '../database/open-database.ts'

/** A connection as it lies in the database, with its key and how its watch goes. */
export type StoredConnection = {
  readonly id: string
  readonly organisation_id: string
  readonly provider: string
  readonly name: string
  readonly settings: unknown
  readonly policy: string
  readonly secret: string | null
  readonly secret_key_id: string | null
  readonly revision: number
  readonly created_at: string
  readonly disabled_at: string | null
  readonly signer_key_id: string | null
  readonly watched_at: string | null
  readonly failures: number | null
  readonly failed_code: string | null
  readonly failed_since: string | null
  /** When the look that waits longest was due; null when nothing is open. */
  readonly oldest_due_at: string | null
}

const connectionsOf = (db: Queryable, organisationId: string) =>
  db
    .selectFrom('connections as c')
    .leftJoin('signer_key_choices as k', 'k.connection_id', 'c.id')
    .leftJoin('connection_watches as w', 'w.connection_id', 'c.id')
    .select(({ selectFrom }) => [
      'c.id',
      'c.organisation_id',
      'c.provider',
      'c.name',
      'c.settings',
      'c.policy',
      'c.secret',
      'c.secret_key_id',
      'c.revision',
      'c.created_at',
      'c.disabled_at',
      'k.signer_key_id',
      'w.watched_at',
      'w.failures',
      'w.failed_code',
      'w.failed_since',
      selectFrom('request_looks as l')
        .select(({ fn }) => fn.min('l.due_at').as('at'))
        .whereRef('l.connection_id', '=', 'c.id')
        .as('oldest_due_at'),
    ])
    .where('c.organisation_id', '=', organisationId)

/** Connections of an organisation, oldest first; disabled ones too. */
export function listConnections(
  db: Queryable,
  organisationId: string,
): Promise<readonly StoredConnection[]> {
  return connectionsOf(db, organisationId).orderBy('c.id').execute()
}

/** A connection of an organisation. */
export function findConnection(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<StoredConnection | undefined> {
  return connectionsOf(db, organisationId).where('c.id', '=', id).executeTakeFirst()
}

/** The history of a connection, oldest first. */
export function readConnectionEvents(db: Queryable, organisationId: string, id: string) {
  return db
    .selectFrom('connection_events')
    .select(['at', 'type', 'actor', 'data'])
    .where('organisation_id', '=', organisationId)
    .where('connection_id', '=', id)
    .orderBy('id')
    .execute()
}
