import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { exchange } from './exchange.ts'
import { endExchange } from './exchange-end.ts'
import { type Fetch, systemIo } from './io.ts'
import { discardBody, readBody } from './read-body.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

const request = { url: 'http://127.0.0.1/', method: 'GET', headers: {}, timeoutMs: 60_000 } as const

const ask = async (fetch: Fetch) => exchange(systemIo({ fetch }), request)

async function answered(body: BodyInit | null): Promise<Response> {
  const exchanged = await ask(async () => new Response(body))
  if (exchanged.kind !== 'answered') throw new TypeError('it was answered')

  return exchanged.response
}

describe('the limit of time of an exchange', () => {
  it('holds while the body is read, and leaves no timer behind', async () => {
    const response = await answered('text')
    expect(vi.getTimerCount()).toBe(1)
    expect(await readBody(response, 100)).toMatchObject({ ok: true })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('leaves no timer behind when the body is let go, is too large, or is not there', async () => {
    await discardBody(await answered('text'))
    expect(await readBody(await answered('text'), 2)).toMatchObject({ reason: 'too-large' })
    await answered(null)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('leaves no timer behind when there is no answer', async () => {
    expect(await ask(async () => Promise.reject(new TypeError('lost')))).toMatchObject({
      kind: 'lost',
    })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('ends a body that never comes to its end', async () => {
    const exchanged = await ask(async (_url, { signal }) => {
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => {
          controller.enqueue(new Uint8Array(3))
          signal.addEventListener('abort', () => controller.error(signal.reason))
        },
      })

      return new Response(body)
    })
    const reading = exchanged.kind === 'answered' ? readBody(exchanged.response, 100) : undefined
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await reading).toEqual({ ok: false, reason: 'cut-off' })
  })

  it('is told by whoever reads the body by themselves, once or more', async () => {
    const response = await answered('text')
    await response.text()
    endExchange(response)
    endExchange(response)
    expect(vi.getTimerCount()).toBe(0)
    endExchange(new Response('of another'))
  })

  it('leaves nothing with a signal that lives longer, and follows it until then', async () => {
    const look = new AbortController()
    const added = vi.spyOn(look.signal, 'addEventListener')
    const removed = vi.spyOn(look.signal, 'removeEventListener')
    const ask = (fetch: Fetch) => exchange(systemIo({ fetch }), { ...request, signal: look.signal })
    const first = await ask(async () => new Response('text'))
    if (first.kind === 'answered') await readBody(first.response, 100)
    expect(added).toHaveBeenCalledOnce()
    expect(removed).toHaveBeenCalledExactlyOnceWith('abort', added.mock.calls[0]?.[1])

    const second = ask(
      (_url, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
        }),
    )
    look.abort(new TypeError('the look is over'))
    await expect(second).rejects.toThrow('the look is over')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('ends an answer that never comes', async () => {
    const asking = ask(
      (_url, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
        }),
    )
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await asking).toEqual({ kind: 'lost', isSent: true, systemCode: 'timeout' })
  })
})
