import { assertServiceUrl } from './assert-service-url.ts'
import { encodeLinkValue, type LinkEncoder } from './encode-link-value.ts'
import { type App, type Launcher, launcherTemplate, type Platform } from './launcher.ts'

export type CrossLinkOptions = {
  /** The absolute URL of API #1. */
  readonly api1Url: string
  /** Default `egov-mobile`. */
  readonly app?: App
  /** Default `m-egov-kz`. */
  readonly launcher?: Launcher
  /** Default `any`. Only `seed-page-link` tells platforms apart. */
  readonly platform?: Platform
  /** Default `seed`. */
  readonly encoder?: LinkEncoder
}

/**
 * The link that opens the app on the device where it is pressed [seed, section 2]. Only the value of
 * `link` changes from one signing to the next; decoding it once gives API #1 byte for byte.
 *
 * @throws EgovMobileError `egov-mobile.invalid-url`, `egov-mobile.invalid-launcher`,
 *   `egov-mobile.link-needs-encoding`
 * @example crossLink({ api1Url: 'https://some.domen.kz/a/mgovSign' })
 *   // 'https://m.egov.kz/mobileSign/?link=https://some.domen.kz/a/mgovSign'
 */
export function crossLink(options: CrossLinkOptions): string {
  const { api1Url, app = 'egov-mobile', launcher = 'm-egov-kz' } = options
  const { platform = 'any', encoder = 'seed' } = options

  assertServiceUrl(api1Url, 'api1Url')

  const template = launcherTemplate(launcher, app, platform)
  const value = encodeLinkValue(api1Url, encoder)

  // A function, because `$&` in a URL would mean something to a replacement string.
  return template.replace('{link}', () => value)
}
