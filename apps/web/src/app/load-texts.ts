import type { Catalogue, Locale } from '../i18n/message.ts'
import type { ProviderTexts } from '../services/contract.ts'
import { loadProviderTexts } from '../services/registry.ts'

/** All that the application says in one language. */
export type AppTexts = {
  readonly locale: Locale
  readonly catalogue: Catalogue
  readonly providers: ProviderTexts
}

const catalogues: Readonly<Record<Locale, () => Promise<Catalogue>>> = {
  ru: () => import('../i18n/app-page/ru.ts').then(({ catalogue }) => catalogue),
  kk: () => import('../i18n/app-page/kk.ts').then(({ catalogue }) => catalogue),
  uz: () => import('../i18n/app-page/uz.ts').then(({ catalogue }) => catalogue),
  en: () => import('../i18n/app-page/en.ts').then(({ catalogue }) => catalogue),
}

/** Loads the application's own texts in one language. */
export function loadCatalogue(locale: Locale): Promise<Catalogue> {
  return catalogues[locale]()
}

/** Loads one language: the application's own texts and those of the services. */
export async function loadAppTexts(locale: Locale): Promise<AppTexts> {
  const [catalogue, providers] = await Promise.all([
    catalogues[locale](),
    loadProviderTexts(locale, 'clerk'),
  ])

  return { locale, catalogue, providers }
}
