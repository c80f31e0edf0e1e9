import type { AppContext } from '../app-context.ts'
import { connectionAddress } from '../envelopes/request-addresses.ts'
import type { ConnectionBody } from '../http/schemas/connection-schemas.ts'
import { lateSeconds } from '../watching/late-connections.ts'
import { isJsonObject, maskSettings, openSettings } from './connection-secrets.ts'
import type { StoredConnection } from './find-connections.ts'

/** A connection as the API shows it: its secrets masked, its state and faults told. */
export function presentConnection(
  app: Pick<AppContext, 'providers' | 'secrets' | 'config' | 'tokens' | 'now'>,
  row: StoredConnection,
): ConnectionBody {
  const provider = app.providers.get(row.provider)
  const opened = openSettings(app.secrets, row)
  const settings = opened ?? row.settings
  const known = isJsonObject(settings) ? settings : {}
  const parsed = opened === undefined ? undefined : provider?.parseConnection(opened)
  const faults =
    provider === undefined
      ? [fault('provider', 'connection.provider', 'This service is not installed.')]
      : parsed === undefined
        ? [fault('settings', 'connection.secret-unreadable', unreadable)]
        : parsed.ok
          ? []
          : parsed.refusals.map(({ field, code, advice }) =>
              fault(`settings.${field}`, code, advice),
            )

  return {
    id: row.id,
    provider: row.provider,
    name: row.name,
    policy: row.policy,
    settings:
      provider === undefined
        ? {}
        : maskSettings(app.secrets, row, {
            settings: known,
            provider,
          }),
    signerKey: row.signer_key_id,
    state: faults.length > 0 ? 'unusable' : row.disabled_at === null ? 'enabled' : 'disabled',
    faults,
    watch:
      row.failures === null
        ? null
        : {
            watchedAt: row.watched_at,
            failures: row.failures,
            failedCode: row.failed_code,
            failedSince: row.failed_since,
            lateSeconds:
              provider === undefined ? undefined : lateSeconds(app, provider, row.oldest_due_at),
          },
    notificationAddress: provider?.notice === undefined ? undefined : connectionAddress(app, row),
    revision: row.revision,
    createdAt: row.created_at,
    disabledAt: row.disabled_at,
  }
}

const unreadable =
  'Let the operator set the MUHR_SECRET_KEY that it was encrypted under, or give its secrets again.'

const fault = (field: string, code: string, advice: string) => ({ field, code, advice })
