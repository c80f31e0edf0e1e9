import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { caught, caughtAs } from '../testing/caught.ts'
import { type Answer, type Arrived, serve } from '../testing/serve.ts'
import {
  patternSource,
  readMultipart,
  testGateway,
  testMeta,
  testTokens,
} from '../testing/test-gateway.ts'
import { testIo } from '../testing/test-io.ts'
import type { PackageSource } from './package-source.ts'

const chunkBytes = 5_000_000
const orderId = '4654755604'
const accepted = (status: number): Answer => ({ status, body: { orderId: Number(orderId) } })

type Seen = {
  readonly fields: Record<string, string>
  readonly fileName: string
  readonly file: Buffer
}

async function read(request: Arrived): Promise<Seen> {
  const form = await readMultipart(request)
  const file = form.get('file') as File
  const fields = Object.fromEntries(
    [...form].filter(([name]) => name !== 'file').map(([name, value]) => [name, String(value)]),
  )

  return { fields, fileName: file.name, file: Buffer.from(await file.arrayBuffer()) }
}

/** 206 for all but the last, as the gateway does; `fault` may answer in its place. */
function gatewayOf(
  fault: (seen: Seen, count: number) => Answer | 'drop' | undefined = () => undefined,
) {
  let count = 0

  return serve(async (request, { request: raw }) => {
    count += 1
    const seen = await read(request)
    const answer = fault(seen, count)
    if (answer === 'drop') {
      raw.socket.destroy()

      return undefined
    }
    const { chunk, chunks } = seen.fields

    return answer ?? accepted(chunk !== undefined && Number(chunk) < Number(chunks) - 1 ? 206 : 200)
  })
}

const numbersOf = async (arrived: readonly Arrived[]) =>
  Promise.all(arrived.map(async (request) => Number((await read(request)).fields['chunk'])))

async function sha256(source: PackageSource): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of source.slice(0, source.size)) hash.update(piece)

  return hash.digest('hex')
}

describe('a package in chunks (spec §3.3)', () => {
  it('goes up 0-based, first first, last last, with meta, number and file name on each', async () => {
    const source = patternSource(22_000_123)
    const epgu = await gatewayOf()
    const progress: number[] = []
    const result = await testGateway(epgu.url).pushChunks({
      orderId,
      meta: testMeta,
      source,
      name: '4654755604-archive',
      chunkBytes,
      onProgress: ({ sentBytes }) => progress.push(sentBytes),
    })
    expect(result).toEqual({ orderId, chunks: 5 })

    const seen = await Promise.all(epgu.arrived.map(read))
    expect(epgu.arrived.every(({ url }) => url === '/api/gusmev/push/chunked')).toBe(true)
    const numbers = seen.map(({ fields }) => Number(fields['chunk']))
    expect(numbers[0]).toBe(0)
    expect(numbers[4]).toBe(4)
    expect([...numbers].sort()).toEqual([0, 1, 2, 3, 4])
    for (const { fields, fileName } of seen) {
      expect(Object.keys(fields)).toEqual(['meta', 'orderId', 'chunk', 'chunks'])
      expect(JSON.parse(fields['meta'] ?? '')).toEqual(testMeta)
      expect(fields['orderId']).toBe(orderId)
      expect(fields['chunks']).toBe('5')
      expect(fileName).toBe(`4654755604-archive.z00${Number(fields['chunk']) + 1}`)
    }
    const inOrder = seen.sort((a, b) => Number(a.fields['chunk']) - Number(b.fields['chunk']))
    const hash = createHash('sha256')
    for (const { file } of inOrder) hash.update(file)
    expect(hash.digest('hex')).toBe(await sha256(source))
    expect(progress.at(-1)).toBe(22_000_123)
    expect(epgu.arrived.every(({ headers }) => headers['transfer-encoding'] === undefined)).toBe(
      true,
    )
  })

  it('middle chunks overlap, up to the bound; the first and the last are alone', async () => {
    let underWay = 0
    const overlaps: [number, number][] = []
    const open: (() => void)[] = []
    const epgu = await serve(async (request) => {
      const { fields } = await read(request)
      const number = Number(fields['chunk'])
      underWay += 1
      overlaps.push([number, underWay])
      if (number > 0 && number < 5) {
        // The first two middle chunks are held until both are here.
        await new Promise<void>((resolve) => {
          open.push(resolve)
          if (open.length === 2) for (const release of open.splice(0)) release()
        })
      }
      underWay -= 1

      return accepted(number < 5 ? 206 : 200)
    })
    await testGateway(epgu.url).pushChunks({
      orderId,
      meta: testMeta,
      source: patternSource(30_000_000),
      chunkBytes,
      parallel: 2,
    })
    expect(overlaps[0]).toEqual([0, 1])
    expect(overlaps[5]).toEqual([5, 1])
    expect(Math.max(...overlaps.map(([, count]) => count))).toBe(2)
  })

  it('a single chunk is NAME.zip without chunk and chunks', async () => {
    const epgu = await gatewayOf()
    const source = patternSource(1_000)
    const { chunks } = await testGateway(epgu.url).pushChunks({ orderId, meta: testMeta, source })
    expect(chunks).toBe(1)
    const [request] = epgu.arrived
    if (request === undefined) throw new Error('Nothing arrived.')
    const { fields, fileName } = await read(request)
    expect(Object.keys(fields)).toEqual(['meta', 'orderId'])
    expect(fileName).toBe('archive.zip')
  })

  it('sizes outside 5 to 50 MB, no order number and an empty package are refused before', async () => {
    const epgu = await gatewayOf()
    const gateway = testGateway(epgu.url)
    const base = { orderId, meta: testMeta, source: patternSource(100) }
    const wrong = [
      { ...base, chunkBytes: 4_999_999 },
      { ...base, chunkBytes: 50_000_001 },
      { ...base, chunkBytes: Number.NaN },
      { ...base, parallel: 0 },
      { ...base, orderId: '17/cancel' },
      { ...base, orderId: 2 ** 53 },
      { ...base, source: patternSource(0) },
    ]
    for (const push of wrong) await caughtAs('epgu.invalid-argument', gateway.pushChunks(push))
    expect(epgu.arrived).toHaveLength(0)
  })
})

describe('faults in mid-upload', () => {
  const upload = (url: string, changes: Parameters<typeof testGateway>[1] = {}) =>
    testGateway(url, changes).pushChunks({
      orderId,
      meta: testMeta,
      source: patternSource(20_000_000),
      chunkBytes,
      parallel: 2,
    })

  it('a token that ends is replaced once for the chunks that met it, and they are sent again', async () => {
    const tokens = testTokens()
    const epgu = await serve(async (request) => {
      const { fields } = await read(request)
      const isOld = request.headers.authorization === 'Bearer token-1'
      if (isOld && fields['chunk'] !== '0') return { status: 401 }

      return accepted(fields['chunk'] === '3' ? 200 : 206)
    })
    await upload(epgu.url, { tokens })
    expect(tokens.renewals()).toBe(1)
    const numbers = await numbersOf(epgu.arrived)
    expect(numbers.filter((number) => number === 0)).toHaveLength(1)
    expect(numbers.at(-1)).toBe(3)
    // One or both of the middle ones met the refusal before the new token was there.
    expect(numbers.length).toBeGreaterThanOrEqual(5)
    expect(numbers.length).toBeLessThanOrEqual(6)
  })

  it('the window of five minutes counts from the first chunk: an overrun sends nothing more', async () => {
    const io = testIo()
    const epgu = await gatewayOf(() => {
      io.clock.nowMs += 100_000

      return undefined
    })
    const error = await caughtAs('epgu.chunk-window-overrun', upload(epgu.url, { io }))
    expect(error.data).toEqual({ orderId, acceptedChunks: 3, chunks: 4, windowMs: 300_000 })
    expect((await numbersOf(epgu.arrived)).sort()).toEqual([0, 1, 2])
  })

  it('a chunk that the portal refuses after the window has ended is an overrun too', async () => {
    const io = testIo()
    const epgu = await gatewayOf(({ fields }) => {
      if (fields['chunk'] !== '3') return undefined
      io.clock.nowMs += 300_000

      return { status: 400, body: { code: 'bad_request', message: 'chunk' } }
    })
    const error = await caughtAs('epgu.chunk-window-overrun', upload(epgu.url, { io }))
    expect(error.data).toEqual({ orderId, acceptedChunks: 3, chunks: 4, windowMs: 300_000 })
  })

  it('299.999 s are inside the window', async () => {
    const io = testIo()
    const epgu = await gatewayOf(() => {
      io.clock.nowMs += 99_999

      return undefined
    })
    await expect(upload(epgu.url, { io })).resolves.toMatchObject({ chunks: 4 })
  })

  it('a slow line is stopped inside a chunk when the window ends', async () => {
    const io = testIo()
    const epgu = await gatewayOf()
    const slow = patternSource(20_000_000)
    const source: PackageSource = {
      size: slow.size,
      async *slice(start, end) {
        for await (const piece of slow.slice(start, end)) {
          io.clock.nowMs += 2_000
          yield piece
        }
      },
    }
    const act = testGateway(epgu.url, { io }).pushChunks({
      orderId,
      meta: testMeta,
      source,
      chunkBytes,
    })
    await caughtAs('epgu.chunk-window-overrun', act)
    expect((await numbersOf(epgu.arrived)).includes(3)).toBe(false)
  })

  it('a wait for a token does not count', async () => {
    const io = testIo()
    const slow = testTokens()
    let isFirst = true
    const tokens = {
      ...slow,
      get: () => {
        if (isFirst) io.clock.nowMs += 900_000
        isFirst = false

        return slow.get()
      },
    }
    const epgu = await gatewayOf()
    await expect(upload(epgu.url, { io, tokens })).resolves.toMatchObject({ orderId })
  })

  it('429, 503 and a lost answer of a middle chunk are sent again under its number', async () => {
    const faults: (Answer | 'drop')[] = [{ status: 429 }, { status: 503 }, 'drop']
    const epgu = await gatewayOf(({ fields }) =>
      fields['chunk'] === '1' ? faults.shift() : undefined,
    )
    await upload(epgu.url)
    const numbers = await numbersOf(epgu.arrived)
    expect(numbers.filter((number) => number === 1)).toHaveLength(4)
    expect(numbers.at(-1)).toBe(3)
  })

  it('a refused middle chunk ends the upload: the last one is never sent', async () => {
    const epgu = await gatewayOf(({ fields }) =>
      fields['chunk'] === '1'
        ? { status: 400, body: { code: 'bad_request', message: 'chunk' } }
        : undefined,
    )
    const error = await caughtAs('epgu.refused', upload(epgu.url))
    expect(error.data).toMatchObject({
      operation: 'push-chunk',
      epguCode: 'bad_request',
      said: 'chunk',
    })
    expect((await numbersOf(epgu.arrived)).includes(3)).toBe(false)
  })

  it('429 of the last chunk was a refusal: it is sent again', async () => {
    const faults: Answer[] = [{ status: 429, headers: { 'retry-after': '2' } }]
    const epgu = await gatewayOf(({ fields }) =>
      fields['chunk'] === '3' ? faults.shift() : undefined,
    )
    await upload(epgu.url)
    expect((await numbersOf(epgu.arrived)).filter((number) => number === 3)).toHaveLength(2)
  })

  const lost: readonly (readonly [string, Answer | 'drop', string])[] = [
    ['a lost answer', 'drop', 'connection-lost'],
    ['503', { status: 503 }, 'unavailable'],
    ['an incident', { status: 500, body: { code: 'internal_error' } }, 'unavailable'],
    ['206 where 200 was due', accepted(206), 'unreadable-answer'],
    ['the number of another order', { status: 200, body: { orderId: 1 } }, 'unreadable-answer'],
    ['a page', { status: 200, body: '<html>' }, 'unreadable-answer'],
  ]
  it.each(lost)(
    '%s to the last chunk leaves the outcome open, under its number, unrepeated',
    async (_, fault, reason) => {
      const epgu = await gatewayOf(({ fields }) => (fields['chunk'] === '3' ? fault : undefined))
      const error = await caughtAs('epgu.outcome-unknown', upload(epgu.url))
      expect(error.data).toMatchObject({ operation: 'push-chunk', orderId, reason })
      expect((await numbersOf(epgu.arrived)).filter((number) => number === 3)).toHaveLength(1)
    },
  )

  it('a chunk that is accepted for another order ends the upload', async () => {
    const epgu = await gatewayOf(() => ({ status: 206, body: { orderId: 1 } }))
    expect((await caught(upload(epgu.url))).code).toBe('epgu.unreadable-answer')
    expect(epgu.arrived).toHaveLength(1)
  })
})
