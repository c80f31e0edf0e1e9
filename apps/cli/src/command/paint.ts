import { styleText } from 'node:util'

/** What colour says: proven, not known, refused. */
export type Tone = 'good' | 'open' | 'bad'

const styles = { good: 'green', open: 'yellow', bad: 'red' } as const

/** Text in a colour, where colours are wanted; the words say the same without them. */
export function paint(text: string, tone: Tone, isColoured: boolean): string {
  return isColoured ? styleText(styles[tone], text, { validateStream: false }) : text
}
