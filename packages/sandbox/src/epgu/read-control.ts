import { parseSnils } from '@muhr/identifiers'
import { badRequest } from '../http/sim-http.ts'
import { CALL_FAULTS, type CallFault, FAULT_CALLS } from './call-faults.ts'
import type { QuotaLimits } from './quotas.ts'
import { BEHAVIOURS, type Recipient, type Recipients } from './recipients.ts'
import { SIGN_FAULTS, type SignFault } from './sign-fault.ts'
import { type Switches, switchNames } from './switches.ts'

type Body = Readonly<Record<string, unknown>>

/** Reads `{"faults":[{"on","fault","times"}]}`. @throws {SandboxError} `sandbox.bad-request` */
export function readCallFaults(body: Body): readonly CallFault[] {
  return objects(body, 'faults').map((each) => {
    const { times = 1 } = each
    if (typeof times !== 'number' || !(times >= 1)) throw badRequest('times', 'a number from 1')

    return {
      on: choice(each, { field: 'on', values: FAULT_CALLS }),
      fault: choice(each, { field: 'fault', values: CALL_FAULTS }),
      times,
    }
  })
}

/** Reads switches; those that are not named stay. @throws {SandboxError} `sandbox.bad-request` */
export function readSwitches(body: Body, old: Switches): Switches {
  const next: Record<string, unknown> = { ...old }
  for (const [name, value] of Object.entries(body)) {
    if (switchNames.some((known) => known === name)) {
      if (typeof value !== 'boolean') throw badRequest(name, 'true or false')
    } else if (name === 'messageIdKey') {
      choice(body, { field: name, values: ['messageId', 'message_id', 'absent'] })
    } else if (name === 'orderAs') {
      choice(body, { field: name, values: ['string', 'object', 'null'] })
    } else if (name === 'redirectDownloads') {
      choice(body, { field: name, values: ['none', 'same-host', 'other-host'] })
    } else throw badRequest(name, 'a known switch')
    next[name] = value
  }

  // Every name and value was looked at above.
  return next as Switches
}

/** Reads limits; those that are not named stay. @throws {SandboxError} `sandbox.bad-request` */
export function readQuotas(body: Body, old: QuotaLimits): QuotaLimits {
  const limit = (field: keyof QuotaLimits): number => {
    const value = body[field] ?? old[field]
    if (typeof value !== 'number' || !(value >= 0)) throw badRequest(field, 'a number from 0')

    return value
  }

  return {
    orders: limit('orders'),
    windowMs: limit('windowMs'),
    perMinute: limit('perMinute'),
    perHour: limit('perHour'),
    perDay: limit('perDay'),
    perMonth: limit('perMonth'),
    perYear: limit('perYear'),
  }
}

export type Settings = {
  readonly stepMs: number
  readonly otherHost: string
  readonly signFault: SignFault | null
  readonly tokenLifetimeSeconds: number
}

/** Reads settings; those that are not named stay. @throws {SandboxError} `sandbox.bad-request` */
export function readSettings(body: Body, old: Settings): Settings {
  const {
    stepMs = old.stepMs,
    otherHost = old.otherHost,
    signFault = old.signFault,
    tokenLifetimeSeconds = old.tokenLifetimeSeconds,
  } = body
  if (typeof stepMs !== 'number' || !(stepMs >= 0)) throw badRequest('stepMs', 'milliseconds')
  if (typeof otherHost !== 'string' || !URL.canParse(otherHost))
    throw badRequest('otherHost', 'a URL')
  if (typeof tokenLifetimeSeconds !== 'number' || !(tokenLifetimeSeconds >= 1)) {
    throw badRequest('tokenLifetimeSeconds', 'seconds')
  }

  return { stepMs, otherHost, signFault: readSignFault(signFault) ?? null, tokenLifetimeSeconds }
}

/** Reads `{"kind","file"}` or a kind alone. @throws {SandboxError} `sandbox.bad-request` */
export function readSignFault(value: unknown): SignFault | undefined {
  if (value === undefined || value === null || value === 'none') return undefined
  const fault: Body = typeof value === 'object' ? { ...value } : { kind: value }
  const kind = choice(fault, { field: 'kind', values: SIGN_FAULTS })
  const { file } = fault
  if (file === undefined) return { kind }
  if (typeof file !== 'string') throw badRequest('file', 'the name of a document')

  return { kind, file }
}

/**
 * Reads `{"recipients":[…]}`: those with a known id change in what is named, new ones need a SNILS.
 *
 * @throws {SandboxError} `sandbox.bad-request`
 */
export function readRecipients(body: Body, known: Recipients): readonly Recipient[] {
  return objects(body, 'recipients').map((each) => {
    const id = text(each, 'id')
    const old = known.find(id)
    const snils = parseSnils(textOr(each, 'snils', old?.snils ?? ''))
    if (!snils.ok) throw badRequest('snils', 'eleven digits')
    const { delayMs = old?.delayMs ?? 0 } = each
    if (typeof delayMs !== 'number' || !(delayMs >= 0)) throw badRequest('delayMs', 'milliseconds')
    const organisation = organisationOf(each) ?? old?.organisation
    const rafp = each['rafp'] === undefined ? old?.rafp : text(each, 'rafp')

    return {
      id,
      surname: textOr(each, 'surname', old?.surname ?? 'ТЕСТОВ'),
      givenName: textOr(each, 'givenName', old?.givenName ?? 'ТЕСТ ТЕСТОВИЧ'),
      snils: snils.value,
      oid: textOr(each, 'oid', old?.oid ?? `1${snils.value.replace(/\D/g, '')}`),
      inn: textOr(each, 'inn', old?.inn ?? '999900000160'),
      behaviour: choice(each, {
        field: 'behaviour',
        values: BEHAVIOURS,
        ...(old === undefined ? {} : { otherwise: old.behaviour }),
      }),
      encoding: choice(each, {
        field: 'encoding',
        values: ['ber', 'der'],
        otherwise: old?.encoding ?? 'ber',
      }),
      delayMs,
      ...(organisation === undefined ? {} : { organisation }),
      ...(rafp === undefined ? {} : { rafp }),
    }
  })
}

function organisationOf(body: Body): Recipient['organisation'] {
  const value = body['organisation']
  if (value === undefined) return undefined
  if (typeof value !== 'object' || value === null) throw badRequest('organisation', 'an object')
  const fields: Body = { ...value }

  return { name: text(fields, 'name'), inn: text(fields, 'inn'), ogrn: text(fields, 'ogrn') }
}

function objects(body: Body, field: string): readonly Body[] {
  const value = body[field]
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'object' && each !== null)) {
    throw badRequest(field, 'a list of objects')
  }

  return value
}

function text(body: Body, field: string): string {
  const value = body[field]
  if (typeof value !== 'string' || value === '') throw badRequest(field, 'a text')

  return value
}

function textOr(body: Body, field: string, otherwise: string): string {
  return body[field] === undefined && otherwise !== '' ? otherwise : text(body, field)
}

function choice<const Value extends string>(
  body: Body,
  options: {
    readonly field: string
    readonly values: readonly Value[]
    readonly otherwise?: Value
  },
): Value {
  const given = body[options.field] ?? options.otherwise
  const found = options.values.find((value) => value === given)
  if (found === undefined) throw badRequest(options.field, options.values.join(', '))

  return found
}
