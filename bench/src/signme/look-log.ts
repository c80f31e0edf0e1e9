import type { TestInstallation } from '@muhr/server/testing'

/** What became of all looks since some moment. */
export type Looks = {
  readonly count: number
  /** Different requests. */
  readonly requests: number
  /** How long after it was due a look was recorded, s. */
  readonly meanLate: number
  readonly p95Late: number
  readonly mostLate: number
}

/** How long a request is fresh, or a hint is, as the provider has it. */
const freshFor = `interval '32 minutes'`

/** Every look that the product records from now on, kept by a trigger of the benchmark. */
export async function createLookLog(muhr: TestInstallation) {
  await muhr.sql(`create table bench_looks (
    id bigserial primary key, request_id text not null, looked_at timestamptz not null,
    late_s float8 not null, is_fresh boolean not null)`)
  await muhr.sql(`create function bench_keep_look() returns trigger language plpgsql as $$
    begin
      insert into bench_looks (request_id, looked_at, late_s, is_fresh) values (new.request_id,
        new.looked_at, extract(epoch from new.looked_at - old.due_at),
        old.hinted_at >= new.looked_at - ${freshFor});
      return null;
    end $$`)
  await muhr.sql(`create trigger bench_keep_look after update on request_looks for each row
    when (new.looked_at <> old.looked_at) execute function bench_keep_look()`)

  return {
    /** How many there were. */
    count: async (): Promise<number> => {
      const [row] = await muhr.sql<{ count: string }>(
        'select case when is_called then last_value else 0 end as count from bench_looks_id_seq',
      )

      return Number(row?.count)
    },
    /** How many requests were never looked at. */
    unseen: async (): Promise<number> => {
      const [row] = await muhr.sql<{ count: number }>(
        `select count(*)::int as count from request_looks l
          where not exists (select from bench_looks b where b.request_id = l.request_id)`,
      )

      return row?.count ?? 0
    },
    /** Of those after `from` up to `to`, fresh or hinted ones alone or the others. */
    between: async (from: number, to: number, isFresh: boolean): Promise<Looks> => {
      const [row] = await muhr.sql<Looks>(
        `select count(*)::int as count, count(distinct request_id)::int as requests,
          coalesce(avg(late_s), 0)::float8 as "meanLate", coalesce(max(late_s), 0)::float8 as "mostLate",
          coalesce(percentile_cont(0.95) within group (order by late_s), 0)::float8 as "p95Late"
          from bench_looks where id > $1 and id <= $2 and is_fresh = $3`,
        [from, to, isFresh],
      )
      if (row === undefined) throw new Error('an aggregate has one row')

      return row
    },
  }
}

export type LookLog = Awaited<ReturnType<typeof createLookLog>>
