import { createHash } from 'node:crypto'
import type { Sha256Hex } from '@muhr/envelope'
import { sql } from 'kysely'
import type { AppContext } from '../app-context.ts'

/**
 * MD5 of stored bytes as 32 lower-case hex digits, for services that name files by it. Computed once,
 * then kept beside their SHA-256; it proves nothing.
 * @throws `store.not-found` where there are no such bytes
 */
export async function contentMd5(
  { db, store }: Pick<AppContext, 'db' | 'store'>,
  sha256: Sha256Hex,
): Promise<string> {
  const { rows } = await sql<{ md5: string }>`
    select md5 from content_md5s where sha256 = ${sha256}`.execute(db)
  const [known] = rows
  if (known !== undefined) {
    return known.md5
  }
  const hash = createHash('md5')
  for await (const piece of store.open(sha256)) {
    hash.update(piece)
  }
  const md5 = hash.digest('hex')
  await sql`insert into content_md5s (sha256, md5) values (${sha256}, ${md5})
    on conflict do nothing`.execute(db)

  return md5
}
