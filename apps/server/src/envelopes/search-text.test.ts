import { describe, expect, it } from 'vitest'
import { foldText } from './search-text.ts'

describe('a search', () => {
  it.each([
    ['ҮЛГІҰЛЫ  Сынақ', 'үлгіұлы сынақ'],
    ['ЖШС «Мысал»', 'жшс «мысал»'],
    ['Oʻzbekiston', "o'zbekiston"],
    ['Gʼalaba', "g'alaba"],
    [' Ё\tё ', 'ё ё'],
    ['№ １２', 'no 12'],
  ])('takes %j for %j', (text, folded) => {
    expect(foldText(text)).toBe(folded)
  })
})
