import type { FullCatalogue } from '../../app/use-app-speech.ts'
import type { SettingsCatalogue } from '../../i18n/settings/ru.ts'
import { type Speech, useSpeech } from '../../i18n/text-context.tsx'
import type { BenchCatalogue } from '../../i18n/workbench/ru.ts'

/** Speech of the workbench: its own texts and all of the application. */
export function useBenchSpeech(): Speech<FullCatalogue & SettingsCatalogue & BenchCatalogue> {
  return useSpeech<FullCatalogue & SettingsCatalogue & BenchCatalogue>()
}
