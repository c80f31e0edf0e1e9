import { sql } from 'kysely'

/** An envelope that failed or ran out of time asks for a look so long; then it is only history. */
export const lookMs = 7 * 86_400_000

/**
 * Envelopes that a person is to look at (ui §4): live requests that carry an attention flag, are unknown or
 * wait for a clerk's seal, signings that are held, and what failed or expired lately. One rule for the
 * order of the list, its counter and the mark of a row.
 */
export const needsPerson = (now: Date) => sql<boolean>`((envelopes.state in ('failed','expired')
  and envelopes.ended_at > ${new Date(now.getTime() - lookMs)})
or (envelopes.state = 'sent' and exists (
  select 1 from signings s
  where s.envelope_id = envelopes.id
    and s.state not in ('signed','declined','expired','voided','failed')
    and (s.state = 'held' or exists (
      select 1 from requests r
      where r.signing_id = s.id and r.round = s.round
        and (r.attention is not null or r.state = 'unknown' or exists (
          select 1 from seals
          where seals.envelope_id = envelopes.id and seals.request_id = r.id and seals.state = 'wanted' and seals.key = 'attended')))))))`
