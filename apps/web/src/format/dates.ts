import type { Locale } from '../i18n/message.ts'

const months: Readonly<Record<'kk' | 'uz' | 'en', readonly string[]>> = {
  kk: [
    'қаңтар',
    'ақпан',
    'наурыз',
    'сәуір',
    'мамыр',
    'маусым',
    'шілде',
    'тамыз',
    'қыркүйек',
    'қазан',
    'қараша',
    'желтоқсан',
  ],
  uz: [
    'yanvar',
    'fevral',
    'mart',
    'aprel',
    'may',
    'iyun',
    'iyul',
    'avgust',
    'sentabr',
    'oktabr',
    'noyabr',
    'dekabr',
  ],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
}

/** Names of zones that people use instead of an offset. Kazakhstan has one time since 2024. */
const zoneNames: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  moscow: { ru: 'МСК', kk: 'Мәскеу уақыты', uz: 'Moskva vaqti', en: 'Moscow time' },
  astana: { ru: 'время Астаны', kk: 'Астана уақыты', uz: 'Ostona vaqti', en: 'Astana time' },
  tashkent: {
    ru: 'время Ташкента',
    kk: 'Ташкент уақыты',
    uz: 'Toshkent vaqti',
    en: 'Tashkent time',
  },
}

const zoneGroups: Readonly<Record<string, string>> = {
  'Europe/Moscow': 'moscow',
  'Europe/Simferopol': 'moscow',
  'Europe/Kirov': 'moscow',
  'Asia/Almaty': 'astana',
  'Asia/Qyzylorda': 'astana',
  'Asia/Qostanay': 'astana',
  'Asia/Aqtobe': 'astana',
  'Asia/Aqtau': 'astana',
  'Asia/Atyrau': 'astana',
  'Asia/Oral': 'astana',
  'Asia/Tashkent': 'tashkent',
  'Asia/Samarkand': 'tashkent',
}

/** Wall-clock parts of a moment in a zone, each as a decimal without leading zero. */
export type WallClock = {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/** Wall-clock parts of `at` in the IANA zone `timeZone`, by Intl. */
export function wallClock(at: Date, timeZone: string): WallClock {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(at)
  const read = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value ?? 0)

  return {
    year: read('year'),
    month: read('month'),
    day: read('day'),
    hour: read('hour'),
    minute: read('minute'),
    second: read('second'),
  }
}

const two = (value: number) => String(value).padStart(2, '0')

/** The day, as ui.md §9 writes it: `22.11.2026`, `2026 ж. 22 қараша`, `2026-yil 22-noyabr`, `22 Nov 2026`. */
export function formatDay(locale: Locale, clock: WallClock): string {
  const { year, month, day } = clock

  switch (locale) {
    case 'ru':
      return `${two(day)}.${two(month)}.${year}`
    case 'kk':
      return `${year}\u00a0ж.\u00a0${day}\u00a0${months.kk[month - 1]}`
    case 'uz':
      return `${year}-yil ${day}-${months.uz[month - 1]}`
    case 'en':
      return `${day}\u00a0${months.en[month - 1]}\u00a0${year}`
  }
}

/** Day and month alone, for narrow columns: `22.11`, `22 Nov`. */
export function formatShortDay(locale: Locale, clock: WallClock): string {
  const { month, day } = clock

  return locale === 'en' ? `${day}\u00a0${months.en[month - 1]}` : `${two(day)}.${two(month)}`
}

/** Hours and minutes, with seconds where a proof needs them. */
export function formatClock(
  clock: WallClock,
  precision: 'minutes' | 'seconds' = 'minutes',
): string {
  const minutes = `${two(clock.hour)}:${two(clock.minute)}`

  return precision === 'seconds' ? `${minutes}:${two(clock.second)}` : minutes
}

/** Name of the zone at that moment: people's word for it, else the offset (`UTC+3`). */
export function formatZone(locale: Locale, options: { at: Date; timeZone: string }): string {
  const group = zoneGroups[options.timeZone]
  const names = group === undefined ? undefined : zoneNames[group]

  if (names !== undefined) return names[locale]

  const clock = wallClock(options.at, options.timeZone)
  const asUtc = Date.UTC(
    clock.year,
    clock.month - 1,
    clock.day,
    clock.hour,
    clock.minute,
    clock.second,
  )
  const offsetMinutes = Math.round((asUtc - options.at.getTime()) / 60_000)

  if (offsetMinutes === 0) return 'UTC'

  const sign = offsetMinutes < 0 ? '\u2212' : '+'
  const hours = Math.floor(Math.abs(offsetMinutes) / 60)
  const minutes = Math.abs(offsetMinutes) % 60

  return `UTC${sign}${hours}${minutes === 0 ? '' : `:${two(minutes)}`}`
}
