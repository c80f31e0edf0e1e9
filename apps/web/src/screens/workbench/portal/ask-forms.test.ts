import { describe, expect, it } from 'vitest'
import { moscowDay, readNumbers } from './ask-forms.ts'

describe('the day that is asked about', () => {
  it('is that of Moscow, where midnight comes three hours before UTC', () => {
    expect(moscowDay(new Date('2026-11-30T20:59:59Z'))).toBe('2026-11-30')
    expect(moscowDay(new Date('2026-11-30T21:00:00Z'))).toBe('2026-12-01')
  })
})

describe('order numbers as people paste them', () => {
  it('from a column, a sentence, with repeats', () => {
    expect(readNumbers('764255248\n764255249; 764255248 ')).toBe('764255248,764255249')
  })

  it('nothing for no number, and none that is longer than a number can be', () => {
    expect(readNumbers('нет')).toBe('')
    expect(readNumbers('12345678901234567890 7')).toBe('7')
  })
})
