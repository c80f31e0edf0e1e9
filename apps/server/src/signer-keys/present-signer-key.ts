import { describeSignerKey, findReadinessFaults, type SignerKeyKind } from '@muhr/signer-key'
import type { Queryable } from '../database/open-database.ts'
import type { KeyBody } from '../http/schemas/key-schemas.ts'
import type { SignerKeyRow } from './find-signer-keys.ts'

/** A key as the API shows it: all of its certificate, nothing of its secret. */
export function presentSignerKey(
  row: SignerKeyRow,
  { now, connections }: { readonly now: Date; readonly connections: readonly string[] },
): KeyBody {
  const kind = row.kind as SignerKeyKind
  const description = describeSignerKey(kind, new Uint8Array(row.certificate))

  return {
    id: row.id,
    name: row.name,
    kind,
    attendance: row.attendance,
    subject: description.subject,
    issuer: description.issuer,
    serialNumber: description.serialNumber,
    notBefore: description.notBefore.toISOString(),
    notAfter: description.notAfter.toISOString(),
    algorithm: description.algorithm,
    sha1: row.sha1,
    sha256: row.sha256,
    certificate: Buffer.from(row.certificate).toString('base64'),
    signer: {
      name: description.name,
      organisation: description.organisation,
      title: description.title,
      ...description.identifiers,
    },
    hasOrganisationData: description.hasOrganisationData,
    faults: [...findReadinessFaults(description, { at: now })],
    isSoftware: description.isSoftware,
    acknowledged:
      row.acknowledged_at === null || row.acknowledged_by === null
        ? null
        : { at: row.acknowledged_at, by: row.acknowledged_by },
    connections: [...connections],
    createdAt: row.created_at,
    removedAt: row.removed_at,
  }
}

/** The history of a key, oldest first. */
export async function readKeyEvents(db: Queryable, organisationId: string, keyId: string) {
  const rows = await db
    .selectFrom('signer_key_events')
    .select(['at', 'type', 'actor', 'data'])
    .where('organisation_id', '=', organisationId)
    .where('signer_key_id', '=', keyId)
    .orderBy('id')
    .execute()

  return rows
}
