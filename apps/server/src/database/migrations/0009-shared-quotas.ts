import { type Kysely, sql } from 'kysely'

/**
 * Slots of quota buckets that are taken by others than the calls of requests: orders of the workbench. Both
 * kinds are counted together.
 */
const statements = [
  sql`create table quota_other_slots (
    id text primary key,
    provider text not null,
    bucket text not null,
    organisation_id text not null references organisations,
    granted_at timestamptz not null,
    -- Until its call is over it is the longest that a call may take, and the window.
    held_until timestamptz not null check (held_until >= granted_at),
    foreign key (provider, bucket) references quota_buckets (provider, id)
  )`,
  sql`create index quota_other_slots_bucket on quota_other_slots (provider, bucket, held_until)`,
  sql`create or replace function muhr_quota_used(of_provider text, of_bucket text, at timestamptz, span bigint)
    returns integer volatile language sql as $$
    select (select count(*) from quota_slots s join attempts a on a.id = s.attempt_id
        where s.provider = of_provider and s.bucket = of_bucket
          and (a.state in ('recorded','claimed') or a.since > at - span * interval '1 ms'))::int
      + (select count(*) from quota_other_slots o
        where o.provider = of_provider and o.bucket = of_bucket and o.held_until > at)::int
  $$`,
  sql`create trigger quota_other_slots_holds before insert on quota_other_slots
    for each row execute function muhr_quota_holds()`,
]

/** Lets others take slots of the buckets too. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await statement.execute(db)
  }
}
