import type { Catalogue, Locale } from '../i18n/message.ts'
import { loadProviderTexts } from '../services/registry.ts'

/** All that the signer page says in one language. */
export type SignTexts = {
  readonly locale: Locale
  readonly catalogue: Catalogue
  /** Texts of one service, by its own keys. */
  readonly providerText: (provider: string) => (key: string) => string
}

const catalogues: Readonly<Record<Locale, () => Promise<Catalogue>>> = {
  ru: () => import('../i18n/sign-page/ru.ts').then(({ catalogue }) => catalogue),
  kk: () => import('../i18n/sign-page/kk.ts').then(({ catalogue }) => catalogue),
  uz: () => import('../i18n/sign-page/uz.ts').then(({ catalogue }) => catalogue),
  en: () => import('../i18n/sign-page/en.ts').then(({ catalogue }) => catalogue),
}

/** Loads one language: the page's own texts and those of the services. */
export async function loadSignTexts(locale: Locale): Promise<SignTexts> {
  const [catalogue, services] = await Promise.all([catalogues[locale](), loadProviderTexts(locale)])

  return {
    locale,
    catalogue,
    providerText: (provider) => (key) => services[`${provider}:${key}`] ?? key,
  }
}
