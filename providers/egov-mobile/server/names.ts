import type { Names } from '@muhr/egov-mobile'
import type { Locale, LocalisedText } from '@muhr/envelope'

/** Languages to fall back on when the wanted one is missing. */
const fallback: readonly Locale[] = ['ru', 'kk', 'en', 'uz']

/**
 * The three names that the app wants, from texts of which some may be missing. `nameKz` is the
 * text in Kazakh (`kk`). Undefined when there is no text at all.
 */
export function namesOf(text: LocalisedText, otherwise?: string): Names | undefined {
  const pick = (locale: Locale): string | undefined =>
    [locale, ...fallback].map((each) => text[each]?.trim()).find(Boolean) ?? otherwise

  const nameRu = pick('ru')
  const nameKz = pick('kk')
  const nameEn = pick('en')

  return nameRu === undefined || nameKz === undefined || nameEn === undefined
    ? undefined
    : { nameRu, nameKz, nameEn }
}
