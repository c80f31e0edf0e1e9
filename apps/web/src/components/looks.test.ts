import { describe, expect, it } from 'vitest'
import { pageTitle } from '../app/use-title.ts'
import { shareLeft } from './countdown.tsx'
import { stepLooks } from './step-bar.tsx'

describe('the bar of steps', () => {
  it.each([
    ['waiting', 'todo todo todo todo', 'todo todo todo'],
    ['sent', 'done todo todo todo', 'done todo todo'],
    ['viewed', 'done done now todo', 'done now todo'],
    ['received', 'done done done now', 'done done now'],
    ['signed', 'done done done done', 'done done done'],
    ['mismatch', 'done done broken todo', 'done broken todo'],
  ] as const)('%s: no step that the service cannot tell', (state, told, untold) => {
    const looks = (isOpeningUntold: boolean) =>
      stepLooks(state, { isOpeningUntold })
        .map(({ look }) => look)
        .join(' ')

    expect(looks(false)).toBe(told)
    expect(looks(true)).toBe(untold)
    expect(stepLooks(state, { isOpeningUntold: true }).map(({ step }) => step)).not.toContain(
      'opened',
    )
  })
})

describe('shareLeft', () => {
  it('goes from one to zero and no further', () => {
    const window = { opensAtMs: 0, expiresAtMs: 300_000 }

    expect(shareLeft(window, 0)).toBe(1)
    expect(shareLeft(window, 150_000)).toBe(0.5)
    expect(shareLeft(window, 400_000)).toBe(0)
    expect(shareLeft({ opensAtMs: 5, expiresAtMs: 5 }, 0)).toBe(0)
  })
})

describe('pageTitle', () => {
  it('is prefixed while something needs the person', () => {
    expect(pageTitle('Конверты', 3)).toBe('(3) Конверты · Muhr')
    expect(pageTitle('Конверты')).toBe('Конверты · Muhr')
    expect(pageTitle('')).toBe('Muhr')
  })
})
