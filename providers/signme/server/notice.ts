import type { HttpReply, Notice, NoticeInput } from '@muhr/envelope'
import { parseNotification } from '@muhr/signme'
import type { SignmeConnection } from './connection.ts'
import type { SignmeHandle } from './handle.ts'

/**
 * A notification by `IF` (§6.3): it names a file by its MD5, and nobody. Every open request over such a
 * file is asked about. A key that is not ours is answered as if nothing were here.
 */
export async function notice({
  connection,
  http,
  open,
}: NoticeInput<SignmeConnection, SignmeHandle>): Promise<Notice> {
  const notification = parseNotification(http.query, { keys: [connection.key] })
  if (http.method !== 'GET' || !notification.ok) {
    return { requests: [], reply: plain(404) }
  }
  const found = await open.ofContents([notification.md5])

  return { requests: found.map(({ id }) => id), reply: plain(200) }
}

function plain(status: number): HttpReply {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    body: Buffer.from(status === 200 ? 'ok' : ''),
  }
}
