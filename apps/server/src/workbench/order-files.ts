import type { Sha256Hex } from '@muhr/envelope'
import { isSafePath } from '@muhr/zip'
import type { AppContext } from '../app-context.ts'
import { json, type Queryable, type Tx } from '../database/open-database.ts'
import { Problem } from '../http/problems.ts'
import type { StoredBlob } from '../store/blob-store.ts'
import type { OrderRow } from './orders.ts'

/** What a file is to its order. */
export type FileRole = 'main' | 'document' | 'signature' | 'package' | 'result'

export type OrderFileRow = {
  readonly id: string
  readonly role: FileRole
  readonly name: string
  readonly sha256: Sha256Hex
  readonly size: number
  readonly media_type: string
  readonly link: string | null
  readonly created_at: string
  readonly removed_at: string | null
}

/** Files of an order, removed ones too, oldest first. */
export async function filesOf(
  db: Queryable,
  order: Pick<OrderRow, 'id' | 'organisation_id'>,
): Promise<readonly OrderFileRow[]> {
  const rows = await db
    .selectFrom('workbench_files')
    .select([
      'id',
      'role',
      'name',
      'sha256',
      'size',
      'media_type',
      'link',
      'created_at',
      'removed_at',
    ])
    .where('organisation_id', '=', order.organisation_id)
    .where('order_id', '=', order.id)
    .orderBy('id')
    .execute()

  return rows as unknown as readonly OrderFileRow[]
}

/** Those that are not removed, of some roles. */
export const liveFiles = (
  files: readonly OrderFileRow[],
  ...roles: readonly FileRole[]
): readonly OrderFileRow[] =>
  files.filter(({ role, removed_at }) => removed_at === null && roles.includes(role))

export type NewFile = StoredBlob & {
  readonly role: FileRole
  readonly name: string
  readonly mediaType: string
  readonly link?: string
}

/** Writes the row of a file whose bytes are in the store. @throws Problem `workbench.file-name` */
export async function insertFile(
  app: Pick<AppContext, 'ids' | 'now'>,
  tx: Tx,
  input: { readonly order: OrderRow; readonly actor: unknown; readonly file: NewFile },
): Promise<string> {
  const { order, actor, file } = input
  const id = app.ids.own('workbench-file')
  const inserted = await tx
    .insertInto('workbench_files')
    .values({
      id,
      organisation_id: order.organisation_id,
      order_id: order.id,
      role: file.role,
      name: file.name,
      sha256: file.sha256,
      size: file.size,
      media_type: file.mediaType,
      link: file.link ?? null,
      created_at: app.now(),
      created_by: json(actor),
      removed_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (inserted === undefined) {
    throw new Problem('workbench.file-name', 'The order has a file of this name already.', {
      field: 'fileName',
    })
  }

  return id
}

/** Marks files as removed; their bytes stay, for they may have been sent. */
export async function removeFiles(
  app: Pick<AppContext, 'now'>,
  tx: Tx,
  { order, ids }: { readonly order: OrderRow; readonly ids: readonly string[] },
): Promise<void> {
  if (ids.length === 0) {
    return
  }
  await tx
    .updateTable('workbench_files')
    .set({ removed_at: app.now() })
    .where('organisation_id', '=', order.organisation_id)
    .where('order_id', '=', order.id)
    .where('removed_at', 'is', null)
    .where('id', 'in', [...ids])
    .execute()
}

/**
 * A file name that can stand flat in a package: no folders, not that of a signature.
 * @throws Problem `workbench.file-name`
 */
export function checkFileName(name: string): string {
  const plain = name.normalize('NFC')
  const isReserved = /\.sig$/i.test(plain) || plain.toLowerCase() === 'sign_config.xml'
  if (plain.includes('/') || !isSafePath(plain) || isReserved) {
    throw new Problem('workbench.file-name', 'The file name cannot stand in a package.', {
      field: 'fileName',
    })
  }

  return plain
}
