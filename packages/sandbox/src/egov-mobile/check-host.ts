import { PhoneError, type PhonePlace } from './error.ts'

/** `localhost`, 127.0.0.0/8 or ::1, as a WHATWG URL host name. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  )
}

/**
 * Reads an absolute URL of the service and holds it to the app's rules (kz-egov-mobile §9 step 2):
 * https, or http on loopback only; host on the allow-list; no credentials, fragment or white space in it.
 * Loopback is always on the list: this phone exists to try services on one's own machine.
 *
 * @throws {PhoneError} `link.white-space`, `link.not-a-url`, `host.not-https`, `host.not-allowed`
 */
export function checkHost(
  text: string,
  options: { place: PhonePlace; field?: string; allowedHosts: readonly string[] },
): URL {
  const { place, allowedHosts } = options
  const data = { place, ...(options.field === undefined ? {} : { field: options.field }) }
  if (/\s/u.test(text)) {
    throw new PhoneError({
      code: 'link.white-space',
      message: 'The URL of the service has white space in it.',
      advice: 'Write the URL without spaces or line breaks (seed, QR signing).',
      data,
    })
  }
  const url = URL.parse(text)
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  if (url === null || !isWeb || url.username !== '' || url.password !== '' || url.hash !== '') {
    throw new PhoneError({
      code: 'link.not-a-url',
      message: 'The address of the service is not an absolute web URL.',
      advice: 'Use an absolute https URL without credentials and fragment.',
      data,
    })
  }
  const loopback = isLoopback(url.hostname)
  if (url.protocol !== 'https:' && !loopback) {
    throw new PhoneError({
      code: 'host.not-https',
      message: 'The app calls plain http only on loopback.',
      advice: 'Publish the service over https.',
      data: { ...data, found: url.host },
    })
  }
  if (!loopback && !allowedHosts.includes(url.host) && !allowedHosts.includes(url.hostname)) {
    throw new PhoneError({
      code: 'host.not-allowed',
      message: 'The host of the service is not on the allow-list of the app.',
      advice:
        'Add the host to the allow-list of the simulator; for the real app, ask its operator.',
      data: { ...data, found: url.host },
    })
  }

  return url
}
