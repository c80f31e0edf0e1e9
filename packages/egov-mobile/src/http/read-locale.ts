import { headerValue, type RequestHeaders } from './message.ts'

/** The languages of the app, as it writes them in `Accept-Language` [seed]; `kk`, not `kz`. */
export const appLocales = ['ru', 'kk', 'en'] as const

export type AppLocale = (typeof appLocales)[number]

/**
 * The language for texts shown in the app. The app sends exactly `ru`, `kk` or `en` from
 * iOS 2.4.1 / Android 1.6.77 on [seed]; other readers send quality lists (RFC 9110 section 12.5.4).
 * Nothing sent, or nothing known among it: `ru` [assumed].
 */
export function readLocale(headers: RequestHeaders): AppLocale {
  const header = headerValue(headers, 'accept-language') ?? ''

  // A header is a few dozen characters; a longer one is not worth the time.
  if (header.length > 256) return 'ru'

  let best: { locale: AppLocale; quality: number } | undefined

  for (const item of header.split(',')) {
    const [range = '', ...parameters] = item.split(';').map((part) => part.trim())
    const locale = appLocales.find((known) => known === range.split('-')[0]?.toLowerCase())
    const quality = readQuality(parameters)

    if (locale !== undefined && quality > (best?.quality ?? 0)) best = { locale, quality }
  }

  return best?.locale ?? 'ru'
}

function readQuality(parameters: readonly string[]): number {
  const weight = parameters.find((parameter) => /^q\s*=/i.test(parameter))
  if (weight === undefined) return 1

  const match = /^q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i.exec(weight)

  return match === null ? 0 : Number(match[1])
}
