import { describe, expect, it } from 'vitest'
import { adviceWords } from './advice.ts'
import { groundWords } from './grounds.ts'
import { answerWords, questionWords } from './questions.ts'
import { readmeWords } from './readme.ts'
import {
  countWords,
  numberWords,
  reportWords,
  roleWords,
  sandboxWords,
  standingWords,
  stateWords,
  verdictWords,
} from './report.ts'
import { fill, languages, type Words } from './words.ts'

const all: readonly (readonly [string, Words])[] = [
  ...Object.entries(adviceWords).flatMap(([code, { what, next }]): [string, Words][] => [
    [`${code} what`, what],
    [`${code} next`, next],
  ]),
  ...[
    groundWords,
    answerWords,
    questionWords,
    readmeWords,
    countWords,
    numberWords,
    reportWords,
    roleWords,
    standingWords,
    stateWords,
    verdictWords,
    { sandboxWords },
  ].flatMap((table) => Object.entries<Words>(table)),
]

const places = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).toSorted()

describe('words', () => {
  it.each(all)('%s: in every language, with the same places, in its own letters', (_, words) => {
    for (const language of languages) {
      expect(words[language].trim()).not.toBe('')
      expect(places(words[language])).toEqual(places(words.en))
    }
    expect(words.en).not.toMatch(/\p{Script=Cyrillic}/u)
    expect(words.uz).not.toMatch(/\p{Script=Cyrillic}/u)
    // oʻ, gʻ and the tutuq sign have letters of their own, not an apostrophe.
    expect(words.uz).not.toMatch(/['’‘`]/)
  })

  it('never congratulate, blame or shout', () => {
    for (const [, words] of all) {
      expect(Object.values(words).join(' ')).not.toMatch(/успешно|упс|!/i)
    }
  })

  it('take their values, and keep a place that has none', () => {
    const words = { ru: '{a} и {b}', kk: '{a}', uz: '{a}', en: '{b}' }
    expect(fill(words, { a: 1 })).toEqual({ ru: '1 и {b}', kk: '1', uz: '1', en: '{b}' })
  })
})
