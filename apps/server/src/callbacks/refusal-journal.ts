import { json, type Queryable } from '../database/open-database.ts'

const windowMs = 60_000
/** Rows written in one window; what comes beyond is counted in the next window's first row. */
const maxPerWindow = 100

export type RefusedCall = {
  readonly provider: string
  readonly reason: string
  readonly envelopeId?: string | undefined
}

/** Writes refused callbacks down: neither token nor body, and no more than a database can bear. */
export type RefusalJournal = { readonly record: (call: RefusedCall) => Promise<void> }

/**
 * A call that belongs to no envelope still leaves a trace. Anybody can make such calls, so in every
 * minute a hundred are written and the others counted.
 */
export function createRefusalJournal(options: {
  readonly db: Queryable
  readonly now: () => Date
}): RefusalJournal {
  let windowStart = 0
  let written = 0
  let suppressed = 0

  return {
    record: async ({ provider, reason, envelopeId }) => {
      const now = options.now().getTime()
      if (now - windowStart >= windowMs || now < windowStart) {
        windowStart = now
        written = 0
      }
      if (written >= maxPerWindow) {
        suppressed += 1

        return
      }
      written += 1
      const before = suppressed
      suppressed = 0
      await options.db
        .insertInto('security_events')
        .values({
          type: 'callback.refused',
          at: options.now(),
          provider,
          envelope_id: envelopeId ?? null,
          data: json({ reason, ...(before === 0 ? {} : { uncounted: before }) }),
        })
        .execute()
    },
  }
}
