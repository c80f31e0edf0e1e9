import { chooseLocale, parseLocale } from '../i18n/choose-locale.ts'
import type { Locale } from '../i18n/message.ts'

export type Theme = 'system' | 'light' | 'dark'

/** Reads the browser's storage; one that is forbidden is empty. */
export function readStored(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

/** Writes the browser's storage, or forgets the key; one that is forbidden or full keeps nothing. */
export function writeStored(key: string, value: string | undefined): boolean {
  try {
    if (value === undefined) localStorage.removeItem(key)
    else localStorage.setItem(key, value)

    return true
  } catch {
    return false
  }
}

const localeKey = 'muhr.locale'
const themeKey = 'muhr.theme'

/** The language last chosen on this machine, then the browser's. */
export function initialLocale(): Locale {
  return chooseLocale([readStored(localeKey), ...navigator.languages])
}

export function storedLocale(): Locale | undefined {
  return parseLocale(readStored(localeKey))
}

export function storeLocale(locale: Locale): void {
  writeStored(localeKey, locale)
}

export function storedTheme(): Theme {
  const theme = readStored(themeKey)

  return theme === 'light' || theme === 'dark' ? theme : 'system'
}

/** Applies a theme at once and remembers it; `system` follows the machine. */
export function applyTheme(theme: Theme): void {
  writeStored(themeKey, theme === 'system' ? undefined : theme)

  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}
