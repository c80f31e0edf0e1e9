import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { SkeletonRows } from '../components/skeleton.tsx'
import type { Catalogue, Locale } from '../i18n/message.ts'
import type { SettingsCatalogue } from '../i18n/settings/ru.ts'
import { type Speech, SpeechProvider, useSpeech } from '../i18n/text-context.tsx'
import { loadCatalogue } from './load-texts.ts'
import { type FullCatalogue, useAppSpeech } from './use-app-speech.ts'

/** Speech of the screens of keys, connections and seals. */
export function useSettingsSpeech(): Speech<FullCatalogue & SettingsCatalogue> {
  return useSpeech<FullCatalogue & SettingsCatalogue>()
}

const loaders: Readonly<Record<Locale, () => Promise<Catalogue>>> = {
  ru: () => import('../i18n/settings/ru.ts').then(({ settingsRu }) => settingsRu),
  kk: () => import('../i18n/settings/kk.ts').then(({ settingsKk }) => settingsKk),
  uz: () => import('../i18n/settings/uz.ts').then(({ settingsUz }) => settingsUz),
  en: () => import('../i18n/settings/en.ts').then(({ settingsEn }) => settingsEn),
}

/** Loads the texts that only these screens need, so that the first load does not carry them. */
export function WithSettingsTexts({ children }: { readonly children: ReactNode }) {
  const { locale } = useAppSpeech()
  const { data } = useQuery({
    queryKey: ['texts', 'settings', locale],
    queryFn: async () => {
      const [common, own] = await Promise.all([loadCatalogue(locale), loaders[locale]()])

      return { locale, catalogue: { ...common, ...own } }
    },
    staleTime: Number.POSITIVE_INFINITY,
    // A form that is being filled in stays while another language comes.
    placeholderData: (before) => before,
  })

  return data === undefined ? (
    <SkeletonRows />
  ) : (
    <SpeechProvider locale={data.locale} catalogue={data.catalogue}>
      {children}
    </SpeechProvider>
  )
}
