/** Keys (UUID), tokens, signatures, and numbers of people: nothing of these leaves in an error. */
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi
const LONG_WORD = /[\w+/=.%~-]{32,}/g
const NUMBER_OF_A_PERSON = /\d[\d \-()]{7,}\d/g
const CONTROL = /\p{Cc}+/gu

/**
 * What a service wrote, fit for an error: one line of at most 300 characters in which everything that
 * could be a key, a token, a signature or the number of a person is `…`. Undefined when nothing is left.
 */
export function redact(text: string | undefined): string | undefined {
  const line = text
    ?.slice(0, 4000)
    .replace(CONTROL, ' ')
    .replace(UUID, '…')
    .replace(LONG_WORD, '…')
    .replace(NUMBER_OF_A_PERSON, '…')
    .trim()
    .slice(0, 300)

  return line === '' ? undefined : line
}
