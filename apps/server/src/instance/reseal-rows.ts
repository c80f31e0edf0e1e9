import type { AppContext } from '../app-context.ts'
import type { Tx } from '../database/open-database.ts'

/**
 * Encrypts under the present secret key what lies under a former one, row by row, each in a transaction
 * of its own. What does not open is left as it is: its key may be put back.
 * @returns how many were encrypted anew, and how many do not open
 */
export async function resealRows<Row, Opened>(
  app: Pick<AppContext, 'db' | 'log'>,
  about: {
    /** As a log names them. */
    readonly what: string
    readonly rows: readonly Row[]
    /** Undefined where the row does not open. */
    readonly open: (row: Row) => Opened | undefined
    /** Writes it encrypted anew; false when another process was first, or the row has changed. */
    readonly write: (tx: Tx, row: Row, opened: Opened) => Promise<boolean>
  },
): Promise<{ readonly resealed: number; readonly unreadable: number }> {
  let resealed = 0
  let unreadable = 0
  for (const row of about.rows) {
    const opened = about.open(row)
    if (opened === undefined) {
      unreadable += 1
      continue
    }
    const isWritten = await app.db.transaction().execute((tx) => about.write(tx, row, opened))
    resealed += isWritten ? 1 : 0
  }
  if (unreadable > 0) {
    app.log.warn({ unreadable }, `${about.what} are encrypted under a secret key that is not set`)
  }

  return { resealed, unreadable }
}
