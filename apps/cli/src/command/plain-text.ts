/**
 * Text out of files and certificates on one line of a terminal: control and format characters could
 * colour it, move the cursor, or turn a name around, and are shown as `·`.
 */
export function plainText(value: string): string {
  return value.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '·')
}

/** JSON for a terminal as well as for a program: what {@link plainText} hides is escaped. */
export function printableJson(value: unknown): string {
  const escaped = JSON.stringify(value, undefined, 2).replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (character) =>
      character === '\n'
        ? character
        : [...Array(character.length).keys()]
            .map((unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`)
            .join(''),
  )

  return `${escaped}\n`
}
