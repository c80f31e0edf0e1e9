import type { CommonCatalogue } from '../i18n/common/ru.ts'
import type { SignCatalogue } from '../i18n/sign/ru.ts'
import { type Speech, useSpeech } from '../i18n/text-context.tsx'

/** Speech of the signer page. */
export function useSignSpeech(): Speech<CommonCatalogue & SignCatalogue> {
  return useSpeech<CommonCatalogue & SignCatalogue>()
}
