import type { SettingValue } from '../../api/settings-types.ts'

/** A secret that the server keeps: sent back as it is, it stays. */
export type MaskedSecret = { readonly masked: string; readonly ref: string }

/** One employee's API-Key in the form. */
export type ApiKeyRow = {
  readonly apiKey: string | MaskedSecret
  readonly name: string
  readonly signerKey?: string
  /** Last day, YYYY-MM-DD. */
  readonly expires?: string
}

/** API-Keys out of the settings of a connection; what is something else is left out. */
export function readRows(value: SettingValue | undefined): readonly ApiKeyRow[] {
  if (!Array.isArray(value)) return []

  return value.flatMap((each: SettingValue) => {
    if (typeof each !== 'object' || each === null || !('apiKey' in each)) return []
    const { apiKey, name, signerKey, expires } = each as Readonly<Record<string, SettingValue>>

    return [
      {
        apiKey: isMasked(apiKey) ? apiKey : String(apiKey ?? ''),
        name: typeof name === 'string' ? name : '',
        ...(typeof signerKey === 'string' ? { signerKey } : {}),
        ...(typeof expires === 'string' ? { expires } : {}),
      },
    ]
  })
}

function isMasked(value: SettingValue | undefined): value is MaskedSecret {
  return typeof value === 'object' && value !== null && 'ref' in value
}

/** Dots and the last four characters. */
export function maskOf(apiKey: ApiKeyRow['apiKey']): string {
  return typeof apiKey === 'string' ? `········${apiKey.slice(-4)}` : apiKey.masked
}

/** What tells a row from others. */
export function rowKey({ apiKey }: ApiKeyRow): string {
  return typeof apiKey === 'string' ? apiKey.toLowerCase() : apiKey.ref
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** An API-Key as it was pasted, in the form that ESIA wants; undefined where it is none. */
export function readApiKey(text: string): string | undefined {
  const bare = text.replace(/[\s{}"'«»]/g, '').toLowerCase()

  return uuid.test(bare) ? bare : undefined
}

const dayMs = 86_400_000
/** From when on the end of an API-Key is told, days. */
const soonDays = 30

/** How the last day of an API-Key stands to today; undefined where none is known. */
export function endingOf(
  { expires }: ApiKeyRow,
  now: Date,
): { readonly tone: 'ok' | 'warn' | 'bad'; readonly daysLeft: number } | undefined {
  if (expires === undefined || Number.isNaN(Date.parse(expires))) return undefined

  // The cabinet counts days of Moscow.
  const daysLeft = Math.floor((Date.parse(`${expires}T23:59:59+03:00`) - now.getTime()) / dayMs)

  return { tone: daysLeft < 0 ? 'bad' : daysLeft < soonDays ? 'warn' : 'ok', daysLeft }
}
