import type { Indication } from '@muhr/pki'
import { paint, type Tone } from '../command/paint.ts'
import { plainText } from '../command/plain-text.ts'
import type { FileResult } from './file-result.ts'

type Kind = Indication | 'unreadable'

const kinds: readonly {
  readonly kind: Kind
  readonly word: string
  readonly tone: Tone
}[] = [
  { kind: 'TOTAL-PASSED', word: 'PROVEN', tone: 'good' },
  { kind: 'INDETERMINATE', word: 'NOT ENOUGH DATA', tone: 'open' },
  { kind: 'TOTAL-FAILED', word: 'NOT VALID', tone: 'bad' },
  { kind: 'unreadable', word: 'NOT READ', tone: 'bad' },
]

const kindOf = (result: FileResult): Kind =>
  'report' in result ? result.report.indication : 'unreadable'

function lineOf(result: FileResult): string {
  if ('error' in result) {
    return result.error.message
  }
  const { subIndication, signatures } = result.report
  const names = [...new Set(signatures.map(({ signer }) => signer.name || signer.subject))]
  const who = names.filter((name) => name !== '').join('; ')

  return [who, ...(subIndication === undefined ? [] : [subIndication])]
    .filter((part) => part !== '')
    .join(' · ')
}

const widest = 60

/** The longest that lines up; a longer name takes the line for itself. */
function widthOf(results: readonly FileResult[]): number {
  return Math.min(widest, Math.max(...results.map(({ file }) => plainText(file).length)))
}

/** One line a file. */
export function renderTable(
  results: readonly FileResult[],
  { isColoured }: { readonly isColoured: boolean },
): string {
  const width = widthOf(results)

  return results
    .map((result) => {
      const look = kinds.find(({ kind }) => kind === kindOf(result))
      const word = (look?.word ?? '').padEnd(16)
      const shown = look === undefined ? word : paint(word, look.tone, isColoured)

      return `${shown} ${plainText(result.file).padEnd(width)}  ${plainText(lineOf(result))}`.trimEnd()
    })
    .map((line) => `${line}\n`)
    .join('')
}

/** How many of each, and what was not looked at. */
export function renderSummary(
  results: readonly FileResult[],
  { passedOver, isColoured }: { readonly passedOver: number; readonly isColoured: boolean },
): string {
  const counts = kinds.flatMap(({ kind, word, tone }) => {
    const count = results.filter((result) => kindOf(result) === kind).length

    return count === 0 ? [] : [paint(`${count} ${word.toLowerCase()}`, tone, isColoured)]
  })
  const signatures = results.reduce(
    (sum, result) => sum + ('report' in result ? result.report.signatures.length : 0),
    0,
  )
  const files = `${results.length} ${results.length === 1 ? 'file' : 'files'}`
  const others =
    passedOver === 0
      ? ''
      : `; ${passedOver} other ${passedOver === 1 ? 'file' : 'files'} passed over`

  return `\n${files}, ${signatures} ${signatures === 1 ? 'signature' : 'signatures'}: ${counts.join(', ')}${others}\n`
}
