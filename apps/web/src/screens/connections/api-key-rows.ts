import type { SettingValue } from '../../api/settings-types.ts'

/** A secret that the server keeps: sent back as it is, it stays. */
export type MaskedSecret = { readonly masked: string; readonly ref: string }

/** One employee's API-Key in the form. */
export type ApiKeyRow = {
  readonly apiKey: string | MaskedSecret
  readonly name: string
  readonly signerKey?: string
}

/** API-Keys out of the settings of a connection; what is something else is left out. */
export function readRows(value: SettingValue | undefined): readonly ApiKeyRow[] {
  if (!Array.isArray(value)) return []

  return value.flatMap((each: SettingValue) => {
    if (typeof each !== 'object' || each === null || !('apiKey' in each)) return []
    const { apiKey, name, signerKey } = each as Readonly<Record<string, SettingValue>>

    return [
      {
        apiKey: isMasked(apiKey) ? apiKey : String(apiKey ?? ''),
        name: typeof name === 'string' ? name : '',
        ...(typeof signerKey === 'string' ? { signerKey } : {}),
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
