/** Moscow keeps +03:00 the whole year. */
const offsetMs = 3 * 60 * 60 * 1000

/** A moment as xsd:dateTime in Moscow, whole seconds, rounded down: `2026-01-15T12:30:00+03:00`. */
export function toMoscowTime(moment: Date): string {
  return `${new Date(moment.getTime() + offsetMs).toISOString().slice(0, 19)}+03:00`
}
