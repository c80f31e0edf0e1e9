import { MuhrError } from '@muhr/identifiers'
import { describeSignerKey, findReadinessFaults, type SignerKeyKind } from '@muhr/signer-key'
import type { AppContext } from '../app-context.ts'

import { listSignerKeys } from '../signer-keys/find-signer-keys.ts'
import { needsAcknowledgement } from '../signer-keys/load-signer-key.ts'
import { lateSeconds } from '../watching/late-connections.ts'
import type { StoredConnection } from './find-connections.ts'
import { loadConnection } from './load-connection.ts'
import { presentConnection } from './present-connection.ts'
import {
  type CheckingApp,
  type CheckLocale,
  type ConnectionFinding,
  providerChecks,
} from './provider-checks.ts'

export type ConnectionChecker = Pick<
  AppContext,
  'db' | 'now' | 'providers' | 'secrets' | 'log' | 'tokens'
> &
  CheckingApp

type App = ConnectionChecker

/** Looks at a connection as the doctor does: settings, signer keys, watch, and what its provider can tell. */
export async function checkConnection(
  app: App,
  row: StoredConnection,
  { locale }: { readonly locale: CheckLocale },
): Promise<readonly ConnectionFinding[]> {
  const { faults } = presentConnection(app, row)
  if (faults.length > 0) {
    return faults.map(({ field, code, advice }) => ({
      check: 'settings',
      result: 'failed',
      code,
      message: `${field} is not usable.`,
      advice,
    }))
  }

  return [
    { check: 'settings', result: 'passed', code: 'connection.settings', message: 'Complete.' },
    ...(await checkKey(app, row)),
    ...checkWatch(app, row),
    ...(await askProvider(app, row, locale)),
  ]
}

async function checkKey(app: App, row: StoredConnection): Promise<readonly ConnectionFinding[]> {
  const check = 'signer-key'
  const keys = await listSignerKeys(app.db, row.organisation_id)
  const key = keys.find(({ id }) => id === row.signer_key_id)
  if (key === undefined) {
    const message = 'No signer key is chosen for this connection.'

    return [{ check, result: 'notice', code: 'connection.no-signer-key', message }]
  }
  const { certificate } = key
  const description = describeSignerKey(key.kind as SignerKeyKind, new Uint8Array(certificate))
  const [fault] = findReadinessFaults(description, { at: app.now() })
  if (fault !== undefined) {
    return [{ check, result: 'failed', code: fault, message: `${key.name} may not sign now.` }]
  }
  if (app.config.mode === 'live' && needsAcknowledgement(key)) {
    const message = `${key.name} lies in a file, and nobody took note that it signs in live mode.`

    return [{ check, result: 'failed', code: 'key.unacknowledged', message }]
  }
  const message = `${key.name} may sign.`

  return [{ check, result: 'passed', code: 'connection.signer-key-ready', message }]
}

/** From when on the lateness of a watch is worth a warning, s. */
const lateFromSeconds = 600

function checkWatch(app: App, row: StoredConnection): readonly ConnectionFinding[] {
  const check = 'watch'
  const provider = app.providers.get(row.provider)
  if (provider?.watch === undefined) {
    return []
  }
  if (row.failed_code !== null) {
    return [
      {
        check,
        result: 'failed',
        code: 'connection.unwatched',
        message: `It cannot be watched since ${row.failed_since ?? ''}: ${row.failed_code} (${row.failures ?? 0} tries).`,
      },
    ]
  }
  const late = lateSeconds(app, provider, row.oldest_due_at)
  if (late !== undefined && late >= lateFromSeconds) {
    return [
      {
        check,
        result: 'warning',
        code: 'connection.late',
        message: `The question that waits longest is ${late} s late.`,
        advice: 'Raise how many questions are asked at the same time, if the service allows it.',
      },
    ]
  }

  return [
    row.watched_at === null
      ? {
          check,
          result: 'notice',
          code: 'connection.never-watched',
          message: 'Nothing was sent through it yet.',
        }
      : {
          check,
          result: 'passed',
          code: 'connection.watched',
          message: `Last looked at: ${row.watched_at}${late === undefined ? '' : `; ${late} s late`}.`,
        },
  ]
}

async function askProvider(
  app: App,
  row: StoredConnection,
  locale: CheckLocale,
): Promise<readonly ConnectionFinding[]> {
  const connection = await loadConnection(app, row.id)
  const ask = providerChecks.get(row.provider)
  if (connection === undefined || ask === undefined) {
    return []
  }
  try {
    return await ask(app, { connection, locale })
  } catch (error) {
    app.log.warn({ connection: row.id, reason: (error as Error).name }, 'a check failed')
    const known = error instanceof MuhrError ? error : undefined

    return [
      {
        check: row.provider,
        result: 'failed',
        code: known?.code ?? 'connection.check-failed',
        message: known?.message ?? 'The service could not be asked.',
        advice: known?.advice,
      },
    ]
  }
}
