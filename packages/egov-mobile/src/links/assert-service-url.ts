import { EgovMobileError, type UrlFault } from '../error.ts'

/**
 * Checks a URL of ours that the app will call: API #1 or API #2.
 *
 * The app gets it as text out of a QR code or a link, so it has to be an absolute ASCII URL with
 * nothing in it that some reader on the way would cut off or rewrite: no space [seed, section 1], no
 * fragment, no user name. Plain `http:` passes on a loopback host only, for simulators.
 *
 * @param url the URL, already percent-encoded (RFC 3986)
 * @param field what the caller calls it, for the error
 * @throws EgovMobileError `egov-mobile.invalid-url`
 */
export function assertServiceUrl(url: string, field: string): void {
  const reason = findUrlFault(url)

  if (reason !== undefined) {
    throw new EgovMobileError({
      code: 'egov-mobile.invalid-url',
      message: `${field} is not a URL that eGov Mobile can call: ${reason}.`,
      advice: 'Give an absolute https URL in ASCII, without spaces, fragment and user name.',
      data: { field, reason },
    })
  }
}

/** The first fault of a service URL, or undefined when the app can be given it. */
export function findUrlFault(url: string): UrlFault | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  if (/[\u0000-\u0020\u007f]/.test(url)) return 'space-or-control'
  if (/[^\u0021-\u007e]/.test(url)) return 'not-ascii'
  if (url.includes('#')) return 'fragment'

  // The parser forgives `https:example.kz` and back slashes; a phone's parser may not.
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?\\]+/.test(url) || url.includes('\\')) {
    return 'not-absolute'
  }

  const parsed = URL.parse(url)
  if (parsed === null) return 'not-absolute'
  if (parsed.username !== '' || parsed.password !== '') return 'credentials'
  if (parsed.protocol === 'https:') return undefined

  return parsed.protocol === 'http:' && isLoopbackHost(parsed.hostname) ? undefined : 'scheme'
}

/** Whether a host name, as `URL` writes it, is this very machine. */
export function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  )
}

/**
 * Whether API #1 carries the `mgovSign` marker that the seed's example and every public integration
 * have: as the last segment of the path or as a name in the query. Nothing says that the app needs
 * it; a service without it is worth a warning [assumed].
 */
export function hasMgovSignMarker(api1Url: string): boolean {
  const parsed = URL.parse(api1Url)

  return (
    parsed !== null &&
    (parsed.pathname.endsWith('/mgovSign') || parsed.searchParams.has('mgovSign'))
  )
}
