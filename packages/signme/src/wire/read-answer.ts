/** What an answer is before anybody knows what was expected. */
export type AnswerKind =
  /** `error N: text`, whatever the HTTP status. */
  | { readonly kind: 'error'; readonly errorNumber: number; readonly text: string }
  /** A page of a proxy or of maintenance. */
  | { readonly kind: 'html' }
  | { readonly kind: 'other' }

const HEAD_BYTES = 4096
const ERROR = /^error\s*:?\s*(\d{1,6})\s*:?\s*(.*)$/is

/**
 * Looks at the beginning of an answer alone: a file name or comment further on may hold the word `error`
 * (spec §2.2, trap T3).
 */
export function recogniseAnswer(octets: Uint8Array): AnswerKind {
  const text = textOf(octets.subarray(0, HEAD_BYTES))
  const error = ERROR.exec(text)
  if (error !== null) {
    return { kind: 'error', errorNumber: Number(error[1]), text: (error[2] ?? '').trim() }
  }

  return { kind: text.startsWith('<') ? 'html' : 'other' }
}

/** Text without byte order mark, white space at its ends, and one pair of quotation marks. */
export function textOf(octets: Uint8Array): string {
  const text = new TextDecoder('utf-8').decode(octets).trim()

  return unquote(text).trim()
}

/** Some clients read a suffix as JSON, in which `/` may be written `\/`. */
function unquote(text: string): string {
  if (!/^".*"?$/s.test(text)) return text
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'string') return value
  } catch {
    // Not JSON: quotation marks around plain text.
  }

  return text.replace(/^"|"$/g, '')
}
