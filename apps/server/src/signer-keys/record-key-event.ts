import type { ActorRef } from '@muhr/envelope'
import { json, type Queryable } from '../database/open-database.ts'

/** What happened to a signer key; append-only in the database. */
export type KeyEventType = 'added' | 'acknowledged' | 'chosen' | 'checked' | 'removed' | 'resealed'

/** Writes one line of a key's history, in the transaction of what it tells. Never a secret or a number. */
export async function recordKeyEvent(
  db: Queryable,
  event: {
    readonly organisationId: string
    readonly keyId: string
    readonly at: Date
    readonly type: KeyEventType
    readonly actor: ActorRef
    readonly data?: Readonly<Record<string, string | boolean | null>>
  },
): Promise<void> {
  await db
    .insertInto('signer_key_events')
    .values({
      organisation_id: event.organisationId,
      signer_key_id: event.keyId,
      at: event.at,
      type: event.type,
      actor: json(event.actor),
      data: json(event.data ?? {}),
    })
    .execute()
}
