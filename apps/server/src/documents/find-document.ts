import type { DocumentId, Sha256Hex } from '@muhr/envelope'
import type { Queryable } from '../database/open-database.ts'

export type DocumentRow = {
  readonly id: DocumentId
  readonly sha256: Sha256Hex
  readonly size: number
  readonly mediaType: string
  readonly fileName: string
}

/** An uploaded document of an organisation, or undefined. */
export async function findDocument(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<DocumentRow | undefined> {
  const row = await db
    .selectFrom('documents')
    .select(['id', 'sha256', 'size', 'media_type', 'file_name'])
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .executeTakeFirst()

  return row === undefined
    ? undefined
    : {
        id: row.id as DocumentId,
        sha256: row.sha256 as Sha256Hex,
        size: row.size,
        mediaType: row.media_type,
        fileName: row.file_name,
      }
}
