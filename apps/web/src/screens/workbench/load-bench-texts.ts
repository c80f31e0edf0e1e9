import { loadCatalogue } from '../../app/load-texts.ts'
import type { Catalogue, Locale } from '../../i18n/message.ts'

const loaders: Readonly<Record<Locale, () => Promise<readonly Catalogue[]>>> = {
  ru: async () => [
    (await import('../../i18n/settings/ru.ts')).settingsRu,
    (await import('../../i18n/workbench/ru.ts')).benchRu,
  ],
  kk: async () => [
    (await import('../../i18n/settings/kk.ts')).settingsKk,
    (await import('../../i18n/workbench/kk.ts')).benchKk,
  ],
  uz: async () => [
    (await import('../../i18n/settings/uz.ts')).settingsUz,
    (await import('../../i18n/workbench/uz.ts')).benchUz,
  ],
  en: async () => [
    (await import('../../i18n/settings/en.ts')).settingsEn,
    (await import('../../i18n/workbench/en.ts')).benchEn,
  ],
}

/** All that the workbench says in one language: the application, the clerk's plug-in, and its own texts. */
export async function loadBenchTexts(locale: Locale): Promise<Catalogue> {
  const [common, own] = await Promise.all([loadCatalogue(locale), loaders[locale]()])

  return Object.assign({}, common, ...own) as Catalogue
}
