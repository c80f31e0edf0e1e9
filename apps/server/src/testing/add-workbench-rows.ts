import type { TestInstallation } from './start-test-installation.ts'

/** An account, a service, an order and a call of an organisation's workbench, by SQL; their ids by their kind. */
export async function addWorkbenchRows(
  muhr: TestInstallation,
  organisation: string,
): Promise<Readonly<Record<'accounts' | 'services' | 'orders' | 'calls', string>>> {
  const ids = {
    accounts: 'wba_test',
    services: 'wbs_test',
    orders: 'wbo_test',
    calls: 'wbc_test',
  } as const
  const actor = JSON.stringify({ kind: 'system' })
  await muhr.sql(
    `insert into workbench_accounts (id, organisation_id, name, esia_url, epgu_url, path_prefix, api_key,
      api_key_sealed_by, api_key_hint, created_at, created_by)
      values ($1, $2, 'x', 'http://127.0.0.1', 'http://127.0.0.1', 'api', '\\x00', $3, 'x', now(), $4)`,
    [ids.accounts, organisation, '0'.repeat(32), actor],
  )
  await muhr.sql(
    `insert into workbench_services (id, organisation_id, version, created_at) values ($1, $2, 1, now())`,
    [ids.services, organisation],
  )
  await muhr.sql(
    `insert into workbench_service_versions (service_id, organisation_id, version, name, service_code,
      target_code, region, main_file, template, at, by)
      values ($1, $2, 1, 'x', '1', '-1', '77', 'req.xml', '<a/>', now(), $3)`,
    [ids.services, organisation, actor],
  )
  await muhr.sql(
    `insert into workbench_orders (id, organisation_id, title, account_id, account_used, service_code,
      target_code, region, guid, main_file, state, since, version, created_at, created_by)
      values ($1, $2, 'x', $3, '{}', '1', '-1', '77', gen_random_uuid(), 'req.xml', 'draft', now(), 1, now(), $4)`,
    [ids.orders, organisation, ids.accounts, actor],
  )
  await muhr.sql(
    `insert into workbench_calls (id, organisation_id, account_id, operation, method, url, request, at,
      elapsed_ms, status) values ($1, $2, $3, 'token', 'GET', 'x', '{"headers":{}}', now(), 1, 200)`,
    [ids.calls, organisation, ids.accounts],
  )

  return ids
}
