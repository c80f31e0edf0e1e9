/** The day in Moscow at a moment, `YYYY-MM-DD`: the portal counts days there. */
export function moscowDay(at: Date): string {
  return new Date(at.getTime() + 3 * 3_600_000).toISOString().slice(0, 10)
}

/** Order numbers out of a line or a pasted column, with commas between them; what is no number is left out. */
export function readNumbers(text: string): string {
  return [...new Set(text.split(/[^\d]+/).filter((each) => each !== '' && each.length <= 19))].join(
    ',',
  )
}
