/** Moscow is UTC+3 the whole year. */
const MOSCOW_MS = 3 * 3_600_000

/** `2022-07-21T17:03:17.543+0300`, as order details have it (ru-epgu-goskey §2). */
export function detailsTime(ms: number): string {
  return `${bulkTime(ms)}+0300`
}

/** `2022-12-21T20:49:37.672`, Moscow time without offset, as bulk statuses have it. */
export function bulkTime(ms: number): string {
  return new Date(ms + MOSCOW_MS).toISOString().slice(0, -1)
}

/** Reads `updatedAfter`; `undefined` for any other form. Gives ms. */
export function parseBulkTime(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?$/.test(text)) return undefined
  const ms = Date.parse(`${text}Z`)

  return Number.isNaN(ms) ? undefined : ms - MOSCOW_MS
}
