import { type EpguErrorCode, epguCodes, esiaCodes, processingStates } from '@muhr/epgu'
import { describe, expect, test } from 'vitest'
import { refusalCodes, settingFaults, settingNames } from '../server/index.ts'
import { connectionFields } from '../web/connection-fields.ts'
import * as connection from './connection/index.ts'
import * as doctor from './doctor/index.ts'
import * as messages from './index.ts'

type Texts = Readonly<Record<string, string>>

const catalogues: Readonly<Record<string, Readonly<Record<string, Texts>>>> = {
  messages,
  connection,
  doctor,
}
const all = Object.values(catalogues).flatMap((catalogue) => Object.values(catalogue))

/** What our client itself says when no code came; mistakes of a program that calls it are not for readers. */
const clientCodes: readonly Exclude<
  EpguErrorCode,
  `goskey.${string}` | 'epgu.invalid-argument' | 'epgu.source-changed'
>[] = [
  'esia.refused',
  'esia.unreachable',
  'esia.unavailable',
  'esia.unreadable-answer',
  'esia.invalid-api-key',
  'esia.invalid-signature',
  'epgu.refused',
  'epgu.not-found',
  'epgu.unknown-url',
  'epgu.unauthorised',
  'epgu.rate-limited',
  'epgu.unavailable',
  'epgu.unreachable',
  'epgu.outcome-unknown',
  'epgu.unreadable-answer',
  'epgu.redirect-refused',
  'epgu.download-too-large',
  'epgu.chunk-window-overrun',
  'epgu.quota-full',
  'epgu.too-many-pages',
  'epgu.dictionary-refused',
]

describe('texts of Goskey', () => {
  test.each(
    Object.keys(catalogues).flatMap((name) =>
      ['kk', 'uz', 'en'].map((locale) => [name, locale] as const),
    ),
  )('%s: %s has the keys of ru, none empty', (name, locale) => {
    const texts = catalogues[name]?.[locale] ?? {}

    expect(Object.keys(texts).sort()).toEqual(Object.keys(catalogues[name]?.['ru'] ?? {}).sort())
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
      expect(messages.ru).toHaveProperty([`reason.${code}`])
    }
  })

  test('every setting of a connection has its name, every choice its words', () => {
    for (const setting of settingNames) {
      expect(connection.ru).toHaveProperty([`connection.${setting}`])
    }
    for (const field of connectionFields) {
      for (const option of 'options' in field && field.name !== 'profile' ? field.options : []) {
        expect(connection.ru).toHaveProperty([`connection.${field.name}.${option}`])
      }
    }
  })

  test('everything that can be wrong with a setting is said in words', () => {
    for (const fault of settingFaults) {
      expect(connection.ru).toHaveProperty([`fault.connection.${fault}`])
    }
  })

  test('every code of ESIA and of the gateway says what to do', () => {
    for (const code of [
      ...Object.keys(esiaCodes).map((each) => `esia.${each}`),
      ...Object.keys(epguCodes).map((each) => `epgu.${each}`),
      ...clientCodes,
    ]) {
      expect(doctor.ru).toHaveProperty([`advice.${code}`])
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
