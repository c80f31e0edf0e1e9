import { afterEach, describe, expect, it, vi } from 'vitest'
import { request } from './request.ts'

const headers = { 'content-type': 'application/json' }
/** An answer whose body breaks off in the middle, as on a lost connection. */
const broken = (status: number) =>
  new Response(
    new ReadableStream({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode('{"items":'))
        controller.error(new TypeError('network error'))
      },
    }),
    { status, headers },
  )
const answer = (response: Response) => vi.stubGlobal('fetch', async () => response)

describe('request', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('gives what the server says, and nothing where it says nothing', async () => {
    answer(new Response('{"a":1}', { headers }))
    expect(await request('/v1/x')).toEqual({ a: 1 })
    answer(new Response(null, { status: 204 }))
    expect(await request('/v1/x')).toBeUndefined()
  })

  it('takes half an answer for a lost one, never for an empty one', async () => {
    answer(broken(200))
    await expect(request('/v1/x')).rejects.toMatchObject({ code: 'network.lost' })
  })

  it('knows a refusal by its status, whatever became of its words', async () => {
    answer(broken(403))
    await expect(request('/v1/x')).rejects.toMatchObject({ status: 403 })
  })

  it('that was given up stays given up', async () => {
    const given = new AbortController()
    given.abort()
    answer(broken(200))
    await expect(request('/v1/x', { signal: given.signal })).rejects.not.toMatchObject({
      code: 'network.lost',
    })
  })
})
