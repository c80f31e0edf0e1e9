/** One altered line of a source. */
export type LineMutant = {
  /** From 1. */
  readonly line: number
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
  return source.split('\n').flatMap((before, index) => {
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

    return ['', ...new Set(changed)].map((after) => ({ line: index + 1, before, after }))
  })
}

/** The source with one line altered. */
export function applyMutant(source: string, { line, after }: LineMutant): string {
  return source
    .split('\n')
    .map((text, index) => (index + 1 === line ? after : text))
    .join('\n')
}
