import type { DocumentId, Sha256Hex } from '@muhr/envelope'
import { sql } from 'kysely'
import type { AppContext } from '../app-context.ts'
import {
  type ConnectionRow,
  connectionOf,
  type LoadedOrganisation,
} from '../connections/load-connection.ts'
import type { DocumentRow } from '../documents/find-document.ts'

/** What a wish for an envelope is held against. */
export type WishContext = {
  readonly organisation: LoadedOrganisation
  /** Uploaded documents of the organisation; ids that are not there are absent. */
  readonly documents: ReadonlyMap<string, DocumentRow>
}

type Row = Pick<ConnectionRow, 'sandbox' | 'names' | 'bin' | 'inn'> & {
  readonly connections: readonly Omit<ConnectionRow, 'sandbox' | 'names' | 'bin' | 'inn'>[]
  readonly documents: readonly {
    readonly id: string
    readonly sha256: string
    readonly size: number
    readonly media_type: string
    readonly file_name: string
  }[]
}

/** The organisation with its connections, and the documents that a wish names, in one statement. */
export async function loadWishContext(
  app: Pick<AppContext, 'db' | 'providers' | 'secrets'>,
  organisationId: string,
  documentIds: readonly string[],
): Promise<WishContext> {
  const { rows } = await sql<Row>`
    select o.sandbox, o.names, o.bin, o.inn,
      (select coalesce(json_agg(c order by c.id), '[]')
        from connections c where c.organisation_id = o.id) as connections,
      (select coalesce(json_agg(d), '[]')
        from documents d where d.organisation_id = o.id
          and d.id = any(${[...documentIds]}::text[])) as documents
    from organisations o where o.id = ${organisationId}`.execute(app.db)
  const [row] = rows
  if (row === undefined) {
    return { organisation: { sandbox: false, connections: [] }, documents: new Map() }
  }
  const { sandbox, names, bin, inn } = row

  return {
    organisation: {
      sandbox,
      connections: row.connections.flatMap(
        (connection) => connectionOf(app, { ...connection, sandbox, names, bin, inn }) ?? [],
      ),
    },
    documents: new Map(
      row.documents.map((document) => [
        document.id,
        {
          id: document.id as DocumentId,
          sha256: document.sha256 as Sha256Hex,
          size: document.size,
          mediaType: document.media_type,
          fileName: document.file_name,
        },
      ]),
    ),
  }
}
