import { appLocales, type RefusalCode, refusals } from '@muhr/egov-mobile'
import { describe, expect, test } from 'vitest'
import { defaultConnection, linkLifeBounds, settingFaults } from '../server/connection.ts'
import * as messages from './index.ts'

const { ru } = messages
const catalogues: Readonly<Record<string, Readonly<Record<string, string>>>> = messages

describe('texts of eGov Mobile', () => {
  test.each(['kk', 'uz', 'en'])(
    '%s has the keys of ru, none empty, none left in Russian',
    (locale) => {
      const texts = catalogues[locale] ?? {}

      expect(Object.keys(texts).sort()).toEqual(Object.keys(ru).sort())
      for (const [key, text] of Object.entries(texts)) {
        expect(text.trim(), key).not.toBe('')
        expect(text, key).not.toBe(catalogues['ru']?.[key])
      }
    },
  )

  test.each(appLocales)('refusals in %s are those that the app gets', (locale) => {
    for (const code of Object.keys(refusals) as RefusalCode[]) {
      expect(catalogues[locale]?.[`refusal.${code}`]).toBe(refusals[code].text[locale])
    }
  })

  test('every setting of a connection has its name and its hint', () => {
    for (const setting of Object.keys(defaultConnection)) {
      expect(ru).toHaveProperty([`connection.${setting}`])
      expect(ru).toHaveProperty([`connection.${setting}.hint`])
    }
  })

  test('everything that can be wrong with a setting is said in words, with its bounds', () => {
    for (const texts of Object.values(catalogues)) {
      for (const fault of settingFaults) {
        expect(texts).toHaveProperty([`fault.connection.${fault}`])
      }
      const seconds = texts['fault.connection.seconds']
      expect(seconds).toContain(String(linkLifeBounds.fromSeconds))
      expect(seconds).toContain(String(linkLifeBounds.toSeconds))
    }
  })

  test('every text that asks for something says what happened first', () => {
    const twoSentences = Object.entries(ru).filter(([key]) => /^(refusal|plan)\./.test(key))

    expect(twoSentences.filter(([, text]) => !/[.:] \S/.test(text))).toEqual([])
  })

  test('Uzbek has ʻ and ʼ, never an apostrophe of the keyboard', () => {
    expect(Object.values(messages.uz).filter((text) => /['’‘`]/.test(text))).toEqual([])
  })

  test('nobody is praised, blamed or shouted at', () => {
    const forbidden = /успешно|пожалуйста|упс|!|please|successful/i

    for (const texts of Object.values(catalogues)) {
      expect(Object.values(texts).filter((text) => forbidden.test(text))).toEqual([])
    }
  })
})
