import { type App, crossLink, EgovMobileError, qrContent } from '@muhr/egov-mobile'
import type { Presentation, RequestAddresses, RequestView } from '@muhr/envelope'
import type { EgovHandle } from './advance.ts'
import type { EgovConnection } from './connection.ts'

/** API #1 of a request; its path ends in `/mgovSign`, as that of every known integration. */
export function api1UrlOf(addresses: RequestAddresses): string {
  return `${addresses.callback}/mgovSign`
}

/** API #2 of a request: one address for GET and PUT. */
export function api2UrlOf(addresses: RequestAddresses): string {
  return `${addresses.callback}/documents`
}

/**
 * What the signer is shown: the text of the QR code, and the links that open the app on the same
 * device. Who signs for an organisation may do so in eGov Business as well.
 *
 * Where the public address is one that no phone may call (plain http beyond this machine) there is no
 * code and no link: a code that every phone refuses is worse than none. The doctor names the cause.
 */
export function present(input: {
  readonly connection: EgovConnection
  readonly request: RequestView<EgovHandle>
  readonly addresses: RequestAddresses
}): Presentation {
  const { connection, request, addresses } = input
  const { launcher, encoder } = connection
  const api1Url = api1UrlOf(addresses)
  const apps: readonly App[] =
    request.recipient.identifiers.bin === undefined
      ? ['egov-mobile']
      : ['egov-mobile', 'egov-business']

  try {
    const links = apps.map((app) => ({
      kind: app,
      url: crossLink({ api1Url, app, launcher, encoder }),
    }))

    return {
      qr: qrContent(api1Url),
      // A template of one's own may be the same for both apps.
      links: links.filter(
        ({ url }, index) => links.findIndex((each) => each.url === url) === index,
      ),
      expiresAt: request.window?.expiresAt,
    }
  } catch (error) {
    if (!(error instanceof EgovMobileError)) throw error

    return { links: [], expiresAt: request.window?.expiresAt }
  }
}
