import { describe, expect, test } from 'vitest'
import { replyJson, replyText, testNow, testSession } from '../testing.ts'
import { handleApi1 } from './handle-api1.ts'

const get = { method: 'GET', headers: {} } as const

describe('API #1', () => {
  test("the seed's example, field for field and in its order", async () => {
    const session = testSession({
      description: 'Подписание документов',
      expiresAt: new Date('2024-01-01T04:52:23.626Z'),
      organisation: {
        bin: '000740000728',
        nameEn: 'NITEC',
        nameKz: '"ҰАТ" АҚ',
        nameRu: 'АО "НИТ"',
      },
      api2Url: 'https://some.domen.kz/documents',
      auth: { type: 'Token', token: '2dffe45dssvg' },
    })
    const { reply } = handleApi1(session, get, new Date('2024-01-01T04:50:00Z'))

    expect(reply.status).toBe(200)
    expect(await replyText(reply)).toBe(
      '{"description":"Подписание документов","expiry_date":"2024-01-01T04:52:23.626Z","organisation":{"nameRu":"АО \\"НИТ\\"","nameKz":"\\"ҰАТ\\" АҚ","nameEn":"NITEC","bin":"000740000728"},"document":{"uri":"https://some.domen.kz/documents","auth_type":"Token","auth_token":"2dffe45dssvg"}}',
    )
    expect(reply.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    })
  })

  test('trap 8: expiry_date has three fraction digits and a zone even on a whole second', async () => {
    const session = testSession({ expiresAt: new Date('2026-11-22T08:05:00Z') })

    expect(await replyJson(handleApi1(session, get, testNow).reply)).toMatchObject({
      expiry_date: '2026-11-22T08:05:00.000Z',
    })
  })

  test('trap 2: None is spelled so and has no auth_token', async () => {
    const { reply } = handleApi1(testSession({ auth: { type: 'None' } }), get, testNow)

    expect(await replyJson(reply)).toMatchObject({
      document: { auth_type: 'None' },
    })
    expect(await replyText(reply)).not.toContain('auth_token')
  })

  test('is answered in the same way each time it is asked', async () => {
    const once = await replyText(handleApi1(testSession(), get, testNow).reply)
    const twice = await replyText(handleApi1(testSession(), get, testNow).reply)

    expect(twice).toBe(once)
  })

  test('is over at the moment of expiry, not after it', () => {
    const { expiresAt } = testSession()
    const justBefore = new Date(expiresAt.getTime() - 1)

    expect(handleApi1(testSession(), get, justBefore).reply.status).toBe(200)
    expect(handleApi1(testSession(), get, expiresAt)).toMatchObject({
      refusal: 'expired',
      reply: { status: 410 },
    })
  })

  test.each([
    [{ kind: 'accepted', submissions: ['aa'] }, 'already-signed', 409],
    [{ kind: 'replaced' }, 'replaced', 410],
    [{ kind: 'canceled' }, 'canceled', 410],
    [{ kind: 'withdrawn' }, 'withdrawn', 410],
  ] as const)('closed as %j: %s', (closed, refusal, status) => {
    expect(handleApi1(testSession({ closed }), get, testNow)).toMatchObject({
      refusal,
      reply: { status },
    })
  })

  test.each(['POST', 'PUT', 'HEAD', 'DELETE', 'get'])('refuses %s', (method) => {
    const { reply, refusal } = handleApi1(testSession(), { method, headers: {} }, testNow)

    expect(refusal).toBe('method-not-allowed')
    expect(reply.status).toBe(405)
    expect(reply.headers['allow']).toBe('GET')
  })

  test('refuses in the language of the app', async () => {
    const request = { method: 'GET', headers: { 'accept-language': 'kk' } }
    const { reply } = handleApi1(testSession({ closed: { kind: 'withdrawn' } }), request, testNow)

    expect(await replyJson(reply)).toEqual({ message: expect.stringContaining('қайтарып') })
  })
})
