import { sql } from 'kysely'
import type { AppContext } from '../app-context.ts'
import { changeEnvelope } from '../envelopes/change-envelope.ts'

/** Most envelopes that one look takes up; the next takes the rest. */
const batch = 500
const atOnce = 4

/**
 * Lets time do what it has done already: deadlines, windows and seals that are due by the rows
 * themselves. A job for each such moment would be a row for each envelope, almost all for nothing; one
 * look at three small indexes finds what is due. Two processes may do the same, the second finds the
 * state moved.
 * @returns how many envelopes were due
 */
export async function tickDue(app: AppContext): Promise<number> {
  const at = app.now().toISOString()
  const { rows } = await sql<{ id: string }>`
    select id from envelopes where state = 'sent' and deadline <= ${at}
    union select envelope_id from requests
      where state = 'open' and expires_at <= ${at}
        and expires_at + coalesce((traits->>'graceMs')::float8, 0) * interval '1 ms' <= ${at}
        and (traits->>'cancel' = 'local' or attention is null)
    union select envelope_id from seals where state = 'wanted' and due <= ${at}
    limit ${batch}`.execute(app.db)
  const waiting = rows.map(({ id }) => id)
  const takeTurns = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      await changeEnvelope(app, id, { kind: 'tick' })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, takeTurns))

  return rows.length
}
