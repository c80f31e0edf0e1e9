import {
  EgovMobileError,
  type Launcher,
  type LinkEncoder,
  launcherTemplate,
} from '@muhr/egov-mobile'
import type { Json, Refusal } from '@muhr/envelope'

/** What is wrong with a setting; `fault.CODE` of `messages` says it in four languages. */
export type SettingFault = `connection.${(typeof settingFaults)[number]}`

export const settingFaults = [
  'not-object',
  'unknown-setting',
  'choice',
  'seconds',
  'launcher',
] as const

type Fault = (typeof settingFaults)[number]
type Wrong = { readonly code: SettingFault; readonly advice: string }

/** Settings of a connection to eGov Mobile, as they are kept. Every one has a default. */
export type EgovConnection = {
  /** `Token`: API #2 wants the bearer token that API #1 gave. `None`: the address alone is the secret. */
  readonly auth: 'Token' | 'None'
  /** Life of one link and QR code, seconds. */
  readonly linkLifeSeconds: number
  readonly launcher: Launcher
  readonly encoder: LinkEncoder
  /** How a PDF is announced; `@file/pdf` is what older versions of the app were sent. */
  readonly pdfMime: 'application/pdf' | '@file/pdf'
  /** Documents that the app does not display: refused before sending, or sent as they are. */
  readonly otherTypes: 'refuse' | 'send'
  /**
   * What the app is told while a check lacks data (revocation service down): refuse with 403, or
   * accept with 200 and check again on our own. What failed for another reason is 403 in any case.
   */
  readonly whenIndeterminate: 'refuse' | 'accept-and-recheck'
  /** Body of the 200. */
  readonly success: 'json' | 'text'
  /** Whether the 200 leads the app back to the signer's page. */
  readonly leadBack: boolean
  /** Status that answers a cancellation. */
  readonly cancelStatus: 200 | 400
}

export const defaultConnection: EgovConnection = Object.freeze({
  auth: 'Token',
  linkLifeSeconds: 300,
  launcher: 'm-egov-kz',
  encoder: 'seed',
  pdfMime: 'application/pdf',
  otherTypes: 'refuse',
  whenIndeterminate: 'refuse',
  success: 'json',
  leadBack: false,
  cancelStatus: 200,
})

/** Bounds of `linkLifeSeconds`: shorter nobody can sign, longer the address is worth stealing. */
export const linkLifeBounds = { fromSeconds: 30, toSeconds: 86_400 } as const

type Parsed =
  | { readonly ok: true; readonly connection: EgovConnection }
  | { readonly ok: false; readonly refusals: readonly Refusal[] }

/** Reads the settings of a connection: all faults at once, each with its field. */
export function parseConnection(settings: Json): Parsed {
  if (settings === null) return { ok: true, connection: defaultConnection }
  if (typeof settings !== 'object' || Array.isArray(settings)) {
    const fault = wrong('not-object', 'Give the settings as an object.')

    return { ok: false, refusals: [{ ...fault, field: 'settings' }] }
  }

  const given = settings as { readonly [key: string]: Json | undefined }
  const read = { ...defaultConnection }
  const refusals: Refusal[] = Object.keys(given)
    .filter((key) => !Object.hasOwn(defaultConnection, key))
    .map((field) => ({
      ...wrong('unknown-setting', 'There is no such setting; check its spelling.'),
      field,
    }))

  for (const key of Object.keys(defaultConnection) as (keyof EgovConnection)[]) {
    const value = given[key]
    if (value === undefined) continue

    const outcome = readers[key](value)
    if ('code' in outcome) refusals.push({ ...outcome, field: key })
    else Object.assign(read, { [key]: outcome.value })
  }

  return refusals.length > 0
    ? { ok: false, refusals }
    : { ok: true, connection: Object.freeze(read) }
}

type Reader = (value: Json) => { readonly value: unknown } | Wrong

const readers: Readonly<Record<keyof EgovConnection, Reader>> = {
  auth: oneOf(['Token', 'None']),
  linkLifeSeconds: (value) =>
    typeof value === 'number' &&
    Number.isInteger(value) &&
    value >= linkLifeBounds.fromSeconds &&
    value <= linkLifeBounds.toSeconds
      ? { value }
      : wrong(
          'seconds',
          `Give whole seconds from ${linkLifeBounds.fromSeconds} to ${linkLifeBounds.toSeconds}.`,
        ),
  launcher: readLauncher,
  encoder: oneOf(['seed', 'component', 'raw']),
  pdfMime: oneOf(['application/pdf', '@file/pdf']),
  otherTypes: oneOf(['refuse', 'send']),
  whenIndeterminate: oneOf(['refuse', 'accept-and-recheck']),
  success: oneOf(['json', 'text']),
  leadBack: oneOf([true, false]),
  cancelStatus: oneOf([200, 400]),
}

function oneOf(allowed: readonly (string | number | boolean)[]): Reader {
  return (value) =>
    allowed.includes(value as string)
      ? { value }
      : wrong('choice', `Choose one of: ${allowed.map(String).join(', ')}.`)
}

function readLauncher(value: Json): ReturnType<Reader> {
  if (value === 'm-egov-kz' || value === 'seed-page-link') return { value }

  const fault = wrong(
    'launcher',
    'Choose m-egov-kz or seed-page-link, or give {"template": "https://…{link}…"} with {link} once.',
  )
  if (typeof value !== 'object' || value === null || !('template' in value)) return fault
  if (typeof value.template !== 'string' || Object.keys(value).length !== 1) return fault

  const launcher = { template: value.template }
  try {
    launcherTemplate(launcher, 'egov-mobile', 'any')

    return { value: launcher }
  } catch (error) {
    if (error instanceof EgovMobileError) return fault
    throw error
  }
}

function wrong(fault: Fault, advice: string): Wrong {
  return { code: `connection.${fault}`, advice }
}
