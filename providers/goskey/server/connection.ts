import type { Json, Refusal } from '@muhr/envelope'
import type { Breadth, RequestProfile } from '@muhr/epgu/goskey'
import { parseOgrn, parseOgrnip, parseRussianInn } from '@muhr/identifiers'
import { type GoskeyMethod, goskeyMethodNames } from './methods.ts'

/** One employee's API-Key, with the signer key that signs it. */
export type EmployeeKey = {
  /** UUID out of the CSV of the partner cabinet. */
  readonly apiKey: string
  /** Whose it is, as people call them. */
  readonly name: string
  /** Id of a signer key; absent where the one chosen for the connection signs it. */
  readonly signerKey?: string | undefined
  /** Last day of the API-Key as the cabinet told it, YYYY-MM-DD, Moscow. Shown, never relied on. */
  readonly expires?: string | undefined
}

/** What is wrong with a setting; `fault.CODE` of `messages/connection` says it in four languages. */
export type SettingFault = `connection.${(typeof settingFaults)[number]}`

export const settingFaults = [
  'not-object',
  'unknown-setting',
  'missing',
  'address',
  'origin',
  'path-prefix',
  'user-agent',
  'mnemonic',
  'organisation-name',
  'inn',
  'ogrn',
  'region',
  'signer-key-id',
  'choice',
  'methods',
  'backlink',
  'seconds',
  'api-keys',
  'api-key',
  'api-key-double',
  'api-key-name',
  'api-key-expires',
] as const

/** An account at EPGU: vendor system × consumer organisation × API-Keys of its employees. */
export type GoskeyConnection = {
  /** ESIA, or the terminator of GOST TLS before it. */
  readonly esiaUrl: string
  /** The gateway of EPGU, or the terminator of GOST TLS before it. */
  readonly epguUrl: string
  /** The origin that `epguUrl` stands for, where that is a terminator. */
  readonly publicOrigin?: string | undefined
  /** `api`, or `gu-smev-api` through SMEV4. */
  readonly pathPrefix: string
  readonly userAgent?: string | undefined
  /** Mnemonic of the vendor's information system: `client_id` of its tokens. */
  readonly mnemonic: string
  /** The organisation that sends, as recipients see it. */
  readonly organisationName: string
  readonly organisationInn: string
  readonly organisationOgrn: string
  /** OKATO of the orders, 2 to 11 digits. */
  readonly region: string
  readonly apiKeys: readonly EmployeeKey[]
  /** Id of the signer key of packages; absent where the one chosen for the connection signs them. */
  readonly signerKey?: string | undefined
  readonly methods: readonly GoskeyMethod[]
  /** Structure of req.xml (§5.2, §5.3). */
  readonly profile: RequestProfile
  /** Limits that every published text allows, or those of the profile (§5.4). */
  readonly breadth: Breadth
  /** What becomes of more documents than one request takes. */
  readonly whenTooLarge: 'refuse' | 'split'
  /** Where the app leads after signing. */
  readonly backlink?: string | undefined
  /** Pause between looks at the list of changed orders, seconds. */
  readonly pollSeconds: number
}

type Parsed =
  | { readonly ok: true; readonly connection: GoskeyConnection }
  | { readonly ok: false; readonly refusals: readonly Refusal[] }

const defaults = Object.freeze({
  pathPrefix: 'api',
  region: '45000000000',
  methods: goskeyMethodNames,
  profile: '1.9',
  breadth: 'safe',
  whenTooLarge: 'refuse',
  pollSeconds: 30,
} as const)

/** Bounds of `pollSeconds`. */
export const pollBounds = { fromSeconds: 1, toSeconds: 3_600 } as const

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const maxApiKeys = 1_000

/** Settings in the order of the form. Those that may be absent have a default or none. */
export const settingNames = [
  'esiaUrl',
  'epguUrl',
  'publicOrigin',
  'pathPrefix',
  'userAgent',
  'mnemonic',
  'organisationName',
  'organisationInn',
  'organisationOgrn',
  'region',
  'apiKeys',
  'signerKey',
  'methods',
  'profile',
  'breadth',
  'whenTooLarge',
  'backlink',
  'pollSeconds',
] as const satisfies readonly (keyof GoskeyConnection)[]

const optional: readonly string[] = ['publicOrigin', 'userAgent', 'signerKey', 'backlink']

/** Reads the settings of a connection: all faults at once, each with its field. */
export function parseConnection(settings: Json): Parsed {
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) {
    return {
      ok: false,
      refusals: [refusal('settings', wrong('not-object', 'Give the settings as an object.'))],
    }
  }
  const given = settings as { readonly [key: string]: Json | undefined }
  const refusals: Refusal[] = Object.keys(given)
    .filter((key) => !settingNames.some((name) => name === key))
    .map((key) =>
      refusal(key, wrong('unknown-setting', 'There is no such setting; check its spelling.')),
    )
  const read: Record<string, unknown> = { ...defaults }
  for (const name of settingNames) {
    const value = given[name]
    if (value === undefined || value === null || value === '') {
      if (!Object.hasOwn(defaults, name) && !optional.includes(name)) {
        refusals.push(refusal(name, wrong('missing', 'Fill in this setting.')))
      }
      continue
    }
    const outcome = readers[name](value)
    if ('value' in outcome) read[name] = outcome.value
    else refusals.push(...outcome.refusals.map((each) => refusal(name + each.at, each)))
  }

  return refusals.length > 0
    ? { ok: false, refusals }
    : // Every setting was read above, or has a default.
      { ok: true, connection: Object.freeze(read) as GoskeyConnection }
}

/** What is wrong, and what to do about it in English. */
type Wrong = { readonly code: SettingFault; readonly advice: string }
type Fault = (typeof settingFaults)[number]
type Reading =
  | { readonly value: unknown }
  | { readonly refusals: readonly (Wrong & { readonly at: string })[] }
type Reader = (value: Json) => Reading

const wrong = (fault: Fault, advice: string): Wrong => ({ code: `connection.${fault}`, advice })

const refused = (fault: Fault, advice: string): Reading => ({
  refusals: [{ at: '', ...wrong(fault, advice) }],
})

const readers: Readonly<Record<(typeof settingNames)[number], Reader>> = {
  esiaUrl: readBase,
  epguUrl: readBase,
  publicOrigin: (value) =>
    typeof value === 'string' && URL.canParse(value) && new URL(value).origin === value
      ? { value }
      : refused('origin', 'Give scheme and host alone: https://www.gosuslugi.ru.'),
  pathPrefix: matching(
    /^[\w-]+(?:\/[\w-]+)*$/,
    'path-prefix',
    'Give api, or gu-smev-api through SMEV4.',
  ),
  userAgent: matching(
    /^[\x20-\x7e]{1,300}$/,
    'user-agent',
    'Give up to 300 ASCII characters in one line.',
  ),
  mnemonic: matching(
    /^[\w.-]{1,100}$/,
    'mnemonic',
    'Give the mnemonic of the system, as the technology portal of ESIA shows it.',
  ),
  organisationName: (value) =>
    typeof value === 'string' && value.trim() !== '' && !/[\t\r\n]/.test(value)
      ? { value: value.trim() }
      : refused('organisation-name', 'Give the short name of the organisation in one line.'),
  organisationInn: (value) =>
    typeof value === 'string' && isRight(parseRussianInn(value))
      ? { value: value.replace(/\D/g, '') }
      : refused(
          'inn',
          'Give the INN of the organisation, 10 or 12 digits, with its right check digit.',
        ),
  organisationOgrn: (value) =>
    typeof value === 'string' && (isRight(parseOgrn(value)) || isRight(parseOgrnip(value)))
      ? { value: value.replace(/\D/g, '') }
      : refused('ogrn', 'Give the OGRN (13 digits) or OGRNIP (15), with its right check digit.'),
  region: matching(/^\d{2,11}$/, 'region', 'Give the OKATO code of the region, 2 to 11 digits.'),
  apiKeys: readApiKeys,
  signerKey: matching(/^[\w-]{1,60}$/, 'signer-key-id', 'Give the id of a signer key.'),
  methods: (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((each) => goskeyMethodNames.some((name) => name === each))
      ? { value }
      : refused('methods', `Choose among ${goskeyMethodNames.join(', ')}.`),
  profile: oneOf(['1.8', '1.9']),
  breadth: oneOf(['safe', 'profile']),
  whenTooLarge: oneOf(['refuse', 'split']),
  backlink: (value) =>
    typeof value === 'string' && value.length <= 250 && /^https?:\/\/[^\s/]+/.test(value)
      ? { value }
      : refused('backlink', 'Give an address of up to 250 characters, with https.'),
  pollSeconds: (value) =>
    typeof value === 'number' &&
    Number.isInteger(value) &&
    value >= pollBounds.fromSeconds &&
    value <= pollBounds.toSeconds
      ? { value }
      : refused(
          'seconds',
          `Give whole seconds from ${pollBounds.fromSeconds} to ${pollBounds.toSeconds}.`,
        ),
}

function isRight(parsed: { readonly ok: boolean; readonly checkDigit?: string }): boolean {
  return parsed.ok && parsed.checkDigit !== 'invalid'
}

function oneOf(allowed: readonly string[]): Reader {
  return (value) =>
    allowed.some((each) => each === value)
      ? { value }
      : refused('choice', `Choose one of: ${allowed.join(', ')}.`)
}

function matching(form: RegExp, fault: Fault, advice: string): Reader {
  return (value) =>
    typeof value === 'string' && form.test(value) ? { value } : refused(fault, advice)
}

function readBase(value: Json): Reading {
  const advice = 'Give scheme and host, without a query and without a user name.'
  if (typeof value !== 'string' || !URL.canParse(value)) return refused('address', advice)
  const { protocol, username, password, search, hash } = new URL(value)
  const isPlain = username === '' && password === '' && search === '' && hash === ''

  return isPlain && (protocol === 'https:' || protocol === 'http:')
    ? { value: value.replace(/\/+$/, '') }
    : refused('address', advice)
}

function readApiKeys(value: Json): Reading {
  if (!Array.isArray(value) || value.length === 0 || value.length > maxApiKeys) {
    return refused(
      'api-keys',
      'Give the API-Keys of one employee at least: import the CSV of the cabinet.',
    )
  }
  const refusals = value.flatMap((each, index) => apiKeyFaults(each as Json, `[${index}]`))
  const seen = new Set<string>()
  const read = value.map((each) => each as EmployeeKey)
  for (const [index, { apiKey }] of read.entries()) {
    const text = typeof apiKey === 'string' ? apiKey.toLowerCase() : String(index)
    if (seen.has(text)) {
      refusals.push({
        at: `[${index}].apiKey`,
        ...wrong('api-key-double', 'This API-Key is in the list twice.'),
      })
    }
    seen.add(text)
  }

  return refusals.length > 0
    ? { refusals }
    : {
        value: read.map(({ apiKey, name, signerKey, expires }) => ({
          apiKey,
          name,
          ...(signerKey === undefined ? {} : { signerKey }),
          ...(expires === undefined ? {} : { expires }),
        })),
      }
}

function apiKeyFaults(value: Json, at: string): (Wrong & { readonly at: string })[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ at, ...wrong('api-key', 'Give an object with apiKey and name.') }]
  }
  const given = value as { readonly [key: string]: Json | undefined }
  const faults = Object.keys(given)
    .filter((key) => !['apiKey', 'name', 'signerKey', 'expires'].includes(key))
    .map((key) => ({
      at: `${at}.${key}`,
      ...wrong('unknown-setting', 'There is no such member; check its spelling.'),
    }))
  const { apiKey, name, signerKey, expires } = given
  if (typeof apiKey !== 'string' || !uuid.test(apiKey)) {
    faults.push({
      at: `${at}.apiKey`,
      ...wrong(
        'api-key',
        'Copy the API-Key from the CSV of the cabinet: 36 characters, no quotes, no blanks.',
      ),
    })
  }
  if (typeof name !== 'string' || name.trim() === '' || name.length > 200) {
    faults.push({ at: `${at}.name`, ...wrong('api-key-name', 'Say whose API-Key it is.') })
  }
  if (
    signerKey !== undefined &&
    !(typeof signerKey === 'string' && /^[\w-]{1,60}$/.test(signerKey))
  ) {
    faults.push({
      at: `${at}.signerKey`,
      ...wrong('signer-key-id', 'Give the id of a signer key, or leave it out.'),
    })
  }
  if (expires !== undefined && !isDay(expires)) {
    faults.push({
      at: `${at}.expires`,
      ...wrong('api-key-expires', 'Give its last day as YYYY-MM-DD, or leave it out.'),
    })
  }

  return faults
}

function isDay(value: Json): boolean {
  return (
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\d$/.test(value) &&
    new Date(`${value}T00:00:00Z`).toJSON()?.startsWith(value) === true
  )
}

function refusal(field: string, { code, advice }: Wrong): Refusal {
  return { code, field, advice }
}
