import type { ActorRef } from '@muhr/envelope'
import { json, type Queryable } from '../database/open-database.ts'

/** What happened to a connection; append-only in the database. */
export type ConnectionEventType =
  | 'created'
  | 'changed'
  | 'disabled'
  | 'enabled'
  | 'checked'
  | 'resealed'

/** Writes one line of a connection's history, in the transaction of what it tells. Never a secret. */
export async function recordConnectionEvent(
  db: Queryable,
  event: {
    readonly organisationId: string
    readonly connectionId: string
    readonly at: Date
    readonly type: ConnectionEventType
    readonly actor: ActorRef
    readonly data?: Readonly<Record<string, string | number | boolean | readonly string[]>>
  },
): Promise<void> {
  await db
    .insertInto('connection_events')
    .values({
      organisation_id: event.organisationId,
      connection_id: event.connectionId,
      at: event.at,
      type: event.type,
      actor: json(event.actor),
      data: json(event.data ?? {}),
    })
    .execute()
}
