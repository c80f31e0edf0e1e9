import type { Locale } from '../i18n/message.ts'

/** Digest in groups of four, the middle left out: `9f2c 41d0 … 77ab e3c1`. */
export function shortHash(hex: string): string {
  if (hex.length <= 16) return hex.replace(/(.{4})(?=.)/g, '$1 ')

  return `${hex.slice(0, 4)} ${hex.slice(4, 8)} … ${hex.slice(-8, -4)} ${hex.slice(-4)}`
}

/** Digest in groups of four, whole. */
export function groupedHash(hex: string): string {
  return hex.replace(/(.{4})(?=.)/g, '$1 ')
}

/** Words of the names of algorithms in Cyrillic letters; what has none (RSA, SHA) stands as it is. */
const cyrillicWords: readonly (readonly [RegExp, string])[] = [
  [/GOST R/g, 'ГОСТ Р'],
  [/GOST/g, 'ГОСТ'],
  [/Streebog/g, 'Стрибог'],
  [/ bit/g, ' бит'],
]
const kazakhStandard = { ru: 'СТ РК', kk: 'ҚР СТ' } as const

/** The name of an algorithm, which is told in English: `ГОСТ Р 34.10-2012 (256 бит), Стрибог-256`. */
export function algorithmName(name: string, locale: Locale): string {
  if (locale === 'en') return name

  const joined = name.replace(' with ', ', ')
  if (locale === 'uz') return joined

  return cyrillicWords.reduce(
    (text, [word, own]) => text.replace(word, own),
    joined.replace('ST RK', kazakhStandard[locale]),
  )
}

const patronymicTails = new Set(['oʻgʻli', 'ogli', 'qizi', 'ұлы', 'қызы', 'оглы', 'кызы'])

/**
 * Surname and initials, with no-break spaces: `Тестов Т. Т.`, `Үлгіұлы С.`, `Sinovov N. S.`.
 * The words that close a patronymic (oʻgʻli, qizi) are no names of their own and are left out.
 */
export function shortName(name: string): string {
  const [surname, ...given] = name.trim().split(/\s+/)

  if (surname === undefined || surname === '') return ''

  const names = given.filter(
    (word) => !patronymicTails.has(word.toLowerCase().replace(/['’‘`ʼ]/g, 'ʻ')),
  )

  // "Владелец песочницы" is no person's name: what is written small is not cut to a letter.
  if (names.some((word) => [...word][0] === [...word][0]?.toLowerCase())) return name.trim()

  return [surname, ...names.map((word) => `${[...word][0] ?? ''}.`)].join('\u00a0')
}

/** The text with its first letter as a capital: a clause that stands alone. */
export function sentence(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}

/** The words with their first letter small, to stand in a sentence; an abbreviation stays. */
export function clause(words: string): string {
  return /^\p{Lu}(?:\p{Ll}|\P{L})/u.test(words)
    ? words.charAt(0).toLocaleLowerCase() + words.slice(1)
    : words
}

/** Two letters for the round mark of a person. */
export function initialsOf(name: string): string {
  return name
    .trim()
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('')
}

/** Extension of a file name in capitals, at most four letters: what the small sheet shows. */
export function extensionOf(fileName: string): string {
  const match = /\.([\p{L}\p{N}]{1,8})$/u.exec(fileName)

  return (match?.[1] ?? '').toUpperCase().slice(0, 4)
}

/** National number in readable groups while it is typed: IIN and BIN 6+6, others as they are. */
export function groupDigits(digits: string, groups: readonly number[]): string {
  const parts: string[] = []
  let rest = digits

  for (const size of groups) {
    if (rest === '') break

    parts.push(rest.slice(0, size))
    rest = rest.slice(size)
  }

  if (rest !== '') parts.push(rest)

  return parts.join(' ')
}
