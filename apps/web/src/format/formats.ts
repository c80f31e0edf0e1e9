import type { Locale } from '../i18n/message.ts'
import { formatClock, formatDay, formatShortDay, formatZone, wallClock } from './dates.ts'
import { formatNumber } from './numbers.ts'

/** Formats of one language in one time zone. Moments are ISO 8601 strings or Date. */
export type Formats = {
  readonly timeZone: string
  /** `22.11.2026` */
  readonly day: (at: Moment) => string
  /** `22.11` */
  readonly shortDay: (at: Moment) => string
  /** `14:05`, or `14:05:31` */
  readonly clock: (at: Moment, precision?: 'minutes' | 'seconds') => string
  /** `22.11.2026, 14:05` */
  readonly dateTime: (at: Moment) => string
  /** `22.11.2026, 14:05 (МСК)`: for deadlines and proofs, where the zone is always named. */
  readonly proofTime: (at: Moment, precision?: 'minutes' | 'seconds') => string
  /** `МСК` */
  readonly zone: (at: Moment) => string
  /** Up to 24 h relative ("3 мин назад"), then absolute; `soon` is said below five seconds. */
  readonly ago: (at: Moment, now: Date) => string
  /** Bytes (10³, 10⁶) with a no-break space: `1,8 МБ`. */
  readonly size: (bytes: number) => string
  readonly number: (value: number) => string
  /** Counter that is exact to 10 000 and says so above: `10 000+`. */
  readonly counter: (value: number) => string
  /** Time left as `4:12`. Milliseconds in. */
  readonly countdown: (leftMs: number) => string
}

export type Moment = string | Date

type UnitTable = readonly [bytes: string, kilobytes: string, megabytes: string, gigabytes: string]

const units: Readonly<Record<Locale, UnitTable>> = {
  ru: ['Б', 'КБ', 'МБ', 'ГБ'],
  kk: ['Б', 'КБ', 'МБ', 'ГБ'],
  uz: ['B', 'KB', 'MB', 'GB'],
  en: ['B', 'KB', 'MB', 'GB'],
}

const justNow: Readonly<Record<Locale, string>> = {
  ru: 'только что',
  kk: 'жаңа ғана',
  uz: 'hozirgina',
  en: 'just now',
}

type AgoUnit = {
  readonly limitS: number
  readonly perS: number
  readonly texts: Record<Locale, string>
}

/** Short units need no plural forms: the shortened word is one for every number. */
const agoUnits: readonly AgoUnit[] = [
  {
    limitS: 60,
    perS: 1,
    texts: { ru: '{n} с назад', kk: '{n} с бұрын', uz: '{n} s oldin', en: '{n} s ago' },
  },
  {
    limitS: 3600,
    perS: 60,
    texts: { ru: '{n} мин назад', kk: '{n} мин бұрын', uz: '{n} daq oldin', en: '{n} min ago' },
  },
  {
    limitS: 86_400,
    perS: 3600,
    texts: { ru: '{n} ч назад', kk: '{n} сағ бұрын', uz: '{n} soat oldin', en: '{n} h ago' },
  },
]

const toDate = (at: Moment): Date => (typeof at === 'string' ? new Date(at) : at)

/** The zone that the reader's machine keeps. */
export function systemTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
}

/** Makes the formats of a language. `timeZone` is an IANA name; by default the reader's own. */
export function createFormats(options: {
  readonly locale: Locale
  readonly timeZone?: string | undefined
}): Formats {
  const { locale } = options
  const timeZone = options.timeZone ?? systemTimeZone()
  const whole = (value: number) => formatNumber(locale, value)
  const tenths = (value: number) => formatNumber(locale, value, 1)
  const clockOf = (at: Moment) => wallClock(toDate(at), timeZone)
  const dateTime = (at: Moment) => `${formatDay(locale, clockOf(at))}, ${formatClock(clockOf(at))}`
  const zone = (at: Moment) => formatZone(locale, { at: toDate(at), timeZone })

  return {
    timeZone,
    day: (at) => formatDay(locale, clockOf(at)),
    shortDay: (at) => formatShortDay(locale, clockOf(at)),
    clock: (at, precision) => formatClock(clockOf(at), precision),
    dateTime,
    proofTime: (at, precision = 'minutes') =>
      `${formatDay(locale, clockOf(at))}, ${formatClock(clockOf(at), precision)} (${zone(at)})`,
    zone,
    ago: (at, now) => {
      const seconds = Math.floor((now.getTime() - toDate(at).getTime()) / 1000)

      if (seconds < 5) return justNow[locale]

      const unit = agoUnits.find(({ limitS }) => seconds < limitS)

      return unit === undefined
        ? dateTime(at)
        : unit.texts[locale]
            .replace('{n}', whole(Math.floor(seconds / unit.perS)))
            .replace(' ', '\u00a0')
    },
    size: (bytes) => {
      const [b, kb, mb, gb] = units[locale]
      const [value, unit] =
        bytes < 1000
          ? [whole(bytes), b]
          : bytes < 999_500
            ? [whole(bytes / 1000), kb]
            : bytes < 999_950_000
              ? [tenths(bytes / 1e6), mb]
              : [tenths(bytes / 1e9), gb]

      return `${value}\u00a0${unit}`
    },
    number: whole,
    counter: (value) => (value > 10_000 ? `${whole(10_000)}+` : whole(value)),
    countdown: (leftMs) => {
      const seconds = Math.max(0, Math.ceil(leftMs / 1000))

      return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
    },
  }
}
