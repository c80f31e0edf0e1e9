import type { Text } from '@codemirror/state'
import type { XmlFault } from '../../../api/workbench-types.ts'

/**
 * What of the text is underlined for a fault: the named element's line without its indent, or from the
 * column to the end of the line. A line that the text no longer has counts as the last one.
 */
export function rangeOfFault(
  doc: Pick<Text, 'line' | 'lines'>,
  { line: number, column, kind }: Pick<XmlFault, 'line' | 'column' | 'kind'>,
): { readonly from: number; readonly to: number } {
  const line = doc.line(Math.min(Math.max(1, number), doc.lines))
  const indent = line.text.length - line.text.trimStart().length
  // A schema tells the place where an element ends its tag: the whole line says more.
  const start = kind === 'schema' ? indent : Math.min(Math.max(0, column - 1), line.text.length)
  const isAtEnd = start >= line.text.trimEnd().length

  return { from: line.from + (isAtEnd ? Math.min(indent, start) : start), to: line.to }
}
