import type { TestInstallation } from '@muhr/server/testing'

/** No look of any connection begins before it is asked for; one that is on its way ends first. */
export async function pauseWatch(muhr: TestInstallation): Promise<void> {
  // One that was never watched begins as soon as it is seen.
  await muhr.sql(`insert into connection_watches (connection_id, provider, due_at)
    select id, provider, now() from connections on conflict do nothing`)
  for (;;) {
    const rows = await muhr.sql(
      `update connection_watches set due_at = now() + interval '1 day' where lease is null returning 1`,
    )
    const [held] = await muhr.sql('select 1 from connection_watches where lease is not null')
    if (rows.length > 0 && held === undefined) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
