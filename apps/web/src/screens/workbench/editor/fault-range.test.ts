import { Text } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import { rangeOfFault } from './fault-range.ts'

const doc = Text.of(['<a>', '  <b>x</b>', '</a>', ''])
const marked = (line: number, column: number, kind: 'schema' | 'not-well-formed') => {
  const { from, to } = rangeOfFault(doc, { line, column, kind })

  return doc.sliceString(from, to)
}

describe('what is underlined for a fault', () => {
  it('of the schema: the element’s line without its indent', () => {
    expect(marked(2, 12, 'schema')).toBe('<b>x</b>')
  })

  it('of the parser: from the column on', () => {
    expect(marked(2, 6, 'not-well-formed')).toBe('x</b>')
  })

  it('behind the last sign of a line: the line, for an empty range is not seen', () => {
    expect(marked(2, 80, 'not-well-formed')).toBe('<b>x</b>')
  })

  it('on a line that was deleted meanwhile: the last one, and no error', () => {
    expect(marked(99, 1, 'schema')).toBe('')
    expect(marked(0, 0, 'not-well-formed')).toBe('<a>')
  })
})
