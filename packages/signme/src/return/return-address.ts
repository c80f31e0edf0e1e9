import { invalidArgument } from '../invalid-argument.ts'

/**
 * Where Sign.Me tells the outcome: the browser comes back there, or its server makes a GET. One request
 * has one of both (spec §6.2).
 */
export type ReturnAddress = {
  readonly kind: 'browser' | 'push'
  /** Absolute http or https, with a token that nobody guesses and no name of an envelope. */
  readonly url: string
}

/**
 * The value of `url` (section 7 of the text): the address, or `GET:` and the address. Refused is what the
 * added `?signed=…` or `&signed=…` would be lost or misread in (trap T12).
 *
 * @throws SignmeError `signme.invalid-argument`
 */
export function buildReturnUrl({ kind, url }: ReturnAddress): string {
  const isWritten = /^https?:\/\/[\x21-\x7e]+$/i.test(url)
  if (!isWritten || !URL.canParse(url)) {
    throw invalidArgument('returnTo.url', 'an absolute http or https URL in ASCII')
  }
  const { username, password, searchParams } = new URL(url)
  if (username !== '' || password !== '') {
    throw invalidArgument('returnTo.url', 'a URL without credentials')
  }
  if (url.includes('#')) throw invalidArgument('returnTo.url', 'a URL without a fragment')
  if (url.endsWith('?') || url.endsWith('&')) {
    throw invalidArgument('returnTo.url', 'a URL that does not end with ? or &')
  }
  if (searchParams.has('signed') || searchParams.has('error')) {
    throw invalidArgument('returnTo.url', 'a URL without parameters signed and error of its own')
  }

  return kind === 'push' ? `GET:${url}` : url
}
