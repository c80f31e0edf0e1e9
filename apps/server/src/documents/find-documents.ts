import type { DocumentId, Sha256Hex } from '@muhr/envelope'
import type { Queryable } from '../database/open-database.ts'

export type DocumentRow = {
  readonly id: DocumentId
  readonly sha256: Sha256Hex
  readonly size: number
  readonly mediaType: string
  readonly fileName: string
}

/** Uploaded documents of an organisation by id; ids that are not there are absent from the answer. */
export async function findDocuments(
  db: Queryable,
  organisationId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DocumentRow>> {
  if (ids.length === 0) {
    return new Map()
  }
  const rows = await db
    .selectFrom('documents')
    .select(['id', 'sha256', 'size', 'media_type', 'file_name'])
    .where('organisation_id', '=', organisationId)
    .where('id', 'in', [...new Set(ids)])
    .execute()

  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id as DocumentId,
        sha256: row.sha256 as Sha256Hex,
        size: row.size,
        mediaType: row.media_type,
        fileName: row.file_name,
      },
    ]),
  )
}
