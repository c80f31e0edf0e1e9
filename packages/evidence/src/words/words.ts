/** Languages of people, in the order in which pages offer them. */
export const languages = ['ru', 'kk', 'uz', 'en'] as const
export type Language = (typeof languages)[number]

/** One message in every language. `{name}` stands for a value. */
export type Words = Readonly<Record<Language, string>>

/** Values for the `{name}` places of a message. */
export type WordValues = Readonly<Record<string, string | number>>

/** A message with its values put in, in every language. */
export function fill(words: Words, values: WordValues = {}): Words {
  const one = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))

  return { ru: one(words.ru), kk: one(words.kk), uz: one(words.uz), en: one(words.en) }
}
