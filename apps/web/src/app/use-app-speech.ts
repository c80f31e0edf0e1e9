import type { AppCatalogue } from '../i18n/app/ru.ts'
import type { CommonCatalogue } from '../i18n/common/ru.ts'
import type { ReportCatalogue } from '../i18n/report/ru.ts'
import { type Speech, useSpeech } from '../i18n/text-context.tsx'

export type FullCatalogue = CommonCatalogue & AppCatalogue & ReportCatalogue

/** Speech of the application. */
export function useAppSpeech(): Speech<FullCatalogue> {
  return useSpeech<FullCatalogue>()
}
