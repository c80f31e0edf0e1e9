import type { Json, Refusal } from '@muhr/envelope'
import { defaultLimits, outerLimits } from './capabilities.ts'

/** An account at Sign.Me: the access key of one registered site (spec §1). */
export type SignmeConnection = {
  /** `https://sign.me`, a test host, one on premises, or a local terminator of GOST TLS. */
  readonly baseUrl: string
  readonly key: string
  /** How requests are written: as the text of Sign.Me has it, or the raw JSON of its newer API (§2.1). */
  readonly wire: 'form' | 'json'
  /** The name of the key in JSON; `api_key` in the newer API. */
  readonly keyField: 'key' | 'api_key'
  readonly sendsKeyWithCheck: boolean
  /** Authorities in PEM, beside those of the system. */
  readonly ca?: string | undefined
  /** `http://host:port`, through which every call goes. */
  readonly proxy?: string | undefined
  /** Sign.Me calls us after each try to sign (§6.2), or sends the signer's browser back (§6.1). */
  readonly returnBy: 'push' | 'browser'
  /** `IF`: the notification address of the key is called too; its staff must have been told it (§6.3). */
  readonly notifies: boolean
  /** The signer must enter an SMS code as well. */
  readonly requiresSms: boolean
  /** Sign.Me sends its signer no e-mail. */
  readonly withoutEmail: boolean
  /** Whether signer and company are registered is asked before a document is sent (§11). */
  readonly precheck: boolean
  /**
   * A recipient who is known by phone or e-mail alone is proven by the word of Sign.Me, which is shown
   * with the report; otherwise such a recipient is refused before sending.
   */
  readonly trustsContact: boolean
  readonly maxFiles: number
  /** Octets of all files of a request. */
  readonly maxBytes: number
  /** Questions that are asked at the same time. */
  readonly concurrency: number
}

type Parsed =
  | { readonly ok: true; readonly connection: SignmeConnection }
  | { readonly ok: false; readonly refusals: readonly Refusal[] }

/** What is wrong with a setting; its texts stand under `fault.CODE` of `messages/connection`. */
export const settingFaults = [
  'not-object',
  'unknown-setting',
  'missing',
  'address',
  'key',
  'choice',
  'yes-or-no',
  'authorities',
  'proxy',
  'number',
] as const

export type SettingFault = `connection.${(typeof settingFaults)[number]}`

const defaults = Object.freeze({
  baseUrl: 'https://sign.me',
  wire: 'form',
  keyField: 'key',
  sendsKeyWithCheck: false,
  returnBy: 'push',
  notifies: false,
  requiresSms: false,
  withoutEmail: false,
  precheck: false,
  trustsContact: true,
  maxFiles: defaultLimits.maxFiles,
  maxBytes: defaultLimits.maxBytes,
  concurrency: 4,
} as const)

/** Settings in the order of the form. */
export const settingNames = [
  'baseUrl',
  'key',
  'wire',
  'keyField',
  'sendsKeyWithCheck',
  'ca',
  'proxy',
  'returnBy',
  'notifies',
  'requiresSms',
  'withoutEmail',
  'precheck',
  'trustsContact',
  'maxFiles',
  'maxBytes',
  'concurrency',
] as const satisfies readonly (keyof SignmeConnection)[]

const optional: readonly string[] = ['ca', 'proxy']

type Wrong = { readonly code: SettingFault; readonly advice: string }
type Reading = { readonly value: unknown } | { readonly wrong: Wrong }
type Reader = (value: Json) => Reading

/** Reads the settings of a connection: all faults at once, each with its field. */
export function parseConnection(settings: Json): Parsed {
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) {
    return {
      ok: false,
      refusals: [{ field: 'settings', ...wrong('not-object', 'Give the settings as an object.') }],
    }
  }
  const given = settings as { readonly [key: string]: Json | undefined }
  const refusals: Refusal[] = Object.keys(given)
    .filter((key) => !settingNames.some((name) => name === key))
    .map((field) => ({
      field,
      ...wrong('unknown-setting', 'There is no such setting; check its spelling.'),
    }))
  const read: Record<string, unknown> = { ...defaults }
  for (const name of settingNames) {
    const value = given[name]
    if (value === undefined || value === null || value === '') {
      if (!Object.hasOwn(defaults, name) && !optional.includes(name)) {
        refusals.push({ field: name, ...wrong('missing', 'Fill in this setting.') })
      }
      continue
    }
    const outcome = readers[name](value)
    if ('value' in outcome) read[name] = outcome.value
    else refusals.push({ field: name, ...outcome.wrong })
  }

  return refusals.length > 0
    ? { ok: false, refusals }
    : // Every setting was read above, or has a default.
      { ok: true, connection: Object.freeze(read) as SignmeConnection }
}

function wrong(fault: (typeof settingFaults)[number], advice: string): Wrong {
  return { code: `connection.${fault}`, advice }
}

function oneOf(allowed: readonly string[]): Reader {
  return (value) =>
    allowed.some((each) => each === value)
      ? { value }
      : { wrong: wrong('choice', `Choose one of: ${allowed.join(', ')}.`) }
}

const yesOrNo: Reader = (value) =>
  typeof value === 'boolean' ? { value } : { wrong: wrong('yes-or-no', 'Say yes or no.') }

function wholeFrom(from: number, to: number): Reader {
  return (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to
      ? { value }
      : { wrong: wrong('number', `Give a whole number from ${from} to ${to}.`) }
}

const readers: Readonly<Record<(typeof settingNames)[number], Reader>> = {
  baseUrl: (value) => {
    const advice = 'Give scheme and host, without a query and without a user name.'
    if (typeof value !== 'string' || !URL.canParse(value))
      return { wrong: wrong('address', advice) }
    const { protocol, username, password, search, hash } = new URL(value)
    const isPlain = username === '' && password === '' && search === '' && hash === ''

    return isPlain && (protocol === 'https:' || protocol === 'http:')
      ? { value: value.replace(/\/+$/, '') }
      : { wrong: wrong('address', advice) }
  },
  key: (value) =>
    typeof value === 'string' && /^[\x21-\x7e]{1,512}$/.test(value.trim())
      ? { value: value.trim() }
      : { wrong: wrong('key', 'Copy the access key as Sign.Me sent it, without blanks.') },
  wire: oneOf(['form', 'json']),
  keyField: oneOf(['key', 'api_key']),
  sendsKeyWithCheck: yesOrNo,
  ca: (value) =>
    typeof value === 'string' &&
    value.length <= 200_000 &&
    /-----BEGIN CERTIFICATE-----/.test(value)
      ? { value }
      : { wrong: wrong('authorities', 'Paste the certificates of the authorities in PEM.') },
  proxy: (value) =>
    typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
      ? { value }
      : { wrong: wrong('proxy', 'Give the proxy as http://host:port.') },
  returnBy: oneOf(['push', 'browser']),
  notifies: yesOrNo,
  requiresSms: yesOrNo,
  withoutEmail: yesOrNo,
  precheck: yesOrNo,
  trustsContact: yesOrNo,
  maxFiles: wholeFrom(1, outerLimits.maxFiles),
  maxBytes: wholeFrom(1, outerLimits.maxBytes),
  concurrency: wholeFrom(1, 32),
}
