import type { Capabilities } from '@muhr/envelope'
import { documentLimits } from '@muhr/epgu/goskey'
import { goskeyMethodNames } from './methods.ts'

const hourMs = 3_600_000

/** All chunks of a package go up within five minutes; reading it and repeats come on top. */
const uploadMs = 400_000

/** Life of a request, ms: Goskey gives its recipient a day, whatever a package asks (§5.2). */
export const requestLifeMs = 24 * hourMs

/** Goskey may take so long after a request to say that the sender's signature was never verified (§5.5). */
const graceMs = 8 * hourMs

const { documents, totalBytes } = documentLimits('person-ukep', '1.9')

/**
 * What Goskey can do. Orders are reserved before anything is uploaded, so a lost answer is resolved by
 * their number; nothing can be cancelled; the gateway counts the orders of each employee.
 */
export const capabilities: Capabilities = {
  id: 'goskey',
  country: 'RU',
  methods: goskeyMethodNames.map((method) => ({
    method,
    derivation: 'identity' as const,
    format: 'CMS' as const,
    detached: true,
  })),
  acts: 'watched',
  watch: 'cursor',
  traits: { cancel: 'none', idempotency: 'reserved', renewal: 'none', graceMs, paced: true },
  limits: { maxDocuments: documents, maxBytes: totalBytes },
  writtenSnils: true,
  callTimeoutMs: uploadMs,
  windowMs: requestLifeMs,
}
