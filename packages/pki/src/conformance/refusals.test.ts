import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../../..')
const page = readFileSync(join(root, 'docs/refusals.md'), 'utf8')

type Row = { readonly fault: string; readonly names: readonly string[]; readonly file: string }

/** Rows `| fault | code | “test”; “test” | `file` |` of the page. */
const rows: readonly Row[] = page.split('\n').flatMap((line) => {
  const [, fault = '', , tests = '', file = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim())
  return file.startsWith('`')
    ? [
        {
          fault,
          names: [...tests.matchAll(/“([^”]+)”/g)].map(([, name = '']) => name),
          file: file.replaceAll('`', ''),
        },
      ]
    : []
})

/** Headings, each a row of the specification of what a verifier must refuse. */
const areas = [
  'Mathematics',
  'ASN.1 and CMS',
  'Chain',
  'Revocation',
  'Time-stamp',
  'XML',
  'PDF',
  'Pitfalls of others',
]

describe('the index of refusals', () => {
  it('has every area, and more than a hundred faults by name', () => {
    expect([...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(areas)
    expect(rows.flatMap(({ names }) => names).length).toBeGreaterThan(100)
  })

  it.each(rows.map((row) => [row.fault, row] as const))('%s: the tests exist', (_fault, row) => {
    const text = readFileSync(join(root, row.file), 'utf8').replaceAll("\\'", "'")
    expect(row.names.length).toBeGreaterThan(0)
    expect(row.names.filter((name) => !text.includes(name))).toEqual([])
  })
})
