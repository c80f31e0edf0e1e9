import { createHash, timingSafeEqual } from 'node:crypto'
import type { SessionAuth } from '../session/session.ts'
import { headerValue, type RequestHeaders } from './message.ts'

/**
 * Whether a call of API #2 comes from who read API #1: with `Token`, the header is
 * `Authorization: Bearer <auth_token>` [seed, section 4]; with `None`, nothing is asked. It has to be
 * asked on GET and on PUT alike. The token is compared in constant time.
 */
export function isAuthentic(auth: SessionAuth, headers: RequestHeaders): boolean {
  if (auth.type === 'None') return true

  // RFC 9110 section 11.1: the scheme is read in any case, the credentials are not.
  const match = /^bearer +([^\s,]+)$/i.exec(headerValue(headers, 'authorization')?.trim() ?? '')

  return match?.[1] !== undefined && timingSafeEqual(digest(match[1]), digest(auth.token))
}

// Digests have one length, so the comparison tells nothing of the token's.
function digest(text: string): Uint8Array {
  return createHash('sha256').update(text, 'utf8').digest()
}
