import type { Locale } from '../i18n/message.ts'

/*
 * Separators are written here and not taken from Intl: browsers ship without number data of Kazakh
 * and Uzbek and would fall back to the machine's own language.
 */
const separators: Readonly<Record<Locale, { readonly group: string; readonly decimal: string }>> = {
  ru: { group: '\u00a0', decimal: ',' },
  kk: { group: '\u00a0', decimal: ',' },
  uz: { group: '\u00a0', decimal: ',' },
  en: { group: ',', decimal: '.' },
}

/**
 * A number as the language writes it, at most `maxDecimals` digits behind the comma, no zeros at the
 * end. Groups of three from five digits on.
 */
export function formatNumber(locale: Locale, value: number, maxDecimals = 0): string {
  const { group, decimal } = separators[locale]
  const [whole = '0', fraction = ''] = Math.abs(value).toFixed(maxDecimals).split('.')
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, group) : whole
  const tail = fraction.replace(/0+$/, '')

  return `${value < 0 ? '\u2212' : ''}${grouped}${tail === '' ? '' : decimal + tail}`
}
