import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type RefusalEntry, refusals } from './refusals/refusals.ts'
import { returnErrors } from './return/parse-return.ts'

/** Rows of all tables of tracing.md, without their heads. */
const rows = readFileSync(join(import.meta.dirname, '../tracing.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (---|section|trap)/.test(line))
  .map((line) => line.slice(2, -2).split(' | '))
const cited = rows.map((cells) => cells.at(-1) ?? '')
const isOthers = (cell: string) => cell.startsWith('the application’s')

/** Names of tests as they stand in the sources. */
const names = globSync('**/*.test.ts', { cwd: import.meta.dirname }).flatMap((file) =>
  [
    ...readFileSync(join(import.meta.dirname, file), 'utf8').matchAll(
      /(?:\bit\(\s*|\bcites: )'([^']+)'/g,
    ),
  ].map((match) => match[1] ?? ''),
)

describe('tracing.md', () => {
  it('names tests that are there', () => {
    expect(rows.length).toBeGreaterThan(90)
    expect(cited.filter((name) => !isOthers(name) && !names.includes(name))).toEqual([])
  })

  it('has every test that cites a section or a trap', () => {
    const citing = names.filter((name) => /^(?:\d(?:\.\d)?|T\d+): /.test(name))
    expect(citing.length).toBeGreaterThan(80)
    expect(citing.filter((name) => !cited.includes(name))).toEqual([])
  })

  it('has every refusal of the text and every errno', () => {
    const sections = { sign: 4, check: 5, result: 6 } as const
    for (const [group, section] of Object.entries(sections)) {
      const entries: readonly RefusalEntry[] = Object.values(
        refusals[group as keyof typeof sections],
      )
      for (const { errorNumber, text } of entries) {
        // Ours: what the text leaves open.
        if (errorNumber === undefined || errorNumber === 0 || text.endsWith('…')) continue
        expect(cited).toContain(`${section}: error ${errorNumber}: ${text}`)
      }
    }
    for (const errno of Object.keys(returnErrors)) {
      expect(cited.filter((name) => name.startsWith(`7: errno ${errno},`))).toHaveLength(1)
    }
  })

  it('has all 23 traps', () => {
    const traps = new Set(rows.flatMap(([first = '']) => /^T\d+/.exec(first)?.[0] ?? []))
    expect(traps).toEqual(new Set(Array.from({ length: 23 }, (_, at) => `T${at + 1}`)))
  })
})
