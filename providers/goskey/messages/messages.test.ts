import { processingStates } from '@muhr/epgu'
import { describe, expect, test } from 'vitest'
import { refusalCodes, settingNames } from '../server/index.ts'
import * as messages from './index.ts'

const { ru } = messages
const catalogues: Readonly<Record<string, Readonly<Record<string, string>>>> = messages

describe('texts of Goskey', () => {
  test.each(['kk', 'uz', 'en'])('%s has the keys of ru, none empty', (locale) => {
    const texts = catalogues[locale] ?? {}

    expect(Object.keys(texts).sort()).toEqual(Object.keys(ru).sort())
    expect(Object.values(texts).filter((text) => text.trim() === '')).toEqual([])
  })

  test('every end of an order has its reason', () => {
    const states = Object.entries(processingStates).flatMap(([state, { outcome }]) =>
      outcome === 'failed' ? [`epgu.${state}`] : [],
    )

    for (const code of [
      'goskey.rejected',
      'goskey.expired',
      ...Object.values(refusalCodes),
      ...states,
    ]) {
      expect(ru).toHaveProperty([`reason.${code}`])
    }
  })

  test('every setting of a connection has its name', () => {
    for (const setting of settingNames) {
      expect(ru).toHaveProperty([`connection.${setting}`])
    }
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
