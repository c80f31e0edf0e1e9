import { type Locale, locales } from './message.ts'

/** Reads a language tag (`kk-KZ`, `uz_Latn_UZ`) as one of ours, or nothing. */
export function parseLocale(tag: string | null | undefined): Locale | undefined {
  const primary = tag?.toLowerCase().split(/[-_]/)[0]

  return locales.find((locale) => locale === primary)
}

/** The first of the candidates that is a language of ours, else Russian (ui.md §5). */
export function chooseLocale(candidates: readonly (string | null | undefined)[]): Locale {
  for (const candidate of candidates) {
    const locale = parseLocale(candidate)

    if (locale !== undefined) return locale
  }

  return 'ru'
}
