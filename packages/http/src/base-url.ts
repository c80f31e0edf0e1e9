/**
 * The base of a service without the slash at its end, or undefined when the text is no absolute http
 * or https URL, or carries credentials, a query or a fragment.
 */
export function parseBaseUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, username, password, search, hash, origin, pathname } = new URL(text)
  if (protocol !== 'https:' && protocol !== 'http:') return undefined
  if (username !== '' || password !== '' || search !== '' || hash !== '') return undefined

  return origin + pathname.replace(/\/+$/, '')
}
