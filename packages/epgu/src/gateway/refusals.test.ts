import { describe, expect, it } from 'vitest'
import { caught, caughtAs, everythingIn } from '../testing/caught.ts'
import { type Answer, serve } from '../testing/serve.ts'
import { testGateway, testMeta, testTokens } from '../testing/test-gateway.ts'
import { testIo } from '../testing/test-io.ts'
import { sourceFromBytes } from './package-source.ts'

const source = sourceFromBytes(new Uint8Array(1000))

describe('secrets', () => {
  it('the token is in no error and in no journal, whatever the gateway or fetch write', async () => {
    const secret = `eyJ2ZXIiOjF9.${'a1B2'.repeat(20)}.c2ln`
    const tokens = {
      ...testTokens(),
      get: async () => ({ value: secret, expiresAt: new Date('2049-01-01'), claims: undefined }),
    }
    const journal: unknown[] = []
    const epgu = await serve(({ headers }) => ({
      status: 400,
      body: { code: 'bad_request', message: `Header ${headers.authorization} of 000-729-729 38` },
    }))
    const refused = await caught(
      testGateway(epgu.url, { tokens, onExchange: (e) => journal.push(e) }).reserveOrder(testMeta),
    )
    const io = testIo({
      fetch: async (_, init) => {
        throw new TypeError(`bad header ${init.headers['authorization']}`)
      },
    })
    const failed = await caught(testGateway(epgu.url, { tokens, io }).orderDetails('1'))
    for (const text of [everythingIn(refused), everythingIn(failed), JSON.stringify(journal)]) {
      expect(text).not.toContain('a1B2')
      expect(text).not.toContain('729')
    }
    expect(journal).toHaveLength(1)
    expect(journal[0]).toMatchObject({ operation: 'reserve', tries: 1, httpStatus: 400 })
  })
})

describe('refusals by code first, by HTTP second (spec §2)', () => {
  /** Appendix 4 as the spec prints it, written out again. */
  const codes = [
    ['bad_request', 400],
    ['service_not_found', 409],
    ['access_denied_person_permissions', 403],
    ['access_denied_personal_data', 403],
    ['access_denied_service', 403],
    ['access_denied_system', 403],
    ['access_denied_user', 403],
    ['access_denied_user_legal', 403],
    ['bad_delegation', 403],
    ['config_delegation', 403],
    ['push_denied', 403],
    ['order_access', 403],
    ['cancel_not_allowed', 409],
    ['internal_error', 500],
  ] as const
  const refusalOf = async (answer: Answer) => {
    const epgu = await serve(() => answer)

    return caught(testGateway(epgu.url).orderDetails('17'))
  }

  it.each(codes)('%s is told by its code, whatever the HTTP status', async (code, typical) => {
    const advices = new Set<string>()
    for (const status of [typical, 400, 403, 409]) {
      const error = await refusalOf({ status, body: { code, message: 'm' } })
      expect(error.code).toBe('epgu.refused')
      expect(error.data).toMatchObject({ epguCode: code, httpStatus: status, said: 'm' })
      advices.add(error.advice)
    }
    expect(advices.size).toBe(1)
  })

  it('not_found and 204 are not found; 204 is never a success', async () => {
    expect((await refusalOf({ status: 409, body: { code: 'not_found' } })).code).toBe(
      'epgu.not-found',
    )
    expect((await refusalOf({ status: 400, body: { code: 'not_found' } })).code).toBe(
      'epgu.not-found',
    )
    const epgu = await serve(() => ({ status: 204 }))
    const gateway = testGateway(epgu.url)
    const acts = [
      () => gateway.reserveOrder(testMeta),
      () => gateway.pushOrder({ meta: testMeta, source }),
      () => gateway.pushChunks({ orderId: 1, meta: testMeta, source }),
      () => gateway.orderDetails(1),
      () => gateway.cancelOrder(1),
      () =>
        gateway.downloadFile({ objectId: '1', objectType: '3', mnemonic: 'a' }, { route: 'old' }),
      () => gateway.lookUpDictionary('BIC'),
    ]
    for (const act of acts) expect((await caught(act())).code).toBe('epgu.not-found')
  })

  it('429 advises by what is counted: orders where one is sent, else requests', async () => {
    const epgu = await serve(() => ({ status: 429 }))
    const gateway = testGateway(epgu.url)
    expect((await caught(gateway.reserveOrder(testMeta))).advice).toContain('20 orders')
    for (const act of [() => gateway.orderDetails(1), () => gateway.lookUpDictionary('BIC')]) {
      expect((await caught(act())).advice).toContain('requests in a minute')
    }
  })

  it('limitation_exception is a quota, under 409 too', async () => {
    const error = await refusalOf({ status: 409, body: { code: 'limitation_exception' } })
    expect(error.code).toBe('epgu.rate-limited')
  })

  it('404 without a code is an unknown path, with one it is that code', async () => {
    expect((await refusalOf({ status: 404 })).code).toBe('epgu.unknown-url')
    expect((await refusalOf({ status: 404, body: { code: 'order_access' } })).data).toMatchObject({
      epguCode: 'order_access',
    })
  })

  it('a body that is none, or a code that is no word, leaves HTTP to decide', async () => {
    for (const body of ['<html>', '[]', '"x"', { code: 'a b\r\n' }, { code: 7 }, '{"code":"']) {
      const error = await refusalOf({ status: 403, body })
      expect(error.data).toMatchObject({ epguCode: undefined, httpStatus: 403, action: 'operator' })
    }
  })

  it('a refusal is not repeated; 429 and 502 to 504 of a read are, four times in all', async () => {
    for (const status of [400, 403, 404, 409, 500]) {
      const epgu = await serve(() => ({ status }))
      await caught(testGateway(epgu.url).orderDetails(1))
      expect(epgu.arrived, String(status)).toHaveLength(1)
    }
    for (const status of [429, 502, 503, 504]) {
      const epgu = await serve(() => ({ status }))
      const io = testIo()
      const error = await caught(testGateway(epgu.url, { io }).orderDetails(1))
      expect(error.code).toBe(status === 429 ? 'epgu.rate-limited' : 'epgu.unavailable')
      expect(epgu.arrived, String(status)).toHaveLength(4)
      expect(io.slept).toHaveLength(3)
    }
    // The code decides: this 429 will not pass.
    const denied = await serve(() => ({ status: 429, body: { code: 'push_denied' } }))
    await caughtAs('epgu.refused', testGateway(denied.url).orderDetails(1))
    expect(denied.arrived).toHaveLength(1)
  })

  it('a redirect of anything but a download is refused and not followed', async () => {
    const other = await serve(() => ({ status: 200, body: { orderId: 1 } }))
    const epgu = await serve(() => ({ status: 302, headers: { location: `${other.url}/login` } }))
    const error = await caughtAs('epgu.redirect-refused', testGateway(epgu.url).orderDetails(1))
    expect(error.data.reason).toBe('not-a-download')
    expect(other.arrived).toHaveLength(0)
  })
})
