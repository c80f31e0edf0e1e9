import { describe, expect, it } from 'vitest'
import { createProgressBar } from './progress-bar.ts'

const watched = () => {
  let now = 0
  const written: string[] = []
  const bar = createProgressBar((text) => written.push(text), { total: 200, nowMs: () => now })

  return {
    bar,
    written,
    pass: (ms: number) => {
      now += ms
    },
  }
}

describe('a progress bar', () => {
  it('is not shown for what is done at once, and leaves nothing', () => {
    const { bar, written } = watched()
    bar.tell(100)
    bar.clear()
    expect(written).toEqual([])
  })

  it('fills as work is done, and goes away', () => {
    const { bar, written, pass } = watched()
    pass(100)
    bar.tell(50)
    bar.tell(51)
    pass(100)
    bar.tell(200)
    bar.clear()
    expect(written).toEqual([
      `\r[########                      ] 50 of 200`,
      `\r[${'#'.repeat(30)}] 200 of 200`,
      '\r\u001b[K',
    ])
  })
})
