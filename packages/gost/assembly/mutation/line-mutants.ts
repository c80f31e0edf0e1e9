/** One altered line of a source. */
export type LineMutant = {
  /** From 1. */
  readonly line: number
  /**
   * What the line belongs to, which stays when lines above it come and go: the function or constant that is
   * declared last before it, and `#2` and so on where the same line stands there again.
   */
  readonly place: string
  readonly before: string
  readonly after: string
}

/** What is replaced by what, one place at a time. Spaces keep types and arrows out of it. */
const REPLACEMENTS: readonly (readonly [RegExp, (found: string) => string])[] = [
  [/\b0x[\da-f]+\b/gi, (hex) => `0x${(BigInt(hex) ^ 1n).toString(16)}`],
  [/(?<![\w.$])\d+(?![\w.])/g, (number) => String(Number(number) + 1)],
  [/ \+ /g, () => ' - '],
  [/ - /g, () => ' + '],
  [/ \* /g, () => ' + '],
  [/ \^ /g, () => ' | '],
  [/ \| /g, () => ' & '],
  [/ & /g, () => ' | '],
  [/ << /g, () => ' >> '],
  [/ >>>? /g, () => ' << '],
  [/ < /g, () => ' <= '],
  [/ > /g, () => ' >= '],
  [/ <= /g, () => ' < '],
  [/ >= /g, () => ' > '],
  [/ ==(=?) /g, (found) => found.replace('=', '!')],
  [/ !=(=?) /g, (found) => found.replace('!', '=')],
  [/ \^= /g, () => ' |= '],
  [/ \|= /g, () => ' ^= '],
  [/ \+= /g, () => ' -= '],
  [/ -= /g, () => ' += '],
  [/\b(add|sub)\(/g, (found) => (found === 'add(' ? 'sub(' : 'add(')],
  [/ ([&|])\1 /g, (found) => (found === ' && ' ? ' || ' : ' && ')],
]

/** A comment, or nothing but brackets: there is no fault to be made in it. */
const isIdle = (text: string): boolean => /^\s*(\/\/|\/?\*|[\])}`;,]*\s*$)/.test(text)

/**
 * Every fault that is tried: each line left out, and each operator and number of it replaced by another.
 * Comments stay as they are.
 */
export function lineMutantsOf(source: string): readonly LineMutant[] {
  const lines = source.split('\n')
  const places = placesOf(lines)

  return lines.flatMap((before, index) => {
    if (isIdle(before)) return []
    // A larger reservation changes no result, so its size is left alone.
    const code = before
      .replace(/\s\/\/ .*$/, '')
      .replace(/memory\.data\([^)]*\)/g, (text) => '.'.repeat(text.length))
    const changed = REPLACEMENTS.flatMap(([pattern, replace]) =>
      [...code.matchAll(pattern)].map(
        (found) =>
          before.slice(0, found.index) +
          replace(found[0]) +
          before.slice(found.index + found[0].length),
      ),
    )

    return ['', ...new Set(changed)].map((after) => ({
      line: index + 1,
      place: places[index] ?? '',
      before,
      after,
    }))
  })
}

/** Of what is generated too: it begins its lines as a source does. */
const DECLARATION = /^(?:export )?(?:function|const|let) (\w+)/

function placesOf(lines: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  let owner = ''

  return lines.map((line) => {
    owner = DECLARATION.exec(line)?.[1] ?? owner
    const key = `${owner} ${line.trim()}`
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)

    return count === 1 ? owner : `${owner}#${count}`
  })
}

/** The source with one line altered. */
export function applyMutant(
  source: string,
  { line, after }: Pick<LineMutant, 'line' | 'after'>,
): string {
  return source
    .split('\n')
    .map((text, index) => (index + 1 === line ? after : text))
    .join('\n')
}
