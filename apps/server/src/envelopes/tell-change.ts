import type { EnvelopeAggregate } from '@muhr/envelope'
import { sql } from 'kysely'
import type { Queryable } from '../database/open-database.ts'
import { changeChannel } from './save-statements.ts'

/** Tells all processes that something beside the envelope's own rows changed (its evidence). */
export async function tellChange(db: Queryable, { envelope }: EnvelopeAggregate): Promise<void> {
  const { organisation, id, version, state } = envelope
  await sql`select pg_notify(${changeChannel}, ${`${organisation} ${id} ${version} ${state}`})`.execute(
    db,
  )
}
