import { describe, expect, it } from 'vitest'
import { egovMobileWebMessages } from './index.ts'

const { ru } = egovMobileWebMessages

describe('texts of eGov Mobile', () => {
  it.each(['kk', 'uz', 'en'] as const)('%s has the keys of ru, none empty', (locale) => {
    const texts = egovMobileWebMessages[locale]

    expect(Object.keys(texts).sort()).toEqual(Object.keys(ru).sort())
    expect(Object.values(texts).filter((text) => text.trim() === '')).toEqual([])
  })

  it('writes Uzbek with ʻ and ʼ, never with an apostrophe of the keyboard', () => {
    const wrong = Object.values(egovMobileWebMessages.uz).filter((text) => /['’‘`]/.test(text))

    expect(wrong).toEqual([])
  })
})
