import type { ActorRef } from '@muhr/envelope'
import type { Queryable } from '../database/open-database.ts'
import type { KeySettings } from './key-material.ts'

/** A signer key as it lies in the database; its secret stays encrypted. */
export type SignerKeyRow = {
  readonly id: string
  readonly organisation_id: string
  readonly name: string
  readonly kind: string
  readonly attendance: 'unattended' | 'attended'
  readonly certificate: Uint8Array
  readonly sha1: string
  readonly sha256: string
  /** End of the certificate. */
  readonly not_after: string
  readonly settings: KeySettings
  readonly secret: Uint8Array | null
  readonly secret_key_id: string | null
  readonly created_at: string
  readonly created_by: ActorRef
  readonly acknowledged_at: string | null
  readonly acknowledged_by: ActorRef | null
  readonly removed_at: string | null
}

const columns = [
  'id',
  'organisation_id',
  'name',
  'kind',
  'attendance',
  'certificate',
  'sha1',
  'sha256',
  'not_after',
  'settings',
  'secret',
  'secret_key_id',
  'created_at',
  'created_by',
  'acknowledged_at',
  'acknowledged_by',
  'removed_at',
] as const

const keysOf = (db: Queryable, organisationId: string) =>
  db.selectFrom('signer_keys').select(columns).where('organisation_id', '=', organisationId)

/** A key of an organisation, removed ones too. */
export async function findSignerKey(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<SignerKeyRow | undefined> {
  const row = await keysOf(db, organisationId).where('id', '=', id).executeTakeFirst()

  return row as SignerKeyRow | undefined
}

/** Keys of an organisation that are not removed, oldest first. */
export async function listSignerKeys(
  db: Queryable,
  organisationId: string,
): Promise<readonly SignerKeyRow[]> {
  const rows = await keysOf(db, organisationId)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute()

  return rows as readonly SignerKeyRow[]
}

/** Connections that seal with a key by default, by key. */
export async function choicesOf(
  db: Queryable,
  organisationId: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db
    .selectFrom('signer_key_choices')
    .select(['signer_key_id', 'connection_id'])
    .where('organisation_id', '=', organisationId)
    .orderBy('connection_id')
    .execute()

  const choices = new Map<string, string[]>()
  for (const { signer_key_id, connection_id } of rows) {
    choices.set(signer_key_id, [...(choices.get(signer_key_id) ?? []), connection_id])
  }

  return choices
}
