import { redact } from '@muhr/http'

const EMAIL = /[^\s@<>"']+@[^\s@<>"']+/g
const MIN_SECRET_LENGTH = 4
const DIGITS = /\d{4,}/g
const HEX_WORD = /\b[0-9a-f]{16,}\b/gi

/**
 * What Sign.Me wrote, fit for an error: at most 200 characters on one line, without what this call holds
 * secret and without anything that looks like a key, an MD5, an e-mail or the number of a person.
 */
export function redactSaid(text: string, secrets: readonly string[]): string | undefined {
  let line = text.slice(0, 4000)
  for (const secret of secrets) {
    // Shorter ones are words of their own in any text.
    if (secret.length < MIN_SECRET_LENGTH) continue
    line = line.replace(new RegExp(secret.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu'), '…')
  }

  return redact(line.replace(EMAIL, '…').replace(HEX_WORD, '…').replace(DIGITS, '…'))?.slice(0, 200)
}
