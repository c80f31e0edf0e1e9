import { createHash, timingSafeEqual } from 'node:crypto'
import type { Md5 } from '../handles.ts'

/** A call of the notification URL (`IF: 1`; 1.1 of the text, spec §6.3). */
export type Notification =
  | {
      readonly ok: true
      /** Of the file that was signed. No request and no signer: poll every open one of this MD5. */
      readonly md5: Md5
      /** As it came; compare with `matchGostHash`. */
      readonly gostHash: string | undefined
    }
  /** Answer 404 to both, so that nobody learns which. */
  | { readonly ok: false; readonly reason: 'wrong-key' | 'malformed' }

/**
 * Reads `apikey`, `md5hash` and `gosthash`. The key is compared in constant time with each that is given
 * (the old and the new one while a key is changed). It stands in the query: keep that out of logs, with
 * {@link redactNotification}.
 */
export function parseNotification(
  query: string,
  { keys }: { readonly keys: readonly string[] },
): Notification {
  const parameters = new URLSearchParams(query.slice(0, 8192).replace(/^[^?]*\?/, ''))
  const offered = digest(parameters.get('apikey') ?? '')
  let isKnown = false
  // Every key is looked at: how long it takes tells nothing of which one.
  for (const key of keys) {
    const isThis = timingSafeEqual(digest(key), offered)
    isKnown = isKnown || (isThis && key !== '')
  }
  if (!isKnown) return { ok: false, reason: 'wrong-key' }

  const md5 = parameters.get('md5hash')?.trim().toLowerCase() ?? ''
  if (!/^[0-9a-f]{32}$/.test(md5)) return { ok: false, reason: 'malformed' }
  const gostHash = parameters.get('gosthash')?.trim()

  return {
    ok: true,
    md5: md5 as Md5,
    gostHash: gostHash !== undefined && /^[0-9a-f]{64}$/i.test(gostHash) ? gostHash : undefined,
  }
}

const SECRETS = /([?&;]|^)(apikey|api_key|key|md5hash|gosthash|md5|hash)=[^&#\s]*/gi

/** An address or query for a log: the values of keys and hashes are `…`. */
export function redactNotification(address: string): string {
  return address.replace(SECRETS, '$1$2=…')
}

// Digests have one length, so the comparison tells nothing of the key's.
function digest(text: string): Uint8Array {
  return createHash('sha256').update(text, 'utf8').digest()
}
