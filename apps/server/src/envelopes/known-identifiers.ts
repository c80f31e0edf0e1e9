import type { Contact, NationalIdentifiers } from '@muhr/envelope'
import type { Queryable } from '../database/open-database.ts'

/** What an earlier recipient is known by. */
export type KnownRecipient = {
  readonly identifiers: NationalIdentifiers
  readonly contact: Contact
}

/** Identifiers and contacts of recipients of earlier envelopes of the organisation, by the id of the recipient. */
export async function knownIdentifiers(
  db: Queryable,
  organisationId: string,
  recipients: readonly string[],
): Promise<ReadonlyMap<string, KnownRecipient>> {
  if (recipients.length === 0) {
    return new Map()
  }
  const rows = await db
    .selectFrom('recipients')
    .select(['id', 'identifiers', 'contact'])
    .where('organisation_id', '=', organisationId)
    .where('id', 'in', recipients)
    .execute()

  return new Map(
    rows.map(({ id, identifiers, contact }) => [
      id,
      { identifiers: identifiers as NationalIdentifiers, contact: contact as Contact },
    ]),
  )
}
