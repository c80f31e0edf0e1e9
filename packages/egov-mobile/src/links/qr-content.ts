import { assertServiceUrl } from './assert-service-url.ts'

/**
 * The text of the QR code: `mobileSign:` in exactly this case, then API #1 as it is. Nothing is
 * percent-encoded here: encoding belongs to cross links only [seed, sections 1 and 2].
 *
 * It is a payload for the scanner inside the app, not a URL scheme: do not open it from a page.
 *
 * @param api1Url the absolute URL of API #1
 * @throws EgovMobileError `egov-mobile.invalid-url`
 * @example qrContent('https://some.domen.kz/mgovSign?id=42')
 *   // 'mobileSign:https://some.domen.kz/mgovSign?id=42'
 */
export function qrContent(api1Url: string): string {
  assertServiceUrl(api1Url, 'api1Url')

  return `mobileSign:${api1Url}`
}
