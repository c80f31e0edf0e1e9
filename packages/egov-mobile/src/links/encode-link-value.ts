import { EgovMobileError } from '../error.ts'

/**
 * How API #1 is written into the `link` parameter of a launcher.
 *
 * - `seed`: `? = &` are encoded as in the seed's worked example, and with them whatever would not
 *   come back after one decoding (`% # +`, spaces, non-ASCII). `:` and `/` stay.
 * - `component`: `encodeURIComponent` [public client].
 * - `raw`: nothing is encoded [public client]; refused where the value would not come back.
 */
export type LinkEncoder = 'seed' | 'component' | 'raw'

// RFC 3986 characters that may stand in a query without being taken for a separator of the launcher.
const keptBySeedEncoder = /[A-Za-z0-9\-._~:/@!$'()*,;[\]]/

const changedByDecoding = /[%&#+]|[^\u0021-\u007e]/u

/**
 * Writes a URL as the value of a query parameter. Percent-decoding the result once gives `value`
 * back byte for byte (UTF-8), with every encoder.
 *
 * @throws EgovMobileError `egov-mobile.link-needs-encoding` when `raw` cannot keep that promise, or
 *   the text is not well-formed Unicode
 */
export function encodeLinkValue(value: string, encoder: LinkEncoder): string {
  if (!value.isWellFormed()) throw needsEncoding('\ufffd')

  switch (encoder) {
    case 'component':
      return encodeURIComponent(value)
    case 'raw': {
      const offender = changedByDecoding.exec(value)
      if (offender !== null) throw needsEncoding(offender[0])

      return value
    }
    case 'seed':
      return Array.from(value, (character) =>
        keptBySeedEncoder.test(character) ? character : percentEncode(character),
      ).join('')
  }
}

function percentEncode(character: string): string {
  return Array.from(
    new TextEncoder().encode(character),
    (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('')
}

function needsEncoding(character: string): EgovMobileError<'egov-mobile.link-needs-encoding'> {
  return new EgovMobileError({
    code: 'egov-mobile.link-needs-encoding',
    message: 'The URL of API #1 would not come back from the link unchanged.',
    advice: "Use the encoder 'seed', or a URL of API #1 without a query.",
    data: { character },
  })
}
