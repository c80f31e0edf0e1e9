import { describe, expect, it } from 'vitest'
import { appEn } from './app/en.ts'
import { appKk } from './app/kk.ts'
import { appRu } from './app/ru.ts'
import { appUz } from './app/uz.ts'
import { commonEn } from './common/en.ts'
import { commonKk } from './common/kk.ts'
import { commonRu } from './common/ru.ts'
import { commonUz } from './common/uz.ts'
import type { Catalogue, Locale, Message } from './message.ts'
import { locales } from './message.ts'
import { reportEn } from './report/en.ts'
import { reportKk } from './report/kk.ts'
import { reportRu } from './report/ru.ts'
import { reportUz } from './report/uz.ts'
import { settingsEn } from './settings/en.ts'
import { settingsKk } from './settings/kk.ts'
import { settingsRu } from './settings/ru.ts'
import { settingsUz } from './settings/uz.ts'
import { signEn } from './sign/en.ts'
import { signKk } from './sign/kk.ts'
import { signRu } from './sign/ru.ts'
import { signUz } from './sign/uz.ts'
import { benchEn } from './workbench/en.ts'
import { benchKk } from './workbench/kk.ts'
import { benchRu } from './workbench/ru.ts'
import { benchUz } from './workbench/uz.ts'

const catalogues: Readonly<Record<string, Readonly<Record<Locale, Catalogue>>>> = {
  app: { ru: appRu, kk: appKk, uz: appUz, en: appEn },
  common: { ru: commonRu, kk: commonKk, uz: commonUz, en: commonEn },
  report: { ru: reportRu, kk: reportKk, uz: reportUz, en: reportEn },
  settings: { ru: settingsRu, kk: settingsKk, uz: settingsUz, en: settingsEn },
  sign: { ru: signRu, kk: signKk, uz: signUz, en: signEn },
  workbench: { ru: benchRu, kk: benchKk, uz: benchUz, en: benchEn },
}

const forms: Readonly<Record<Locale, readonly string[]>> = {
  ru: ['few', 'many', 'one', 'other'],
  kk: ['one', 'other'],
  uz: ['one', 'other'],
  en: ['one', 'other'],
}

const textsOf = (message: Message | undefined): readonly string[] =>
  message === undefined ? [] : typeof message === 'string' ? [message] : Object.values(message)
const placesOf = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()
const allTexts = (locale: Locale) =>
  Object.entries(catalogues).flatMap(([area, byLocale]) =>
    Object.entries(byLocale[locale]).flatMap(([key, message]) =>
      textsOf(message).map((text) => ({ at: `${area}:${key}`, text })),
    ),
  )

describe.each(Object.entries(catalogues))('catalogue %s', (_area, byLocale) => {
  describe.each(locales)('%s', (locale) => {
    const catalogue = byLocale[locale]

    it('has the keys of ru, no more and no fewer', () => {
      expect(Object.keys(catalogue).sort()).toEqual(Object.keys(byLocale.ru).sort())
    })

    it('has plural forms where ru has them, those that the language needs', () => {
      for (const [key, message] of Object.entries(byLocale.ru)) {
        const own = catalogue[key]

        expect(typeof own, key).toBe(typeof message)

        if (own !== undefined && typeof own !== 'string') {
          expect(Object.keys(own).sort(), key).toEqual(forms[locale])
        }
      }
    })

    it('asks for the same places in every form as ru does', () => {
      for (const [key, message] of Object.entries(byLocale.ru)) {
        const wanted = placesOf(textsOf(message).join(' '))
        const own = placesOf(textsOf(catalogue[key]).join(' '))

        // A form may leave the number out ("the signature is proven"), never ask for more.
        expect(wanted, key).toEqual(expect.arrayContaining(own))
        expect(own.length, key).toBeGreaterThanOrEqual(
          wanted.filter((place) => place !== '{count}').length,
        )
      }
    })

    it('has no empty text and closes each bold run', () => {
      for (const [key, message] of Object.entries(catalogue)) {
        for (const text of textsOf(message)) {
          expect(text.trim(), key).not.toBe('')
          expect(text.split('**').length % 2, key).toBe(1)
        }
      }
    })
  })
})

describe('words of the house (ui.md §5)', () => {
  it.each(locales)('%s never shouts, begs or says "oops"', (locale) => {
    const banned =
      /!|успешно|пожалуйста|упс|ошибка выполнения|сәтті|өтінеміз|muvaffaqiyatli|iltimos|successfully|please|oops/i
    const wrong = allTexts(locale).filter(({ text }) => banned.test(text))

    expect(wrong).toEqual([])
  })

  it('ru says "подпись", not "ЭЦП", and does not blame', () => {
    const wrong = allTexts('ru').filter(({ text }) => /ЭЦП|вы ввели|неверн/i.test(text))

    expect(wrong).toEqual([])
  })

  it('uz is written with ʻ and ʼ, never with an apostrophe of the keyboard', () => {
    const wrong = allTexts('uz').filter(({ text }) => /['’‘`´]/.test(text))

    expect(wrong).toEqual([])
  })

  it('uz puts ʻ after o and g and ʼ elsewhere', () => {
    const wrong = allTexts('uz').filter(
      ({ text }) => /(?<![oOgG])ʻ/.test(text) || /[oOgG]ʼ/.test(text),
    )

    expect(wrong).toEqual([])
  })

  it.each(['ru', 'kk', 'uz'] as const)('%s quotes with «…»', (locale) => {
    const wrong = allTexts(locale).filter(({ text }) => /["“”]/.test(text))

    expect(wrong).toEqual([])
  })

  it('en quotes with “…”', () => {
    const wrong = allTexts('en').filter(({ text }) => /["«»]|'\w+'/.test(text))

    expect(wrong).toEqual([])
  })
})
