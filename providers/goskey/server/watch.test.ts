import type { Instant, WatchedRequest, WatchItem } from '@muhr/envelope'
import { describe, expect, test } from 'vitest'
import { createGateways } from './gateways.ts'
import type { GoskeyHandle } from './handle.ts'
import { now, testConnection } from './testing.ts'
import { type Portal, type PortalAnswer, startPortal } from './testing-portal.ts'
import { watch } from './watch.ts'

type Item = WatchItem<GoskeyHandle>

const requestOf = (order: number): WatchedRequest<GoskeyHandle> => ({
  id: `req_${order}` as WatchedRequest<GoskeyHandle>['id'],
  method: 'UKEP',
  state: 'open',
  handle: { key: String(order), documents: ['a.pdf'] },
  window: undefined,
  since: now,
})

const status = (orderId: unknown, statusId: unknown = 4) => ({
  orderId,
  orderSearchStatus: 'FOUND',
  status: { statusId, statusName: '', updated: '2026-11-22T10:59:00.000' },
})

const page = (...content: readonly unknown[]): PortalAnswer => ({
  status: 200,
  body: { count: content.length, totalCount: content.length, content },
})

const details = (orderId: number): PortalAnswer => ({
  status: 200,
  body: {
    code: 'OK',
    order: JSON.stringify({ id: orderId, orderStatusId: 4, stateOrgStatusCode: 'sign_reject' }),
  },
})

/** Looks once at these open orders; what it said, and the code of the error that ended it. */
async function look(
  portal: Portal,
  {
    orders,
    unseen = [],
  }: { readonly orders: readonly number[]; readonly unseen?: readonly number[] },
): Promise<{ readonly items: readonly Item[]; readonly code: string | undefined }> {
  const requests = orders.map(requestOf)
  const items: Item[] = []
  try {
    for await (const item of watch(createGateways(), {
      connection: testConnection({ esiaUrl: portal.url, epguUrl: portal.url }),
      cursor: undefined,
      open: {
        find: async (keys) => requests.filter(({ handle }) => keys.includes(handle?.key ?? '')),
        unseenSince: async () => unseen.map(requestOf),
        due: async () => [],
        nextDue: async () => undefined,
        view: async () => undefined,
        ofContents: async () => [],
      },
      now: now as Instant,
      io: portal.io,
    })) {
      items.push(item)
    }
  } catch (error) {
    return { items, code: (error as { readonly code: string }).code }
  }

  return { items, code: undefined }
}

const heardOf = (items: readonly Item[]) =>
  items.flatMap((item) => (item.kind === 'observation' ? [item.request] : []))
const has = (items: readonly Item[], kind: Item['kind']) => items.some((item) => item.kind === kind)

describe('one order that cannot be looked at', () => {
  test.each<readonly [string, PortalAnswer]>([
    ['epgu.refused', { status: 403, body: { code: 'order_access' } }],
    ['epgu.refused', { status: 500, body: { code: 'internal_error' } }],
    ['epgu.unavailable', { status: 500 }],
    ['epgu.unreadable-answer', { status: 200, body: '{"code":"OK","order":"{' }],
    ['epgu.unreadable-answer', details(99)],
    ['epgu.redirect-refused', { status: 302, headers: { location: 'https://evil.test/' } }],
  ])('%s for its details keeps no other from being heard', async (code, answer) => {
    const portal = await startPortal((call) => {
      if (call.includes('getUpdatedAfter')) return page(status(1), status(2), status(3))

      return call.endsWith('/order/2') ? answer : details(Number(call.split('/').at(-1)))
    })
    const seen = await look(portal, { orders: [1, 2, 3] })

    expect(heardOf(seen.items)).toEqual(['req_1', 'req_3'])
    expect(has(seen.items, 'cursor')).toBe(true)
    // Its turn comes again when nobody has looked at it for long, not at every look.
    expect(seen.items).toContainEqual({ kind: 'looked', requests: ['req_2'] })
    // And the connection is flagged.
    expect(seen.code).toBe(code)
  })

  test('an entry of a list that nobody can read hides none of the others', async () => {
    const portal = await startPortal((call) =>
      call.includes('getUpdatedAfter')
        ? page(status(1), status(null), status('x'), 'nonsense', status(2, null), status(3))
        : details(Number(call.split('/').at(-1))),
    )
    const seen = await look(portal, { orders: [1, 2, 3] })

    expect(heardOf(seen.items)).toEqual(['req_1', 'req_2', 'req_3'])
    expect(seen.code).toBeUndefined()
  })

  test('a list of changes that cannot be read keeps nobody from asking by number', async () => {
    const portal = await startPortal((call) => {
      if (call.includes('getUpdatedAfter')) return { status: 200, body: '<html>' }

      return call.includes('getOrdersStatus') ? page(status(1)) : details(1)
    })
    const seen = await look(portal, { orders: [1], unseen: [1] })

    expect(heardOf(seen.items)).toEqual(['req_1'])
    expect(has(seen.items, 'cursor')).toBe(false)
    expect(seen.code).toBe('epgu.unreadable-answer')
  })

  test('a portal that refuses everybody is not asked for each of them', async () => {
    const orders = Array.from({ length: 90 }, (_, index) => index + 1)
    const portal = await startPortal((call) =>
      call.includes('getUpdatedAfter')
        ? page(...orders.map((order) => status(order)))
        : { status: 401 },
    )
    const seen = await look(portal, { orders })

    expect(seen.code).toBe('epgu.unauthorised')
    expect(portal.calls.filter((call) => /\/order\/\d+$/.test(call)).length).toBeLessThan(40)
    expect(has(seen.items, 'cursor')).toBe(false)
  })
})
