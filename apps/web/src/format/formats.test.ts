import { describe, expect, it } from 'vitest'
import { createFormats } from './formats.ts'

const at = '2026-11-22T11:05:31.000Z'
const plain = (text: string) => text.replace(/\u00a0/g, ' ')
const formats = (locale: 'ru' | 'kk' | 'uz' | 'en', timeZone: string) =>
  createFormats({ locale, timeZone })

describe('dates (ui.md §9)', () => {
  it.each([
    ['ru', 'Europe/Moscow', '22.11.2026, 14:05 (МСК)'],
    ['kk', 'Asia/Almaty', '2026 ж. 22 қараша, 16:05 (Астана уақыты)'],
    ['uz', 'Asia/Tashkent', '2026-yil 22-noyabr, 16:05 (Toshkent vaqti)'],
    ['en', 'UTC', '22 Nov 2026, 11:05 (UTC)'],
    ['en', 'Asia/Kolkata', '22 Nov 2026, 16:35 (UTC+5:30)'],
    ['en', 'America/New_York', '22 Nov 2026, 06:05 (UTC\u22125)'],
  ] as const)('%s in %s names the zone', (locale, zone, text) => {
    expect(plain(formats(locale, zone).proofTime(at))).toBe(text)
  })

  it('shows seconds where a proof needs them', () => {
    expect(formats('ru', 'Europe/Moscow').proofTime(at, 'seconds')).toBe(
      '22.11.2026, 14:05:31 (МСК)',
    )
  })

  it('counts the day in the zone of the reader', () => {
    expect(formats('ru', 'Asia/Almaty').day('2026-11-22T20:00:00Z')).toBe('23.11.2026')
  })

  it('writes midnight as 00:00', () => {
    expect(formats('ru', 'UTC').clock('2026-11-22T00:00:00Z')).toBe('00:00')
  })
})

describe('relative time', () => {
  const ago = (seconds: number) =>
    plain(formats('ru', 'Europe/Moscow').ago(at, new Date(Date.parse(at) + seconds * 1000)))

  it.each([
    [0, 'только что'],
    [7, '7 с назад'],
    [180, '3 мин назад'],
    [7200, '2 ч назад'],
    [86_399, '23 ч назад'],
    [86_400, '22.11.2026, 14:05'],
  ])('after %d s', (seconds, text) => {
    expect(ago(seconds)).toBe(text)
  })
})

describe('sizes in powers of ten', () => {
  it.each([
    [0, '0 Б'],
    [999, '999 Б'],
    [412_000, '412 КБ'],
    [999_499, '999 КБ'],
    [999_500, '1 МБ'],
    [1_800_000, '1,8 МБ'],
    [100_000_000, '100 МБ'],
    [1_250_000_000, '1,3 ГБ'],
  ])('%d', (bytes, text) => {
    expect(plain(formats('ru', 'UTC').size(bytes))).toBe(text)
  })

  it('has a point in English', () => {
    expect(plain(formats('en', 'UTC').size(1_800_000))).toBe('1.8 MB')
  })

  it('has a comma in Kazakh and Uzbek without help of the browser', () => {
    expect(plain(formats('kk', 'UTC').size(1_800_000))).toBe('1,8 МБ')
    expect(plain(formats('uz', 'UTC').size(1_800_000))).toBe('1,8 MB')
  })
})

describe('counters', () => {
  const { counter, countdown } = formats('ru', 'UTC')

  it('are exact to 10 000 and say so above', () => {
    expect(plain(counter(9999))).toBe('9999')
    expect(plain(counter(10_000))).toBe('10 000')
    expect(plain(counter(10_001))).toBe('10 000+')
  })

  it('count down in minutes and seconds and stop at zero', () => {
    expect(countdown(252_000)).toBe('4:12')
    expect(countdown(9_001)).toBe('0:10')
    expect(countdown(-5)).toBe('0:00')
  })
})
