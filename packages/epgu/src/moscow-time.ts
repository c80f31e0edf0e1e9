/**
 * Times of the portal, which are of Moscow: +03:00 the whole year.
 * @module
 */
const offsetMs = 3 * 3_600_000
const offset = '+03:00'
const TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})?$/

/** A moment as xsd:dateTime in Moscow, whole seconds, rounded down: `2026-01-15T12:30:00+03:00`. */
export function toMoscowTime(at: Date): string {
  return `${formatMoscowTime(at).slice(0, 19)}${offset}`
}

/** Moscow time without an offset, `YYYY-MM-DDTHH:mm:ss.SSS`, as `updatedAfter` wants it (spec §4.4). */
export function formatMoscowTime(at: Date): string {
  return new Date(at.getTime() + offsetMs).toISOString().slice(0, -1)
}

/**
 * A time of the portal: `2022-07-21T17:03:17.543+0300` in order details, and without an offset, which
 * then is Moscow time, in bulk answers (spec §2). Undefined when the text is no time.
 */
export function parsePortalTime(text: string | undefined): Date | undefined {
  const [, date, time, fraction = '', zone = offset] = TIME.exec(text ?? '') ?? []
  if (date === undefined) return undefined

  const colon = zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')
  const at = new Date(`${date}T${time}${fraction.slice(0, 4)}${colon}`)

  return Number.isNaN(at.getTime()) ? undefined : at
}
