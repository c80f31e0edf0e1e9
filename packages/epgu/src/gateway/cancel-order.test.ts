import { describe, expect, it } from 'vitest'
import { caughtAs } from '../testing/caught.ts'
import { type Answer, serve } from '../testing/serve.ts'
import { testGateway } from '../testing/test-gateway.ts'

describe('cancel (spec §3.5)', () => {
  it('takes 200 with an empty body; a reason goes into the query', async () => {
    const epgu = await serve(() => ({ status: 200 }))
    await testGateway(epgu.url).cancelOrder('17')
    await testGateway(epgu.url).cancelOrder('17', { reason: 'ошибка & всё' })
    expect(epgu.arrived[0]?.url).toBe('/api/gusmev/order/17/cancel')
    expect(epgu.arrived[0]?.method).toBe('POST')
    expect(epgu.arrived[1]?.query.get('reason')).toBe('ошибка & всё')
  })

  it('a page of somebody else under 200 has cancelled nothing', async () => {
    const epgu = await serve(() => ({ status: 200, body: '<html>Log in</html>' }))
    const error = await caughtAs('epgu.outcome-unknown', testGateway(epgu.url).cancelOrder('17'))
    expect(error.data).toMatchObject({ orderId: '17', reason: 'unreadable-answer' })
    const other = await serve(() => ({ status: 200, body: { orderId: 17 } }))
    await testGateway(other.url).cancelOrder('17')
  })

  const refusals: readonly Answer[] = [
    { status: 405 },
    { status: 409 },
    { status: 409, body: { code: 'cancel_not_allowed', message: 'no' } },
  ]
  it.each(refusals)('refused in this status: %j', async (answer) => {
    const epgu = await serve(() => answer)
    const error = await caughtAs('epgu.refused', testGateway(epgu.url).cancelOrder('17'))
    expect(error.data).toMatchObject({ epguCode: 'cancel_not_allowed', httpStatus: answer.status })
  })

  it('the parameter that the live contour once demanded is told', async () => {
    const message =
      "Required request parameter 'reason' for method parameter type String is not present"
    const epgu = await serve(() => ({ status: 400, body: { code: 'bad_request', message } }))
    const error = await caughtAs('epgu.refused', testGateway(epgu.url).cancelOrder('17'))
    expect(error.data).toMatchObject({ epguCode: 'bad_request', said: message })
  })

  it('a lost answer leaves the outcome open and is not repeated', async () => {
    const epgu = await serve(() => ({ status: 504 }))
    const error = await caughtAs('epgu.outcome-unknown', testGateway(epgu.url).cancelOrder('17'))
    expect(error.data).toMatchObject({ operation: 'cancel', orderId: '17' })
    expect(epgu.arrived).toHaveLength(1)
  })
})
