import { formatNumber } from '../format/numbers.ts'
import {
  type Catalogue,
  type Locale,
  languageTags,
  type Message,
  type PluralForms,
  type Translate,
} from './message.ts'

type AnyParams = Readonly<Record<string, string | number>>

const pluralCategories = ['one', 'few', 'many', 'other'] as const

function formOf(message: PluralForms, category: string): string {
  const known = pluralCategories.find((name) => name === category) ?? 'other'

  return message[known] ?? message.other
}

/**
 * Binds a catalogue to a language. Reading is pure: the same key and parameters give the same text.
 * A key that the catalogue lacks comes back as itself, so that a hole is seen and nothing breaks.
 */
export function createTranslator<C extends Catalogue>(locale: Locale, catalogue: C): Translate<C> {
  const plurals = new Intl.PluralRules(languageTags[locale])

  const pick = (message: Message, params: AnyParams | undefined): string =>
    typeof message === 'string'
      ? message
      : formOf(message, plurals.select(Number(params?.['count'] ?? 0)))

  return (key, ...rest) => {
    const message: Message | undefined = catalogue[key]

    if (message === undefined) return key

    const params: AnyParams | undefined = rest[0]

    return pick(message, params).replace(/\{(\w+)\}/g, (place, name: string) => {
      const value = params?.[name]

      if (value === undefined) return place

      return typeof value === 'number' ? formatNumber(locale, value, 2) : value
    })
  }
}

/** Fills the places of a text that no catalogue of ours holds; a place without a value stays. */
export function fillPlaces(text: string, params: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => params[name] ?? place)
}

/** Text cut at its `**bold**` runs. Values filled in before are plain text: they cannot be bold. */
export function splitBold(
  text: string,
): readonly { readonly text: string; readonly bold: boolean }[] {
  return text
    .split('**')
    .map((part, index) => ({ text: part, bold: index % 2 === 1 }))
    .filter((part) => part.text !== '')
}
