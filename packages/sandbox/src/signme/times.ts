/** Moscow has had UTC+3 since 2014. */
const MOSCOW_MS = 3 * 3_600_000

/** `dd.mm.yyyy` in Moscow. */
export function moscowDate(at: number): string {
  return new Date(at + MOSCOW_MS).toISOString().slice(0, 10).split('-').reverse().join('.')
}

/** `dd.mm.yyyy HH:MM:SS` in Moscow. */
export function moscowTime(at: number): string {
  return `${moscowDate(at)} ${new Date(at + MOSCOW_MS).toISOString().slice(11, 19)}`
}
