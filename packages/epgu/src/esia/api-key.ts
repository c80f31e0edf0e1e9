import { EpguError } from '../error.ts'

/** An API-Key: a UUID, kept letter for letter, since the text itself is signed (spec §1). */
export type ApiKey = string & { readonly __brand: 'ApiKey' }

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * Checks the form of an API-Key and keeps its case. The key is in no error.
 *
 * @throws EpguError `esia.invalid-api-key`
 */
export function parseApiKey(text: string): ApiKey {
  if (UUID.test(text)) return text as ApiKey

  throw new EpguError({
    code: 'esia.invalid-api-key',
    message: 'The API-Key is not a UUID of 36 characters.',
    advice: 'Copy the API-Key from the CSV of the cabinet, without quotes, blanks and line ends.',
    data: { expected: 'UUID of 36 characters' },
  })
}
