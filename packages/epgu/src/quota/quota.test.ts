import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caughtAs } from '../testing/caught.ts'
import { serve } from '../testing/serve.ts'
import { testGateway, testMeta } from '../testing/test-gateway.ts'
import { testIo } from '../testing/test-io.ts'
import { createOrderQuota } from './order-quota.ts'
import { createRequestQuota } from './request-quota.ts'

const minuteMs = 60_000
const key = { user: 'clerk', serviceCode: '10000000374' }

/** The most events that any interval of that length holds. */
function busiest(times: readonly number[], windowMs: number): number {
  return Math.max(
    0,
    ...times.map((start) => times.filter((at) => at >= start && at < start + windowMs).length),
  )
}

describe('20 orders of a service by one user in 10 minutes (spec §2)', () => {
  it('the 21st waits until the first is ten minutes old', () => {
    const io = testIo()
    const quota = createOrderQuota({ now: io.now })
    const startMs = io.clock.nowMs
    for (let n = 0; n < 20; n += 1) {
      expect(quota.take(key).isGranted).toBe(true)
      io.clock.nowMs += 1000
    }
    const refused = quota.take(key)
    expect(refused).toEqual({ isGranted: false, availableAt: new Date(startMs + 10 * minuteMs) })
    io.clock.nowMs = startMs + 10 * minuteMs - 1
    expect(quota.take(key).isGranted).toBe(false)
    io.clock.nowMs += 1
    expect(quota.take(key).isGranted).toBe(true)
    expect(quota.take(key).isGranted).toBe(false)
  })

  it('users and services are counted apart', () => {
    const { now } = testIo()
    const quota = createOrderQuota({ now, limit: 1 })
    expect(quota.take(key).isGranted).toBe(true)
    expect(quota.take({ ...key, user: 'other' }).isGranted).toBe(true)
    expect(quota.take({ ...key, serviceCode: '60025907' }).isGranted).toBe(true)
    expect(quota.take(key).isGranted).toBe(false)
  })

  it('counts from the answer, which is not before the portal counted', () => {
    const io = testIo()
    const quota = createOrderQuota({ now: io.now, limit: 1 })
    const place = quota.take(key)
    io.clock.nowMs += 30_000
    if (place.isGranted) place.settle()
    io.clock.nowMs += 10 * minuteMs - 1
    expect(quota.take(key).isGranted).toBe(false)
    io.clock.nowMs += 1
    expect(quota.take(key).isGranted).toBe(true)
  })

  it('a call that never arrived gives its place back, and earlier orders can be told', () => {
    const io = testIo()
    const quota = createOrderQuota({ now: io.now, limit: 2 })
    const place = quota.take(key)
    if (place.isGranted) place.release()
    quota.restore(key, [
      new Date(io.clock.nowMs - 5 * minuteMs),
      new Date(io.clock.nowMs - 11 * minuteMs),
    ])
    expect(quota.take(key).isGranted).toBe(true)
    expect(quota.take(key)).toEqual({
      isGranted: false,
      availableAt: new Date(io.clock.nowMs + 5 * minuteMs),
    })
  })

  it('whatever the times, no interval holds more, and the forecast is what happens', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 120_000 }), { minLength: 1, maxLength: 80 }),
        fc.integer({ min: 1, max: 5 }),
        (gaps, limit) => {
          const io = testIo()
          const quota = createOrderQuota({ now: io.now, limit, windowMs: 10 * minuteMs })
          const sent: number[] = []
          for (const gap of gaps) {
            io.clock.nowMs += gap
            const [expected] = quota.forecast(key, 1)
            let place = quota.take(key)
            if (!place.isGranted) {
              expect(place.availableAt).toEqual(expected)
              io.clock.nowMs = place.availableAt.getTime()
              place = quota.take(key)
            }
            expect(place.isGranted).toBe(true)
            expect(expected).toEqual(io.now())
            sent.push(io.clock.nowMs)
          }
          expect(busiest(sent, 10 * minuteMs)).toBeLessThanOrEqual(limit)
        },
      ),
    )
  })

  it('500 orders take what the rule allows: 24 windows', () => {
    const io = testIo()
    const quota = createOrderQuota({ now: io.now })
    const startMs = io.clock.nowMs
    expect(quota.forecast(key, 500).at(-1)).toEqual(new Date(startMs + 24 * 10 * minuteMs))
  })
})

describe('requests of one system (spec §2)', () => {
  it.each([
    ['perMinute', minuteMs],
    ['perHour', 60 * minuteMs],
    ['perDay', 1440 * minuteMs],
    ['perMonth', 31 * 1440 * minuteMs],
    ['perYear', 366 * 1440 * minuteMs],
  ] as const)(
    '%s: no interval holds more than the limit, and the wait is one sixtieth longer at most',
    (name, windowMs) => {
      const io = testIo()
      const none = {
        perMinute: Infinity,
        perHour: Infinity,
        perDay: Infinity,
        perMonth: Infinity,
        perYear: Infinity,
      }
      const quota = createRequestQuota({ now: io.now, limits: { ...none, [name]: 50 } })
      const sent: number[] = []
      for (let n = 0; n < 200; n += 1) {
        let place = quota.take()
        if (!place.isGranted) {
          io.clock.nowMs = place.availableAt.getTime()
          place = quota.take()
        }
        expect(place.isGranted).toBe(true)
        sent.push(io.clock.nowMs)
        io.clock.nowMs += windowMs / 1000
      }
      expect(busiest(sent, windowMs)).toBeLessThanOrEqual(50)
      const spentMs = io.clock.nowMs - (sent[0] ?? 0)
      expect(spentMs).toBeLessThan(4 * windowMs * (62 / 60))
    },
  )

  it('the limits of the operator are the default', () => {
    const io = testIo()
    const quota = createRequestQuota({ now: io.now })
    let granted = 0
    while (quota.take().isGranted) granted += 1
    expect(granted).toBe(2000)
  })
})

describe('the gateway obeys', () => {
  it('the 21st order waits by the passed clock; reads go on', async () => {
    const epgu = await serve(({ path }) =>
      path.endsWith('/order')
        ? { status: 200, body: { orderId: 1 } }
        : { status: 200, body: { code: 'NEW' } },
    )
    const io = testIo()
    const gateway = testGateway(epgu.url, { io })
    for (let n = 0; n < 20; n += 1) await gateway.reserveOrder(testMeta)
    await gateway.orderDetails(1)
    expect(io.slept).toEqual([])
    await gateway.reserveOrder(testMeta)
    expect(io.slept).toEqual([600_000])
  })

  it('or refuses with the time, and nothing leaves', async () => {
    const epgu = await serve(() => ({ status: 200, body: { orderId: 1 } }))
    const io = testIo()
    const orders = createOrderQuota({ now: io.now, limit: 1 })
    const gateway = testGateway(epgu.url, { io, quotas: { orders, whenFull: 'refuse' } })
    await gateway.reserveOrder(testMeta)
    const error = await caughtAs('epgu.quota-full', gateway.reserveOrder(testMeta))
    expect(error.data).toEqual({
      quota: 'orders',
      availableAt: new Date(io.clock.nowMs + 600_000).toISOString(),
    })
    expect(epgu.arrived).toHaveLength(1)
  })

  it('every exchange counts as a request, repeats too', async () => {
    const epgu = await serve(() => ({ status: 503 }))
    const io = testIo()
    const requests = createRequestQuota({ now: io.now, limits: { perHour: 3 } })
    const gateway = testGateway(epgu.url, { io, quotas: { requests, whenFull: 'refuse' } })
    const error = await caughtAs('epgu.quota-full', gateway.orderDetails(1))
    expect(error.data.quota).toBe('requests')
    // More API-Keys of one system would not help.
    expect(error.advice).not.toContain('API-Key')
    expect(epgu.arrived).toHaveLength(3)
  })
})
