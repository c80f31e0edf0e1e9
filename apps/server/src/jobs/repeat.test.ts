import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { repeat } from './repeat.ts'

describe('what is repeated', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('waits for the run before it, and its stop for the last one', async () => {
    const ends: (() => void)[] = []
    const run = vi.fn(() => new Promise<void>((resolve) => ends.push(resolve)))
    const { stop } = repeat({ everyMs: 10, run, onError: () => undefined })
    await vi.advanceTimersByTimeAsync(35)
    expect(run).toHaveBeenCalledTimes(1)
    ends[0]?.()
    await vi.advanceTimersByTimeAsync(10)
    expect(run).toHaveBeenCalledTimes(2)
    let isStopped = false
    const stopping = stop().then(() => {
      isStopped = true
    })
    await vi.advanceTimersByTimeAsync(50)
    expect(isStopped).toBe(false)
    ends[1]?.()
    await stopping
    expect(run).toHaveBeenCalledTimes(2)
  })

  it('goes on after a failure, which is told', async () => {
    const onError = vi.fn()
    const run = vi.fn(() => Promise.reject(new Error('no')))
    const { stop } = repeat({ everyMs: 10, run, onError })
    await vi.advanceTimersByTimeAsync(25)
    expect(run).toHaveBeenCalledTimes(2)
    expect(onError).toHaveBeenCalledTimes(2)
    await stop()
  })
})
