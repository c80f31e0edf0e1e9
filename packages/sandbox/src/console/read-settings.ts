import { parseAppVersion } from '../egov-mobile/app-version.ts'
import { type FaultMode, faultModes } from '../egov-mobile/fault-modes.ts'
import type { CancelMode } from '../egov-mobile/phone.ts'
import { SandboxError } from '../error.ts'
import { badRequest } from '../http/sim-http.ts'
import { accounts } from '../pki/profile.ts'
import type { PhoneSettings } from './phone-sessions.ts'

type Body = Readonly<Record<string, unknown>>

/**
 * Reads whose phone and which app; what is left out is Үлгіұлы Сынақ, GOST, Russian and iOS 2.4.1.
 *
 * @throws {SandboxError} `sandbox.bad-request`, `sandbox.unknown-account`
 */
export function readSettings(body: Body): PhoneSettings {
  const given = body['account'] ?? 'person'
  const account = accounts.find(({ id }) => id === given)
  if (account === undefined) {
    throw new SandboxError({
      code: 'sandbox.unknown-account',
      message: 'The sandbox has no such citizen.',
      advice: `Take one of ${accounts.map(({ id }) => id).join(', ')}.`,
      data: { field: 'account' },
    })
  }
  const appVersion = parseAppVersion(String(body['appVersion'] ?? 'ios 2.4.1'))
  if (appVersion === undefined) {
    throw badRequest('appVersion', 'ios or android with a version, e.g. ios 2.4.1')
  }

  return {
    account: account.id,
    algorithm: pick(body, 'algorithm', ['kz-2015-512', 'rsa-2048']),
    language: pick(body, 'language', ['ru', 'kk', 'en']),
    appVersion,
  }
}

/** Reads `fault`; `none` and absence mean none. @throws {SandboxError} `sandbox.bad-request` */
export function readFault(body: Body): FaultMode | undefined {
  const given = body['fault'] ?? 'none'
  if (given === 'none') return undefined
  const fault = faultModes.find((mode) => mode === given)
  if (fault === undefined) throw badRequest('fault', `none, ${faultModes.join(', ')}`)

  return fault
}

/** Reads `mode` of a decline. @throws {SandboxError} `sandbox.bad-request` */
export function readCancelMode(body: Body): CancelMode {
  return pick(body, 'mode', ['with-status', 'without-status', 'silent'])
}

/** A required text. @throws {SandboxError} `sandbox.bad-request` */
export function readText(body: Body, field: string): string {
  const text = body[field]
  if (typeof text !== 'string' || text === '' || text.length > 8192) {
    throw badRequest(field, 'a text of at most 8192 characters')
  }

  return text
}

function pick<const Value extends string>(
  body: Body,
  field: string,
  values: readonly [Value, ...Value[]],
): Value {
  const given = body[field] ?? values[0]
  const value = values.find((candidate) => candidate === given)
  if (value === undefined) throw badRequest(field, values.join(', '))

  return value
}
