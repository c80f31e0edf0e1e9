import { expect, test } from 'vitest'
import { createGateways } from './gateways.ts'
import { testConnection } from './testing.ts'
import { type PortalAnswer, startPortal } from './testing-portal.ts'

test('a call that is given up while ESIA is asked takes no token from the others', async () => {
  const token = Promise.withResolvers<PortalAnswer>()
  const portal = await startPortal(() => ({ status: 200, body: { orderId: 7 } }), token.promise)
  const connection = testConnection({ esiaUrl: portal.url, epguUrl: portal.url })
  const gateways = createGateways()
  const meta = { region: '77', serviceCode: '10000000374', targetCode: '-10000000374' }
  const reserve = (signal: AbortSignal) =>
    gateways
      .open({ connection, io: { ...portal.io, signal }, anyEmployee: false })
      .reserveOrder(meta, { signal })

  const first = reserve(portal.io.signal)
  const given = new AbortController()
  // Asked last, so that its world is the one that the token is fetched in.
  const second = reserve(given.signal)
  given.abort(new Error('given up'))
  await expect(second).rejects.toThrow('given up')

  token.resolve({ status: 200, body: { accessTkn: 'token' } })
  await expect(first).resolves.toBe('7')
  expect(portal.calls).toHaveLength(1)
})
