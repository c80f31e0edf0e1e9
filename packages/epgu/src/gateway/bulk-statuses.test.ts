import { describe, expect, it } from 'vitest'
import { caughtAs } from '../testing/caught.ts'
import { fixtureText, hasFixtures } from '../testing/fixtures.ts'
import { serve } from '../testing/serve.ts'
import { testGateway } from '../testing/test-gateway.ts'
import type { StatusPage } from './bulk-statuses.ts'

const since = new Date('2022-12-21T17:49:37.672Z')

async function all(pages: AsyncIterable<StatusPage>): Promise<readonly StatusPage[]> {
  const taken: StatusPage[] = []
  for await (const page of pages) taken.push(page)

  return taken
}

const entry = (orderId: number, statusId = 3) => ({
  orderId,
  orderSearchStatus: 'FOUND',
  status: { statusId, statusName: 'x', updated: '2022-12-21T20:49:37.672' },
})

/** A listing of that many orders, in pages of at most `cut`. */
function listing(total: number, cut = Number.POSITIVE_INFINITY) {
  return serve(({ query }) => {
    const size = Math.min(cut, Number(query.get('pageSize')))
    const first = Number(query.get('pageNum')) * size
    const count = Math.max(0, Math.min(size, total - first))
    const content = Array.from({ length: count }, (_, at) => entry(first + at + 1))

    return { status: 200, body: { count, totalCount: total, content } }
  })
}

describe('getUpdatedAfter (spec §4.4)', () => {
  it('asks in Moscow time without an offset, from page 0', async () => {
    const epgu = await listing(1)
    await all(testGateway(epgu.url).updatedAfter(since, { pageSize: 50 }))
    const [request] = epgu.arrived
    expect(request?.method).toBe('GET')
    expect(request?.url).toBe(
      '/api/gusmev/order/getUpdatedAfter?pageNum=0&pageSize=50&updatedAfter=2022-12-21T20:49:37.672',
    )
    expect(request?.headers.authorization).toBe('Bearer token-1')
  })

  it.each([
    [0, 1],
    [1, 1],
    [10, 1],
    [11, 2],
    [1000, 100],
  ])('%i changed orders in pages of ten take %i calls', async (total, calls) => {
    const epgu = await listing(total)
    const pages = await all(testGateway(epgu.url).updatedAfter(since, { pageSize: 10 }))
    expect(epgu.arrived).toHaveLength(calls)
    const ids = pages.flatMap(({ statuses }) => statuses.map(({ orderId }) => orderId))
    expect(ids).toEqual(Array.from({ length: total }, (_, at) => String(at + 1)))
  })

  it('goes on where the gateway cuts pages shorter than asked for', async () => {
    const epgu = await listing(25, 10)
    const pages = await all(testGateway(epgu.url).updatedAfter(since, { pageSize: 100 }))
    expect(pages.map(({ statuses }) => statuses.length)).toEqual([10, 10, 5])
  })

  it('is lazy: who stops reading stops asking', async () => {
    const epgu = await listing(1000)
    for await (const page of testGateway(epgu.url).updatedAfter(since, { pageSize: 10 })) {
      if (page.pageNum === 1) break
    }
    expect(epgu.arrived).toHaveLength(2)
  })

  it('a listing without end stops at the limit', async () => {
    const epgu = await serve(() => ({
      status: 200,
      body: { count: 1, totalCount: 1e9, content: [entry(1)] },
    }))
    const pages = testGateway(epgu.url, { limits: { maxPages: 5 } }).updatedAfter(since)
    const error = await caughtAs('epgu.too-many-pages', all(pages))
    expect(error.data).toEqual({ operation: 'updated-after', limit: 5 })
    expect(epgu.arrived).toHaveLength(5)
  })

  it.skipIf(!hasFixtures)('the page of the operator', async () => {
    const epgu = await serve(({ query }) => ({
      status: 200,
      body:
        query.get('pageNum') === '0'
          ? fixtureText('orders-get-updated-after.json')
          : { content: [] },
    }))
    const [page] = await all(testGateway(epgu.url).updatedAfter(since, { pageSize: 5 }))
    expect(page?.totalCount).toBe(40)
    expect(page?.statuses).toEqual([
      {
        orderId: '764607248',
        isFound: true,
        statusId: 24,
        statusName: 'Ошибка отправки заявления в ведомство',
        updatedAt: since,
      },
      expect.objectContaining({ orderId: '764603930', statusId: 15 }),
      expect.objectContaining({ orderId: '764602932', statusId: 4 }),
      { orderId: '2354270898', isFound: false },
      { orderId: '2354271090', isFound: false },
    ])
  })
})

describe('getOrdersStatus (spec §4.4)', () => {
  it('asks for each pageSize of numbers once, with commas as they are', async () => {
    const epgu = await serve(({ query }) => {
      const ids = query.get('orderIds')?.split(',') ?? []

      return {
        status: 200,
        body: {
          count: ids.length,
          totalCount: ids.length,
          content: ids.map((id) => entry(Number(id))),
        },
      }
    })
    const ids = [1, '4654755604', 3]
    const pages = await all(testGateway(epgu.url).ordersStatus(ids, { pageSize: 2 }))
    expect(epgu.arrived.map(({ url }) => url)).toEqual([
      '/api/gusmev/order/getOrdersStatus?pageNum=0&pageSize=2&orderIds=1,4654755604',
      '/api/gusmev/order/getOrdersStatus?pageNum=0&pageSize=2&orderIds=3',
    ])
    expect(pages.flatMap(({ statuses }) => statuses.map(({ orderId }) => orderId))).toEqual(
      ids.map(String),
    )
  })

  it('no numbers, no call; a number that is none is refused before', async () => {
    const epgu = await listing(1)
    expect(await all(testGateway(epgu.url).ordersStatus([]))).toEqual([])
    await caughtAs('epgu.invalid-argument', all(testGateway(epgu.url).ordersStatus(['1&x=2'])))
    await caughtAs(
      'epgu.invalid-argument',
      all(testGateway(epgu.url).ordersStatus([1], { pageSize: 0 })),
    )
    expect(epgu.arrived).toHaveLength(0)
  })

  it.skipIf(!hasFixtures)('the answer of the operator', async () => {
    const epgu = await serve(() => ({
      status: 200,
      body: fixtureText('orders-get-orders-status.json'),
    }))
    const ids = ['764607248', '764603930', '764602932', '2312621299', '2312620698']
    const [page] = await all(testGateway(epgu.url).ordersStatus(ids))
    expect(page?.statuses.map(({ orderId, isFound }) => [orderId, isFound])).toEqual([
      ['764607248', true],
      ['764603930', true],
      ['764602932', true],
      ['2312621299', false],
      ['2312620698', false],
    ])
    expect(epgu.arrived).toHaveLength(1)
  })
})

describe('entries of bulk answers', () => {
  it('the key with a blank of one example is read', async () => {
    const epgu = await serve(() => ({
      status: 200,
      body: { totalCount: 1, content: [{ ' orderId': 5, status: null }] },
    }))
    const [page] = await all(testGateway(epgu.url).updatedAfter(since))
    expect(page?.statuses).toEqual([{ orderId: '5', isFound: false }])
  })

  it('one that cannot be read hides none of the others, and is counted', async () => {
    const odd = [7, { status: null }, { orderId: 'x', status: null }]
    const epgu = await serve(() => ({
      status: 200,
      body: { totalCount: 5, content: [entry(1), ...odd, entry(2)] },
    }))
    const pages = await all(testGateway(epgu.url).updatedAfter(since))
    expect(pages.map(({ unreadable }) => unreadable)).toEqual([3])
    expect(pages[0]?.statuses.map(({ orderId }) => orderId)).toEqual(['1', '2'])
  })

  it.each([
    ['no status', { orderId: 5, orderSearchStatus: 'FOUND', status: null }],
    ['a status without an id', { orderId: 5, orderSearchStatus: 'FOUND', status: {} }],
    ['a status of an order that is not found', { ...entry(5), orderSearchStatus: 'NOT_FOUND' }],
  ])('%s tells nothing of the order', async (_, odd) => {
    const epgu = await serve(() => ({ status: 200, body: { totalCount: 1, content: [odd] } }))
    const [page] = await all(testGateway(epgu.url).updatedAfter(since))
    expect(page?.statuses).toEqual([{ orderId: '5', isFound: false }])
  })

  it.each<readonly [string, unknown]>([
    ['no list', { content: {} }],
    ['entries of which none can be read', { content: [7, { status: null }] }],
  ])('%s: the page is refused', async (_, body) => {
    const epgu = await serve(() => ({ status: 200, body }))
    const error = await caughtAs(
      'epgu.unreadable-answer',
      all(testGateway(epgu.url).updatedAfter(since)),
    )
    expect(error.data.reason).toBe('wrong-shape')
  })
})
