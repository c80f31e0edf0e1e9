import { fillPlaces } from '../i18n/translate.ts'

/** Text of a service by its own key; empty where it has none. */
export type ServiceText = (provider: string, key: string) => string

/** What a service says in place of the common words; nothing where the common ones will do. */
export function ownWords(
  text: ServiceText,
  at: { readonly provider: string; readonly key: string },
  params: Readonly<Record<string, string>> = {},
): string | undefined {
  const own = text(at.provider, at.key)

  return own === '' ? undefined : fillPlaces(own, params)
}

/**
 * Why a signing ended, or what stood in its way, in the words of its service. A reason that a person
 * wrote is no code and has none.
 */
export function reasonWords(
  text: ServiceText,
  provider: string,
  code: string | undefined,
): string | undefined {
  if (code === undefined || code === '') return undefined

  return firstWords(text, provider, [`reason.${code}`, `plan.${code}`, `attention.${code}`])
}

/** What needs a look, in the words of its service: the same code may also be why a signing ended. */
export function attentionWords(
  text: ServiceText,
  provider: string,
  code: string | undefined,
): string | undefined {
  if (code === undefined || code === '') return undefined

  return firstWords(text, provider, [`attention.${code}`, `reason.${code}`, `plan.${code}`])
}

function firstWords(
  text: ServiceText,
  provider: string,
  keys: readonly string[],
): string | undefined {
  return keys.map((key) => text(provider, key)).find((words) => words !== '')
}
