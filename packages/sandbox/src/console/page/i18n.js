// @ts-check
/**
 * Texts of the page: the server puts those of the chosen language into the page itself.
 * @type {{ locale: 'ru'|'kk'|'uz'|'en', messages: Record<string, string> }}
 */
export const page = JSON.parse(document.getElementById('page-data')?.textContent ?? '{}')

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
  return new Intl.DateTimeFormat(page.locale, {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(new Date(iso))
}

/** @param {string} iso */
export function shortDate(iso) {
  return new Intl.DateTimeFormat('ru', {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
  }).format(new Date(iso))
}

/** Sizes in powers of ten, as everywhere in Muhr. @param {number} bytes */
export function size(bytes) {
  const format = (/** @type {number} */ n) =>
    new Intl.NumberFormat(page.locale, { maximumFractionDigits: n < 10 ? 1 : 0 }).format(n)
  if (bytes < 1000) return t('size.b', { n: bytes })
  if (bytes < 1_000_000) return t('size.kb', { n: format(bytes / 1000) })

  return t('size.mb', { n: format(bytes / 1_000_000) })
}

/** Twelve digits in two groups of six. @param {string} digits */
export function grouped(digits) {
  return `${digits.slice(0, 6)} ${digits.slice(6)}`
}
