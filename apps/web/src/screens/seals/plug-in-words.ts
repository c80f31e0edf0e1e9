import type { FullCatalogue } from '../../app/use-app-speech.ts'
import type { Translate } from '../../i18n/message.ts'
import type { SettingsCatalogue } from '../../i18n/settings/ru.ts'
import { asPlugInError } from '../../plug-in/plug-in-error.ts'

/** What went wrong in the browser, and what to do. */
export function plugInText(
  t: Translate<FullCatalogue & SettingsCatalogue>,
  error: unknown,
): string {
  return t(asPlugInError(error).code)
}

/** Code for the small line, with the plug-in's own where it gave one. */
export function plugInCode(error: unknown): string {
  const { code, result } = asPlugInError(error)

  return result === undefined ? code : `${code} · ${result}`
}
