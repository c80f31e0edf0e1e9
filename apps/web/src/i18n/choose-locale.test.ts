import { describe, expect, it } from 'vitest'
import { chooseLocale, parseLocale } from './choose-locale.ts'

describe('chooseLocale', () => {
  it.each([
    [['kk-KZ', 'ru'], 'kk'],
    [['uz_Latn_UZ'], 'uz'],
    [['de', undefined, 'en-GB'], 'en'],
    [[null, 'fr'], 'ru'],
    [[], 'ru'],
  ] as const)('of %j takes %s', (candidates, locale) => {
    expect(chooseLocale(candidates)).toBe(locale)
  })

  it('does not take a tag that only begins alike', () => {
    expect(parseLocale('rup')).toBeUndefined()
  })
})
