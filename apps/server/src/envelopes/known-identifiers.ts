import type { NationalIdentifiers } from '@muhr/envelope'
import type { Queryable } from '../database/open-database.ts'

/** Identifiers of recipients of earlier envelopes of the organisation, by the id of the recipient. */
export async function knownIdentifiers(
  db: Queryable,
  organisationId: string,
  recipients: readonly string[],
): Promise<ReadonlyMap<string, NationalIdentifiers>> {
  if (recipients.length === 0) {
    return new Map()
  }
  const rows = await db
    .selectFrom('recipients')
    .select(['id', 'identifiers'])
    .where('organisation_id', '=', organisationId)
    .where('id', 'in', recipients)
    .execute()

  return new Map(rows.map(({ id, identifiers }) => [id, identifiers as NationalIdentifiers]))
}
