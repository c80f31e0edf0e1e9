import { badRequest } from '../http/sim-http.ts'
import {
  type Accounts,
  CERTIFICATE_STATES,
  type SignmeAccounts,
  type SignmeCompany,
  type SignmeUser,
  type Site,
  USER_ALGORITHMS,
  USER_BEHAVIOURS,
} from './accounts.ts'
import type { Attempt } from './act.ts'
import {
  CALL_FAULTS,
  type CallFault,
  FAULT_CALLS,
  type PlannedOutcome,
  PUSH_FAULTS,
  SIGN_FAULTS,
} from './faults.ts'
import { ERRNO, type Errno } from './outgoing.ts'
import type { Settings, SignmeState } from './state.ts'
import { SHAPES, type Switches, shapeNames, switchNames } from './switches.ts'

type Body = Readonly<Record<string, unknown>>

/**
 * Reads `{"faults":[{"on","fault","times","match","delayMs","isDone","status","text"}], "outcomes":[{"sign",
 * "push","match","times"}]}`. @throws {SandboxError} `sandbox.bad-request`
 */
export function readFaults(body: Body): {
  readonly calls: readonly CallFault[]
  readonly outcomes: readonly PlannedOutcome[]
} {
  return {
    calls: objects(body, 'faults').map((each) => ({
      on: choice(each, { field: 'on', values: FAULT_CALLS }),
      fault: choice(each, { field: 'fault', values: CALL_FAULTS }),
      times: number(each, 'times', 1),
      delayMs: number(each, 'delayMs', 0),
      isDone: flag(each, 'isDone', false),
      ...optionalText(each, 'match'),
      ...optionalText(each, 'text'),
      ...(each['status'] === undefined ? {} : { status: number(each, 'status', 200) }),
    })),
    outcomes: objects(body, 'outcomes').map((each) => ({
      times: number(each, 'times', 1),
      ...optionalText(each, 'match'),
      ...(each['sign'] === undefined
        ? {}
        : { sign: choice(each, { field: 'sign', values: SIGN_FAULTS }) }),
      ...(each['push'] === undefined
        ? {}
        : { push: choice(each, { field: 'push', values: PUSH_FAULTS }) }),
    })),
  }
}

/** Reads switches and shapes; those that are not named stay. @throws {SandboxError} `sandbox.bad-request` */
export function readSwitches(body: Body, old: Switches): Switches {
  const next: Record<string, unknown> = { ...old }
  for (const [name, value] of Object.entries(body)) {
    const shape = shapeNames.find((known) => known === name)
    if (shape !== undefined) choice(body, { field: shape, values: SHAPES[shape] })
    else if (!switchNames.some((known) => known === name)) throw badRequest(name, 'a known switch')
    else if (typeof value !== 'boolean') throw badRequest(name, 'true or false')
    next[name] = value
  }

  // Every name and value was looked at above.
  return next as Switches
}

/** Reads settings; those that are not named stay. @throws {SandboxError} `sandbox.bad-request` */
export function readSettings(body: Body, old: Settings): Settings {
  return {
    behaviourMs: number(body, 'behaviourMs', old.behaviourMs),
    autoApprove: flag(body, 'autoApprove', old.autoApprove),
    maxFiles: number(body, 'maxFiles', old.maxFiles),
    maxBytes: number(body, 'maxBytes', old.maxBytes),
    retentionMs: number(body, 'retentionMs', old.retentionMs),
    pushRetries: number(body, 'pushRetries', old.pushRetries),
  }
}

/**
 * Reads what a signer does: `user` acts without being asked for a password; `login`, `password` and `sms` are what
 * the page would ask. @throws {SandboxError} `sandbox.bad-request`
 */
export function readAttempt(body: Body, { accounts }: SignmeState): Attempt {
  const id = body['user']
  const user = typeof id === 'string' ? accounts.user(id) : undefined
  if (id !== undefined && user === undefined) throw badRequest('user', 'the id of a user')

  return {
    ...(user === undefined ? {} : { user }),
    ...optionalText(body, 'login'),
    ...optionalText(body, 'password'),
    ...optionalText(body, 'sms'),
    ...optionalText(body, 'companyInn'),
    ...(body['rid'] === undefined ? {} : { rid: number(body, 'rid', 0) }),
    ...(body['fault'] === undefined
      ? {}
      : { fault: choice(body, { field: 'fault', values: SIGN_FAULTS }) }),
    isBroken: flag(body, 'isBroken', false),
  }
}

/** Reads `errno`, 0 by default. @throws {SandboxError} `sandbox.bad-request` */
export function readErrno(body: Body): Errno {
  const given = body['errno'] ?? 0
  const errno = Object.values(ERRNO).find((each) => each === given)
  if (errno === undefined) throw badRequest('errno', 'a number from 0 to 7')

  return errno
}

/**
 * Reads `{"sites","users","companies"}`: those of a known key, id or INN change in what is named.
 *
 * @throws {SandboxError} `sandbox.bad-request`
 */
export function readAccounts(body: Body, known: Accounts): SignmeAccounts {
  return {
    sites: objects(body, 'sites').map((each) => readSite(each, known)),
    users: objects(body, 'users').map((each) => readUser(each, known)),
    companies: objects(body, 'companies').map((each) => readCompany(each, known)),
  }
}

function readSite(body: Body, known: Accounts): Site {
  const key = text(body, 'key')
  const old = known.site(key)
  const url = body['notificationUrl']
  const notificationUrl = url === null ? undefined : (url ?? old?.notificationUrl)
  if (notificationUrl !== undefined && !URL.canParse(String(notificationUrl))) {
    throw badRequest('notificationUrl', 'a URL, or null')
  }

  return {
    key,
    name: text(body, 'name', old?.name ?? 'TEST'),
    ...(notificationUrl === undefined ? {} : { notificationUrl: String(notificationUrl) }),
  }
}

function readUser(body: Body, known: Accounts): SignmeUser {
  const id = text(body, 'id')
  const old = known.user(id)

  return {
    id,
    surname: text(body, 'surname', old?.surname ?? 'ТЕСТОВ'),
    givenName: text(body, 'givenName', old?.givenName ?? 'ТЕСТ ТЕСТОВИЧ'),
    phone: text(body, 'phone', old?.phone),
    email: text(body, 'email', old?.email ?? `${id}@signme.example`),
    snils: text(body, 'snils', old?.snils ?? '000-000-041 09'),
    inn: text(body, 'inn', old?.inn ?? '999900000160'),
    password: text(body, 'password', old?.password),
    smsCode: text(body, 'smsCode', old?.smsCode ?? '100000'),
    isActivated: flag(body, 'isActivated', old?.isActivated ?? true),
    algorithm: choice(body, {
      field: 'algorithm',
      values: USER_ALGORITHMS,
      otherwise: old?.algorithm ?? 'ru-2012-256',
    }),
    certificate: choice(body, {
      field: 'certificate',
      values: CERTIFICATE_STATES,
      otherwise: old?.certificate ?? 'valid',
    }),
    behaviour: choice(body, {
      field: 'behaviour',
      values: USER_BEHAVIOURS,
      otherwise: old?.behaviour ?? 'manual',
    }),
    delayMs: number(body, 'delayMs', old?.delayMs ?? 0),
  }
}

function readCompany(body: Body, known: Accounts): SignmeCompany {
  const inn = text(body, 'inn')
  const old = known.findCompany({ inn })
  const { staff = old?.staff ?? [] } = body
  if (!Array.isArray(staff) || !staff.every((id) => typeof id === 'string')) {
    throw badRequest('staff', 'a list of ids of users')
  }

  return {
    inn,
    ogrn: text(body, 'ogrn', old?.ogrn),
    name: text(body, 'name', old?.name ?? 'TEST'),
    isActivated: flag(body, 'isActivated', old?.isActivated ?? true),
    isFirstSignatureForbidden: flag(
      body,
      'isFirstSignatureForbidden',
      old?.isFirstSignatureForbidden ?? false,
    ),
    staff,
  }
}

function objects(body: Body, field: string): readonly Body[] {
  const value = body[field] ?? []
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'object' && each !== null)) {
    throw badRequest(field, 'a list of objects')
  }

  return value
}

function text(body: Body, field: string, otherwise?: string): string {
  const value = body[field] ?? otherwise
  if (typeof value !== 'string' || value === '') throw badRequest(field, 'a text')

  return value
}

function optionalText<const Field extends string>(
  body: Body,
  field: Field,
): { readonly [Key in Field]?: string } {
  if (body[field] === undefined) return {}
  const value = body[field]
  if (typeof value !== 'string') throw badRequest(field, 'a text')

  return { [field]: value } as { readonly [Key in Field]?: string }
}

function number(body: Body, field: string, otherwise: number): number {
  const value = body[field] ?? otherwise
  if (typeof value !== 'number' || !(value >= 0)) throw badRequest(field, 'a number from 0')

  return value
}

function flag(body: Body, field: string, otherwise: boolean): boolean {
  const value = body[field] ?? otherwise
  if (typeof value !== 'boolean') throw badRequest(field, 'true or false')

  return value
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
