import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { listenForStop } from './listen-for-stop.ts'

function listen() {
  const source = new EventEmitter()
  const requests: string[] = []
  const exits: number[] = []
  const clock = { ms: 0 }
  const stop = listenForStop({
    source,
    onRequest: (signal) => requests.push(signal),
    exit: (code) => exits.push(code),
    now: () => clock.ms,
  })

  return { source, requests, exits, clock, stop }
}

describe('a request to stop', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('is %s, once', async (signal) => {
    const { source, requests, stop } = listen()
    expect(stop.signal.aborted).toBe(false)
    source.emit(signal)
    source.emit('SIGTERM')

    expect(await stop.requested).toBe(signal)
    expect(stop.signal.aborted).toBe(true)
    expect(requests).toEqual([signal])
  })

  it('is not taken for two when npm repeats it, but a second Ctrl-C ends at once', () => {
    const { source, requests, exits, clock } = listen()
    source.emit('SIGINT')
    clock.ms = 50
    source.emit('SIGINT')
    expect(exits).toEqual([])

    clock.ms = 1_000
    source.emit('SIGINT')
    expect(exits).toEqual([130])
    expect(requests).toEqual(['SIGINT'])
  })
})
