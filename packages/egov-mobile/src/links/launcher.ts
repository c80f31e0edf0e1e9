import { EgovMobileError } from '../error.ts'
import { isLoopbackHost } from './assert-service-url.ts'

/** The app of citizens, and its sister for legal entities [public client]. */
export type App = 'egov-mobile' | 'egov-business'

/** Whose store parameters the link carries. `any` carries both. */
export type Platform = 'ios' | 'android' | 'any'

/**
 * The page that opens the app on the same device.
 *
 * - `m-egov-kz`: what integrations use since 2025 [public client]; recommended.
 * - `seed-page-link`: the seed's own, on Firebase Dynamic Links, which were switched off on
 *   25 August 2025. Kept to conform to the seed, and for test builds that still answer to it.
 * - `{ template }`: any other, with `{link}` where the encoded API #1 goes.
 */
export type Launcher = 'seed-page-link' | 'm-egov-kz' | { readonly template: string }

type StoreIds = { readonly isi: string; readonly ibi: string; readonly apn: string }

// egov-mobile: [seed, section 2]; egov-business: [public client].
const storeIds: Readonly<Record<App, StoreIds>> = {
  'egov-mobile': { isi: '1476128386', ibi: 'kz.egov.mobile', apn: 'kz.mobile.mgov' },
  'egov-business': {
    isi: '1597880144',
    ibi: 'kz.mobile.mgov.business',
    apn: 'kz.mobile.mgov.business',
  },
}

const pageLinkHosts: Readonly<Record<App, string>> = {
  'egov-mobile': 'mgovsign.page.link',
  'egov-business': 'egovbusiness.page.link',
}

const launcherPaths: Readonly<Record<App, string>> = {
  'egov-mobile': 'mobileSign',
  'egov-business': 'businessSign',
}

/**
 * The template of a launcher: a URL with `{link}` in it exactly once.
 *
 * @throws EgovMobileError `egov-mobile.invalid-launcher` for a template of the caller that has no
 *   `{link}` or several, is not absolute, or is neither https nor on loopback
 */
export function launcherTemplate(launcher: Launcher, app: App, platform: Platform): string {
  if (launcher === 'm-egov-kz') return `https://m.egov.kz/${launcherPaths[app]}/?link={link}`

  if (launcher === 'seed-page-link') {
    const { isi, ibi, apn } = storeIds[app]
    const ios = platform === 'android' ? '' : `&isi=${isi}&ibi=${ibi}`
    const android = platform === 'ios' ? '' : `&apn=${apn}`

    return `https://${pageLinkHosts[app]}/?link={link}${ios}${android}`
  }

  return assertTemplate(launcher.template)
}

function assertTemplate(template: string): string {
  if (template.split('{link}').length !== 2) throw invalidLauncher('placeholder')

  const parsed = URL.parse(template.replace('{link}', ''))
  if (parsed === null) throw invalidLauncher('not-absolute')

  const isSafe =
    parsed.protocol === 'https:' || (parsed.protocol === 'http:' && isLoopbackHost(parsed.hostname))
  if (!isSafe) throw invalidLauncher('scheme')

  return template
}

function invalidLauncher(
  reason: 'placeholder' | 'scheme' | 'not-absolute',
): EgovMobileError<'egov-mobile.invalid-launcher'> {
  return new EgovMobileError({
    code: 'egov-mobile.invalid-launcher',
    message: `The launcher template cannot be used: ${reason}.`,
    advice: 'Give an absolute https URL with {link} in it exactly once.',
    data: { reason },
  })
}
