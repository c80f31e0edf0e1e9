import { describe, expect, it } from 'vitest'
import { goskeyWebMessages } from './index.ts'

const { ru } = goskeyWebMessages

describe('texts of Goskey', () => {
  it.each(['kk', 'uz', 'en'] as const)('%s has the keys of ru, none empty', (locale) => {
    const texts = goskeyWebMessages[locale]

    expect(Object.keys(texts).sort()).toEqual(Object.keys(ru).sort())
    expect(Object.values(texts).filter((text) => text.trim() === '')).toEqual([])
  })

  it('writes Uzbek with ʻ and ʼ, never with an apostrophe of the keyboard', () => {
    const wrong = Object.values(goskeyWebMessages.uz).filter((text) => /['’‘`]/.test(text))

    expect(wrong).toEqual([])
  })
})
