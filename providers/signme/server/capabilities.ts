import type { Capabilities } from '@muhr/envelope'
import { signmeMethods } from './methods.ts'

const hourMs = 3_600_000

/** Files of one request, and their octets together; not documented, so a connection may say otherwise (§4.6). */
export const defaultLimits = { maxFiles: 15, maxBytes: 50_000_000 } as const

/** The largest that a connection may allow. */
export const outerLimits = { maxFiles: 100, maxBytes: 200_000_000 } as const

/**
 * Longest that one call may take, ms: 60 s, and a second for every 100 KB of the largest body in base64
 * (§8.2).
 */
export const callTimeoutMs = 60_000 + Math.ceil((outerLimits.maxBytes * 1.4) / 100_000) * 1000

/** A container may come later than the word that it is there (§7). */
export const recollectMs = 24 * hourMs

/**
 * What Sign.Me can do. Sending a request again makes a second one, so a lost answer is never followed by
 * another call; taking a request back races with its signer. It knows people by phone and e-mail.
 */
export const capabilities: Capabilities = {
  id: 'signme',
  country: 'RU',
  methods: signmeMethods.map((method) => ({
    method,
    derivation: 'identity' as const,
    format: 'CMS' as const,
    detached: true,
  })),
  acts: 'watched',
  watch: 'single',
  // `already_rejected` is as good as a rejection (§4.5).
  traits: { cancel: 'call', cancelsAgain: true, idempotency: 'none', renewal: 'none' },
  limits: { maxDocuments: outerLimits.maxFiles, maxBytes: outerLimits.maxBytes },
  contacts: true,
  callTimeoutMs,
  recollectMs,
}
