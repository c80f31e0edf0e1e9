// @ts-check
/**
 * Texts of the page: the server puts those of the chosen language into the page itself.
 * @type {{ locale: 'ru'|'kk'|'uz'|'en', messages: Record<string, string> }}
 */
export const page = JSON.parse(document.getElementById('page-data')?.textContent ?? '{}')

/**
 * Browsers without Kazakh or Uzbek data fall back to English: these two write numbers and hours as Russian does.
 */
const format = page.locale === 'en' ? 'en-GB' : 'ru'

const plural = new Intl.PluralRules(page.locale)

/**
 * The text of a key with its `{names}` filled in.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  const text = page.messages[key] ?? page.messages['refusal.other'] ?? key

  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole))
}

/**
 * The form of a key that a number takes: `key.one`, `key.few`, …
 * @param {string} key
 * @param {number} n
 */
export function tn(key, n) {
  return t(`${key}.${plural.select(n)}`, { n })
}

/** @param {string} iso */
export function shortTime(iso) {
  return new Intl.DateTimeFormat(format, { hour: '2-digit', minute: '2-digit' }).format(
    new Date(iso),
  )
}

/** @param {string} iso */
export function shortDate(iso) {
  const month = page.locale === 'en' ? 'short' : '2-digit'

  return new Intl.DateTimeFormat(format, { day: '2-digit', month, year: 'numeric' }).format(
    new Date(iso),
  )
}

/** Sizes in powers of ten, as everywhere in Muhr. @param {number} bytes */
export function size(bytes) {
  const number = (/** @type {number} */ n) =>
    new Intl.NumberFormat(format, { maximumFractionDigits: n < 10 ? 1 : 0 }).format(n)
  if (bytes < 1000) return t('size.b', { n: bytes })
  if (bytes < 1_000_000) return t('size.kb', { n: number(bytes / 1000) })

  return t('size.mb', { n: number(bytes / 1_000_000) })
}

/** Twelve digits in two groups of six. @param {string} digits */
export function grouped(digits) {
  return `${digits.slice(0, 6)} ${digits.slice(6)}`
}
