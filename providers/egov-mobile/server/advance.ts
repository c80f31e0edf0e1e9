import { type Instant, instantOf, type RequestView, type Step } from '@muhr/envelope'
import type { EgovConnection } from './connection.ts'

/**
 * What the app is told about a request and must be told again in the same way later, whatever
 * becomes of the connection's settings meanwhile. Everything else of a session comes from the domain.
 */
export type EgovHandle = {
  readonly auth: EgovConnection['auth']
  readonly pdfMime: EgovConnection['pdfMime']
}

/**
 * The next step of a request: its two addresses are opened for as long as the connection gives a
 * link, and not beyond the envelope's deadline; nothing is called.
 */
export function advance(input: {
  readonly connection: EgovConnection
  readonly request: RequestView<EgovHandle>
  readonly now: Instant
  readonly deadline?: Instant | undefined
}): Step<EgovHandle> {
  const { connection, request, now, deadline } = input
  if (request.closed) return { kind: 'done' }
  if (request.handle !== undefined && request.window !== undefined) return { kind: 'await' }

  const end = instantOf(new Date(Date.parse(now) + connection.linkLifeSeconds * 1000))

  return {
    kind: 'expose',
    handle: { auth: connection.auth, pdfMime: connection.pdfMime },
    window: { opensAt: now, expiresAt: deadline !== undefined && deadline < end ? deadline : end },
  }
}
