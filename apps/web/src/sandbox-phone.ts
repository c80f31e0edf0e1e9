import type { Presentation } from './api/types.ts'

/**
 * Address of the simulated phone with this code already scanned: a link of the presentation that
 * leads there, else the phone's own page with the QR text as `link`. A service whose app finds its
 * signer has a page of its own beside it; one that is a site is opened where its signer signs.
 */
export function sandboxPhoneLink(
  phoneUrl: string | undefined,
  presentation: Presentation | undefined,
  ownPage?: string,
): string | undefined {
  if (phoneUrl === undefined) return undefined

  const site = presentation?.links.find(({ kind }) => kind === 'page')?.url

  if (site !== undefined) return site
  if (ownPage !== undefined) return new URL(ownPage, phoneUrl).href

  const own = presentation?.links.find(({ url }) => url.startsWith(phoneUrl))

  if (own !== undefined) return own.url
  if (presentation?.qr === undefined) return phoneUrl

  const joint = phoneUrl.includes('?') ? '&' : '?'

  return `${phoneUrl}${joint}link=${encodeURIComponent(presentation.qr)}`
}
