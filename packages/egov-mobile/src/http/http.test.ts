import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { replyJson, replyText } from '../testing.ts'
import { isAuthentic } from './is-authentic.ts'
import { headerValue } from './message.ts'
import { appLocales, readLocale } from './read-locale.ts'
import { type RefusalCode, refusals } from './refusals.ts'
import { canceledReply, methodNotAllowedReply, refusalReply, successReply } from './reply.ts'

describe('Accept-Language', () => {
  test.each([
    ['ru', 'ru'],
    ['kk', 'kk'],
    ['en', 'en'],
    ['kk-KZ', 'kk'],
    ['EN-us', 'en'],
    ['kk-KZ, ru;q=0.8, en;q=0.5', 'kk'],
    ['ru;q=0.3, kk;q=0.9', 'kk'],
    ['uz, en;q=0.5', 'en'],
    ['ru;q=0, en;q=0.1', 'en'],
    ['kk;q=2, en', 'en'],
    ['kz', 'ru'],
    ['*', 'ru'],
    ['', 'ru'],
    [';;,=,q=1', 'ru'],
    [`kk${' '.repeat(300)}`, 'ru'],
  ])('%j asks for %s', (header, locale) => {
    expect(readLocale({ 'accept-language': header })).toBe(locale)
    expect(readLocale(new Headers({ 'Accept-Language': header }))).toBe(
      header.length > 256 ? 'kk' : locale,
    )
  })

  test('absent: ru', () => {
    expect(readLocale({})).toBe('ru')
  })

  test('any header gives one of the three languages', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        expect(appLocales).toContain(readLocale({ 'accept-language': header }))
      }),
    )
  })
})

describe('Token', () => {
  const auth = { type: 'Token', token: '2dffe45dssvg' } as const

  test.each(['Bearer 2dffe45dssvg', 'bearer 2dffe45dssvg', 'Bearer   2dffe45dssvg '])(
    'passes %j',
    (authorization) => {
      expect(isAuthentic(auth, { authorization })).toBe(true)
    },
  )

  test.each([
    '2dffe45dssvg',
    'Bearer',
    'Bearer ',
    'Bearer 2DFFE45DSSVG',
    'Bearer 2dffe45dssv',
    'Bearer 2dffe45dssvgg',
    'Token 2dffe45dssvg',
    'Bearer 2dffe45dssvg, Bearer other',
    'Bearer other 2dffe45dssvg',
  ])('refuses %j', (authorization) => {
    expect(isAuthentic(auth, { authorization })).toBe(false)
  })

  test('refuses a call without the header, and one with two of them', () => {
    expect(isAuthentic(auth, {})).toBe(false)
    expect(
      isAuthentic(auth, { authorization: ['Bearer 2dffe45dssvg', 'Bearer 2dffe45dssvg'] }),
    ).toBe(false)
  })

  test('None asks for nothing', () => {
    expect(isAuthentic({ type: 'None' }, {})).toBe(true)
  })
})

test('header names are read in any case', () => {
  expect(headerValue({ 'Content-Length': '3' }, 'content-length')).toBe('3')
  expect(headerValue({ 'x-a': undefined }, 'x-a')).toBeUndefined()
})

describe('answers', () => {
  const codes = Object.keys(refusals) as RefusalCode[]

  test.each(codes)('%s is a localised {"message"} and never a server error', async (code) => {
    for (const locale of appLocales) {
      const reply = refusalReply(code, locale)

      expect(await replyJson(reply)).toEqual({ message: refusals[code].text[locale] })
      expect(reply.headers).toMatchObject({
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-store',
        'content-length': String(new TextEncoder().encode(await replyText(reply)).length),
      })
      expect(reply.status === 503 || (reply.status >= 400 && reply.status < 500)).toBe(true)
    }
  })

  test('the three languages of a refusal differ', () => {
    for (const code of codes) {
      expect(new Set(Object.values(refusals[code].text)).size).toBe(3)
    }
  })

  test('trap 7: everything about a signature is 403 and leaves the link open', () => {
    const concerned = codes.filter((code) =>
      /^(signature|certificate|timestamp|other|check|documents|sign-method)-/.test(code),
    )

    expect(concerned.length).toBe(13)
    for (const code of concerned) expect(refusals[code]).toMatchObject({ status: 403, open: true })
  })

  test('the statuses of the table', () => {
    const statuses = Object.fromEntries(codes.map((code) => [code, refusals[code].status]))

    expect(statuses).toMatchObject({
      'malformed-body': 400,
      unauthenticated: 401,
      'signature-invalid': 403,
      'unknown-session': 404,
      'already-signed': 409,
      expired: 410,
      'too-large': 413,
    })
  })

  test('401 names the scheme, 405 the verbs', () => {
    expect(refusalReply('unauthenticated', 'ru').headers['www-authenticate']).toBe('Bearer')
    expect(methodNotAllowedReply(['GET', 'PUT'], 'ru').headers['allow']).toBe('GET, PUT')
  })

  test('success is {"message":"success"}, or the word, or with a way back', async () => {
    expect(await replyText(successReply())).toBe('{"message":"success"}')
    expect(await replyJson(successReply({ backUrl: 'https://muhr.example/s/x' }))).toEqual({
      message: 'success',
      backUrl: 'https://muhr.example/s/x',
    })

    const asText = successReply({ form: 'text' })
    expect(await replyText(asText)).toBe('success')
    expect(asText.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(asText.status).toBe(200)
  })

  test('a cancellation is answered 200 by default, 400 when so wished', async () => {
    expect(canceledReply().status).toBe(200)
    expect(canceledReply(400).status).toBe(400)
    expect(await replyJson(canceledReply())).toEqual({ message: 'canceled' })
  })
})
