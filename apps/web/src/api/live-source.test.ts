import { describe, expect, it } from 'vitest'
import { type EventStream, type LiveMessage, openLiveSource, staleAfterMs } from './live-source.ts'

/** A stream and a clock in the hands of the test. */
function setUp() {
  const streams: (EventStream & {
    readyState: number
    readonly send: (event: string, data: string) => void
    isClosed: boolean
  })[] = []
  const tasks: { readonly task: () => void; readonly delayMs: number; isCancelled: boolean }[] = []
  const frames: (() => void)[] = []
  const batches: (readonly LiveMessage[])[] = []
  const stale: boolean[] = []
  const stop = openLiveSource({
    url: '/stream',
    events: ['view'],
    onMessages: (messages) => batches.push(messages),
    onStale: (isStale) => stale.push(isStale),
    open: () => {
      const listeners = new Map<string, (event: { data: string }) => void>()
      const stream = {
        readyState: 1,
        onopen: null,
        onerror: null,
        isClosed: false,
        addEventListener: (type: string, listener: (event: { data: string }) => void) => {
          listeners.set(type, listener)
        },
        close() {
          stream.isClosed = true
        },
        send: (event: string, data: string) => listeners.get(event)?.({ data }),
      }
      streams.push(stream)

      return stream
    },
    later: (task, delayMs) => {
      const entry = { task, delayMs, isCancelled: false }
      tasks.push(entry)

      return () => {
        entry.isCancelled = true
      }
    },
    nextFrame: (task) => frames.push(task),
  })
  const live = () => tasks.filter(({ isCancelled }) => !isCancelled)

  return { streams, live, frames, batches, stale, stop }
}

describe('openLiveSource', () => {
  it('gives any number of messages of one frame as one change', () => {
    const { streams, frames, batches } = setUp()
    streams[0]?.send('view', '{"n":1}')
    streams[0]?.send('view', '{"n":2}')

    expect(frames).toHaveLength(1)
    frames[0]?.()
    expect(batches).toEqual([
      [
        { event: 'view', data: { n: 1 } },
        { event: 'view', data: { n: 2 } },
      ],
    ])
  })

  it('calls data stale after ten seconds without a connection, and fresh when it is back', () => {
    const { streams, live, stale } = setUp()
    streams[0]?.onerror?.()
    streams[0]?.onerror?.()

    expect(live().map(({ delayMs }) => delayMs)).toEqual([staleAfterMs])
    live()[0]?.task()
    streams[0]?.onopen?.()
    expect(stale).toEqual([true, false])
  })

  it('says nothing of a break that mends itself within ten seconds', () => {
    const { streams, live, stale } = setUp()
    streams[0]?.onerror?.()
    streams[0]?.onopen?.()

    expect(live()).toEqual([])
    expect(stale).toEqual([false])
  })

  it('opens a refused stream anew, later and later', () => {
    const { streams, live } = setUp()
    const delays: number[] = []

    for (let round = 0; round < 3; round += 1) {
      const stream = streams[streams.length - 1]

      if (stream === undefined) break

      stream.readyState = 2
      stream.onerror?.()
      const reopen = live()
        .filter(({ delayMs }) => delayMs !== staleAfterMs)
        .pop()
      delays.push(reopen?.delayMs ?? 0)
      reopen?.task()
    }

    expect(delays).toEqual([1000, 2000, 5000])
    expect(streams).toHaveLength(4)
    expect(streams[0]?.isClosed).toBe(true)
  })

  it('is silent after its end', () => {
    const { streams, frames, batches, stop } = setUp()
    streams[0]?.send('view', '{}')
    stop()
    frames[0]?.()

    expect(batches).toEqual([])
    expect(streams[0]?.isClosed).toBe(true)
  })
})
