/** Languages of people, in the order in which a page offers them. */
export const locales = ['ru', 'kk', 'uz', 'en'] as const
export type Locale = (typeof locales)[number]

/** How each language calls itself on the switch. */
export const localeNames: Readonly<
  Record<Locale, { readonly short: string; readonly own: string }>
> = {
  ru: { short: 'Рус', own: 'Русский' },
  kk: { short: 'Қаз', own: 'Қазақша' },
  uz: { short: 'Oʻz', own: 'Oʻzbekcha' },
  en: { short: 'Eng', own: 'English' },
}

/** BCP 47 tag for Intl and for the `lang` attribute: Uzbek is written here in Latin letters. */
export const languageTags: Readonly<Record<Locale, string>> = {
  ru: 'ru',
  kk: 'kk',
  uz: 'uz-Latn',
  en: 'en',
}

/** Forms by Intl.PluralRules: ru has one, few, many, other; kk, uz and en one and other. */
export type PluralForms = {
  readonly one?: string
  readonly few?: string
  readonly many?: string
  readonly other: string
}

/**
 * A text with `{name}` places and `**bold**` runs. Where it has forms, the parameter `count` picks
 * one of them.
 */
export type Message = string | PluralForms
export type Catalogue<Key extends string = string> = { readonly [K in Key]: Message }

type PlacesOf<Text extends string> = Text extends `${string}{${infer Place}}${infer Rest}`
  ? Place | PlacesOf<Rest>
  : never
type TextsOf<M> = M extends string ? M : M extends PluralForms ? Extract<M[keyof M], string> : never
type Places<M> = PlacesOf<TextsOf<M>> | (M extends PluralForms ? 'count' : never)

/** Parameters that a message asks for, read from its text by the compiler. */
export type Params<M> = { readonly [P in Places<M>]: string | number }
type Rest<M> = [Places<M>] extends [never] ? [] : [params: Params<M>]

/** Looks a message up and fills its places; numbers are written as the language writes them. */
export type Translate<C> = <Key extends keyof C & string>(
  key: Key,
  ...params: Rest<C[Key]>
) => string
