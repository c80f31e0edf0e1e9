import type { Queryable } from '../database/open-database.ts'

export type FailingConnection = {
  /** What its provider said, as a code. */
  readonly code: string
  /** Since when it cannot be watched, ISO 8601 UTC. */
  readonly since: string
  /** When it is tried again, ISO 8601 UTC. */
  readonly retryAt: string
}

/** Connections of an organisation whose watch fails, by id. */
export async function failingConnections(
  db: Queryable,
  organisation: string,
): Promise<ReadonlyMap<string, FailingConnection>> {
  const rows = await db
    .selectFrom('connection_watches as w')
    .innerJoin('connections as c', 'c.id', 'w.connection_id')
    .select(['c.id', 'w.failed_code', 'w.failed_since', 'w.due_at'])
    .where('c.organisation_id', '=', organisation)
    .where('w.failures', '>', 0)
    .execute()

  return new Map(
    rows.map((row) => [
      row.id,
      { code: row.failed_code ?? '', since: row.failed_since ?? '', retryAt: row.due_at },
    ]),
  )
}
