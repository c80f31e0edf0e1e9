import { isLoopback } from './check-host.ts'
import { PhoneError, type PhoneErrorCode } from './error.ts'

/** Which of the two sister apps the phone has installed (kz-egov-mobile §2.3). */
export type EgovApp = 'egov-mobile' | 'egov-business'

type Launcher = {
  readonly app: EgovApp
  readonly host: string
  readonly path: RegExp
  /** Constant parameters; at least one of the groups must be there in full when `isRequired`. */
  readonly groups: readonly Readonly<Record<string, string>>[]
  readonly isRequired: boolean
}

const IOS = { isi: '1476128386', ibi: 'kz.egov.mobile' }
const ANDROID = { apn: 'kz.mobile.mgov' }
const BUSINESS_IOS = { isi: '1597880144', ibi: 'kz.mobile.mgov.business' }
const BUSINESS_ANDROID = { apn: 'kz.mobile.mgov.business' }

// kz-egov-mobile §2.2 [seed], §2.3 and §2.4 [public client]
const LAUNCHERS: readonly Launcher[] = [
  {
    app: 'egov-mobile',
    host: 'mgovsign.page.link',
    path: /^\/?$/,
    groups: [IOS, ANDROID],
    isRequired: true,
  },
  {
    app: 'egov-business',
    host: 'egovbusiness.page.link',
    path: /^\/?$/,
    groups: [BUSINESS_IOS, BUSINESS_ANDROID],
    isRequired: true,
  },
  {
    app: 'egov-mobile',
    host: 'm.egov.kz',
    path: /^\/mobileSign\/?$/,
    groups: [IOS, ANDROID],
    isRequired: false,
  },
  {
    app: 'egov-business',
    host: 'm.egov.kz',
    path: /^\/businessSign\/?$/,
    groups: [BUSINESS_IOS, BUSINESS_ANDROID],
    isRequired: false,
  },
]

const QR_PREFIX = 'mobileSign:'

/** API #1 URL as the app understood it, and how it came. */
export type ReadLink = { readonly api1: string; readonly via: 'qr' | 'cross-link' }

const refuse = (
  code: Extract<PhoneErrorCode, `link.${string}`>,
  message: string,
  more: { advice: string; field?: string; found?: string; expected?: string },
): PhoneError => {
  const { advice, ...data } = more

  return new PhoneError({ code, message, advice, data: { place: 'link', ...data } })
}

/**
 * Takes API #1 out of the text of a QR code or out of a cross link (kz-egov-mobile §2, §9 step 1).
 * `mobileSign:` in exactly this case, its URL as it stands; a launcher link by host and path, `link` decoded
 * once. The sandbox's own launcher is `/phone?link=…` on loopback.
 *
 * @throws {PhoneError} `link.*`
 */
export function readLink(text: string, app: EgovApp): ReadLink {
  if (/\s/u.test(text)) {
    throw refuse('link.white-space', 'The link has white space in it.', {
      advice: 'Leave all spaces and line breaks out (seed, QR signing).',
    })
  }
  if (text.startsWith(QR_PREFIX)) return { api1: text.slice(QR_PREFIX.length), via: 'qr' }
  if (text.toLowerCase().startsWith(QR_PREFIX.toLowerCase())) {
    throw refuse('link.unknown-form', 'The prefix of the QR text is in the wrong case.', {
      advice: 'Write the prefix exactly as mobileSign: (seed, notes on case).',
      found: text.slice(0, QR_PREFIX.length),
      expected: QR_PREFIX,
    })
  }
  const url = URL.parse(text)
  const query = /^[^?#]*\?([^#]*)$/.exec(text)?.[1]
  if (url === null || query === undefined) throw unknownForm()

  const parameters = readParameters(query)
  const isSandbox = isLoopback(url.hostname) && url.pathname === '/phone'
  const launcher = LAUNCHERS.find(
    (known) =>
      url.protocol === 'https:' && known.host === url.host && known.path.test(url.pathname),
  )
  if (!isSandbox && launcher === undefined) throw unknownForm()
  if (launcher !== undefined) checkLauncher(launcher, parameters, app)

  const link = parameters.get('link')
  if (link === undefined) {
    throw refuse('link.parameter', 'The cross link has no parameter link.', {
      advice: 'Put the API #1 URL into link= with its own ? = & percent-encoded.',
      field: 'link',
    })
  }

  return { api1: decodeOnce(link), via: 'cross-link' }
}

function unknownForm(): PhoneError {
  return refuse('link.unknown-form', 'The app does not know this form of QR text or link.', {
    advice: 'Use mobileSign: followed by the API #1 URL, or a launcher link of kz-egov-mobile §2.',
  })
}

function readParameters(query: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>()
  for (const part of query.split('&')) {
    const at = part.indexOf('=')
    const name = at < 0 ? part : part.slice(0, at)
    if (parameters.has(name)) {
      throw refuse('link.parameter', 'The cross link names a parameter twice.', {
        advice:
          'Percent-encode & and = of the API #1 URL, so that they do not mix with the launcher.',
        field: name.slice(0, 32),
      })
    }
    parameters.set(name, at < 0 ? '' : part.slice(at + 1))
  }

  return parameters
}

function checkLauncher(
  launcher: Launcher,
  parameters: ReadonlyMap<string, string>,
  app: EgovApp,
): void {
  if (launcher.app !== app) {
    throw refuse('link.other-app', 'The launcher link opens the other app.', {
      advice: 'Open it on a phone with that app, or choose the launcher of this one.',
      found: launcher.app,
      expected: app,
    })
  }
  const constants = Object.assign({}, ...launcher.groups) as Readonly<Record<string, string>>
  for (const [name, expected] of Object.entries(constants)) {
    const found = parameters.get(name)
    if (found !== undefined && found !== expected) {
      throw refuse('link.parameter', 'A constant parameter of the launcher has another value.', {
        advice: 'Only link changes, the other parameters stay as the seed gives them.',
        field: name,
        found: found.slice(0, 64),
        expected,
      })
    }
  }
  const isWhole = launcher.groups.some((group) =>
    Object.keys(group).every((name) => parameters.has(name)),
  )
  if (launcher.isRequired && !isWhole) {
    throw refuse('link.parameter', 'The launcher link lacks its constant parameters.', {
      advice: 'Add isi and ibi for iOS, or apn for Android (seed, cross signing).',
      field: 'isi',
    })
  }
}

function decodeOnce(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    throw refuse('link.parameter', 'The parameter link is not valid percent-encoding of UTF-8.', {
      advice: 'Encode % as %25 before anything else.',
      field: 'link',
    })
  }
}
