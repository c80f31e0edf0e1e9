import { refusals } from '@muhr/signme'
import { describe, expect, test } from 'vitest'
import { settingFaults, settingNames } from '../server/connection.ts'
import * as clerkEn from '../web/clerk/en.ts'
import * as clerkKk from '../web/clerk/kk.ts'
import * as clerkRu from '../web/clerk/ru.ts'
import * as clerkUz from '../web/clerk/uz.ts'
import { connectionFields } from '../web/connection-fields.ts'
import { signmeWebMessages } from '../web/messages/index.ts'
import * as connection from './connection/index.ts'
import * as doctor from './doctor/index.ts'
import * as messages from './index.ts'

type Texts = Readonly<Record<string, string>>

const catalogues: Readonly<Record<string, Readonly<Record<string, Texts>>>> = {
  messages,
  connection,
  doctor,
  web: signmeWebMessages,
  clerk: { ru: clerkRu.ru, kk: clerkKk.kk, uz: clerkUz.uz, en: clerkEn.en },
}
const all = Object.values(catalogues).flatMap((catalogue) => Object.values(catalogue))
const placesOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort()

describe('texts of Sign.Me', () => {
  test.each(
    Object.keys(catalogues).flatMap((name) =>
      ['kk', 'uz', 'en'].map((locale) => [name, locale] as const),
    ),
  )('%s: %s has the keys and places of ru, none empty', (name, locale) => {
    const texts = catalogues[name]?.[locale] ?? {}
    const ru = catalogues[name]?.['ru'] ?? {}

    expect(Object.keys(texts).sort()).toEqual(Object.keys(ru).sort())
    expect(Object.values(texts).filter((text) => text.trim() === '')).toEqual([])
    for (const [key, text] of Object.entries(ru)) {
      expect(placesOf(texts[key] ?? ''), key).toEqual(placesOf(text))
    }
  })

  test('every refusal of a request says what to do (spec §5)', () => {
    for (const code of [...Object.keys(refusals.sign), 'rejected', 'deleted', 'outcome-unknown']) {
      expect(messages.ru).toHaveProperty([`reason.signme.${code}`])
    }
  })

  test('every setting of a connection stands in its form, by name, and every choice in words', () => {
    expect(connectionFields.map(({ name }) => name).sort()).toEqual([...settingNames].sort())
    for (const field of connectionFields) {
      expect(connection.ru).toHaveProperty([`connection.${field.name}`])
      for (const option of 'options' in field ? field.options : []) {
        expect(connection.ru).toHaveProperty([`connection.${field.name}.${option}`])
      }
    }
  })

  test('everything that can be wrong with a setting is said in words', () => {
    for (const fault of settingFaults) {
      expect(connection.ru).toHaveProperty([`fault.connection.${fault}`])
    }
  })

  test('Uzbek has ʻ and ʼ, never an apostrophe of the keyboard', () => {
    const texts = Object.values(catalogues).flatMap(({ uz = {} }) => Object.values(uz))

    expect(texts.filter((text) => /['’‘`]/.test(text))).toEqual([])
  })

  test('nobody is praised, blamed or shouted at', () => {
    const forbidden = /успешно|пожалуйста|упс|!|please|successful/i

    expect(all.flatMap(Object.values).filter((text) => forbidden.test(text))).toEqual([])
  })
})
