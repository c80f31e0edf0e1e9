import { createContext, useContext } from 'react'
import type { Mode } from '../api/types.ts'
import type { Locale } from '../i18n/message.ts'
import type { ProviderTexts } from '../services/contract.ts'

export type AppContextValue = {
  readonly chooseLocale: (locale: Locale) => void
  readonly providerTexts: ProviderTexts
  /** Mode as the server wrote it into the page: known before anybody logs in. */
  readonly mode: Mode
}

const Context = createContext<AppContextValue | undefined>(undefined)

export const AppContextProvider = Context.Provider

export function useApp(): AppContextValue {
  const value = useContext(Context)

  if (value === undefined) throw new TypeError('useApp: no AppContextProvider above')

  return value
}

/** Text of a service by its own key. */
export function useProviderText(): (provider: string, key: string) => string {
  const { providerTexts } = useApp()

  return (provider, key) => providerTexts[`${provider}:${key}`] ?? ''
}
