import { usageError } from './cli-error.ts'

const isoTime =
  /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/

/**
 * The time of an option, `--at` say: a day (from its beginning, UTC) or a time with its zone.
 * @throws CliError `cli.usage`
 */
export function parseAt(text: string, option = '--at'): Date {
  const [, year, month, day] = isoTime.exec(text) ?? []
  const time = new Date(text)
  const isRealDay =
    new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day)
  if (year === undefined || !isRealDay || Number.isNaN(time.getTime())) {
    throw usageError(
      `${option} is no time.`,
      'Write a day or a time with its zone, as 2026-11-22 or 2026-11-22T10:47:00Z.',
    )
  }

  return time
}
