import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EgovMobileError } from '../error.ts'
import { hasMgovSignMarker } from './assert-service-url.ts'
import { crossLink } from './cross-link.ts'
import { encodeLinkValue } from './encode-link-value.ts'
import { qrContent } from './qr-content.ts'

const workedExample = 'https://some.domen.kz/mgovSign?parameter1=value1&parameter2=value2'

function refusal(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    if (error instanceof EgovMobileError) return { code: error.code, ...error.data }
    throw error
  }

  return 'accepted'
}

describe('QR content', () => {
  test('is the prefix in its exact case and API #1 as it is [seed, section 1]', () => {
    expect(qrContent('https://some.domen.kz')).toBe('mobileSign:https://some.domen.kz')
  })

  test('trap 9: nothing is percent-encoded inside the QR', () => {
    expect(qrContent(workedExample)).toBe(`mobileSign:${workedExample}`)
    expect(qrContent('https://a.kz/%D2%9B/mgovSign?a=%26')).toBe(
      'mobileSign:https://a.kz/%D2%9B/mgovSign?a=%26',
    )
  })

  test.each([
    ['https://a.kz/mgovSign?a=b c', 'space-or-control'],
    [' https://a.kz/mgovSign', 'space-or-control'],
    ['https://a.kz/mgovSign\n', 'space-or-control'],
    ['https://a.kz/mgov\u00a0Sign', 'not-ascii'],
    ['https://қол.kz/mgovSign', 'not-ascii'],
    ['https://a.kz/mgovSign#part', 'fragment'],
    ['https://user:secret@a.kz/mgovSign', 'credentials'],
    ['/cb/mgovSign', 'not-absolute'],
    ['a.kz/mgovSign', 'not-absolute'],
    ['https:a.kz/mgovSign', 'not-absolute'],
    ['https:\\\\a.kz\\mgovSign', 'not-absolute'],
    ['https:///mgovSign', 'not-absolute'],
    ['', 'not-absolute'],
    ['http://a.kz/mgovSign', 'scheme'],
    ['http://127.0.0.1.a.kz/mgovSign', 'scheme'],
    ['javascript://a.kz/mgovSign', 'scheme'],
  ])('refuses %j', (url, reason) => {
    expect(refusal(() => qrContent(url))).toEqual({
      code: 'egov-mobile.invalid-url',
      field: 'api1Url',
      reason,
    })
  })

  test.each([
    'https://a.kz/mgovSign?a=b%20c',
    'https://xn--80a.kz/mgovSign',
    'https://a.kz:8443/x/mgovSign',
    'http://127.0.0.1:8080/x/mgovSign',
    'http://[::1]:8080/mgovSign',
    'http://localhost:8080/mgovSign',
  ])('accepts %j', (url) => {
    expect(qrContent(url)).toBe(`mobileSign:${url}`)
  })
})

describe('cross link', () => {
  test("the seed's worked example, iOS and Android, byte for byte", () => {
    const seed = { api1Url: workedExample, launcher: 'seed-page-link' } as const

    expect(crossLink({ ...seed, platform: 'ios' })).toBe(
      'https://mgovsign.page.link/?link=https://some.domen.kz/mgovSign%3Fparameter1%3Dvalue1%26parameter2%3Dvalue2&isi=1476128386&ibi=kz.egov.mobile',
    )
    expect(crossLink({ ...seed, platform: 'android' })).toBe(
      'https://mgovsign.page.link/?link=https://some.domen.kz/mgovSign%3Fparameter1%3Dvalue1%26parameter2%3Dvalue2&apn=kz.mobile.mgov',
    )
  })

  test('one combined link serves both systems [public client]', () => {
    expect(crossLink({ api1Url: 'https://a.kz/mgovSign', launcher: 'seed-page-link' })).toBe(
      'https://mgovsign.page.link/?link=https://a.kz/mgovSign&isi=1476128386&ibi=kz.egov.mobile&apn=kz.mobile.mgov',
    )
  })

  test('eGov Business has its own host and ids [public client]', () => {
    expect(
      crossLink({
        api1Url: 'https://a.kz/mgovSign',
        launcher: 'seed-page-link',
        app: 'egov-business',
      }),
    ).toBe(
      'https://egovbusiness.page.link/?link=https://a.kz/mgovSign&isi=1597880144&ibi=kz.mobile.mgov.business&apn=kz.mobile.mgov.business',
    )
    expect(crossLink({ api1Url: 'https://a.kz/mgovSign', app: 'egov-business' })).toBe(
      'https://m.egov.kz/businessSign/?link=https://a.kz/mgovSign',
    )
  })

  test('trap 10: the default launcher is m.egov.kz, page.link is dead', () => {
    expect(crossLink({ api1Url: 'https://a.kz/x/mgovSign' })).toBe(
      'https://m.egov.kz/mobileSign/?link=https://a.kz/x/mgovSign',
    )
  })

  test('a template of the caller gets the encoded value in its place', () => {
    expect(
      crossLink({
        api1Url: 'http://127.0.0.1:8080/x/mgovSign?a=$&',
        launcher: { template: 'http://127.0.0.1:8100/phone?link={link}&embed=1' },
      }),
    ).toBe('http://127.0.0.1:8100/phone?link=http://127.0.0.1:8080/x/mgovSign%3Fa%3D$%26&embed=1')
  })

  test.each([
    ['https://m.egov.kz/mobileSign/', 'placeholder'],
    ['https://m.egov.kz/?link={link}&again={link}', 'placeholder'],
    ['/phone?link={link}', 'not-absolute'],
    ['http://m.egov.kz/?link={link}', 'scheme'],
    ['javascript:alert({link})', 'scheme'],
  ])('refuses the template %j', (template, reason) => {
    const run = () => crossLink({ api1Url: 'https://a.kz/mgovSign', launcher: { template } })

    expect(refusal(run)).toEqual({ code: 'egov-mobile.invalid-launcher', reason })
  })

  test('trap 9: refuses what would not be a URL after decoding', () => {
    expect(refusal(() => crossLink({ api1Url: 'https://a.kz/mgov Sign' }))).toMatchObject({
      code: 'egov-mobile.invalid-url',
    })
  })

  test('the encoder `component` encodes everything but unreserved characters', () => {
    expect(crossLink({ api1Url: 'https://a.kz/mgovSign?a=1', encoder: 'component' })).toBe(
      'https://m.egov.kz/mobileSign/?link=https%3A%2F%2Fa.kz%2FmgovSign%3Fa%3D1',
    )
  })

  test('the encoder `raw` leaves a bare marker alone and refuses what a reader would cut', () => {
    expect(crossLink({ api1Url: 'https://a.kz/x?mgovSign', encoder: 'raw' })).toBe(
      'https://m.egov.kz/mobileSign/?link=https://a.kz/x?mgovSign',
    )

    for (const [api1Url, character] of [
      ['https://a.kz/mgovSign?a=1&b=2', '&'],
      ['https://a.kz/mgovSign?a=%20', '%'],
      ['https://a.kz/mgovSign?a=1+2', '+'],
    ] as const) {
      expect(refusal(() => crossLink({ api1Url, encoder: 'raw' }))).toEqual({
        code: 'egov-mobile.link-needs-encoding',
        character,
      })
    }
  })
})

describe('law of the link', () => {
  const urlCharacters = "abz09-._~:/?[]@!$&'()*+,;=%".split('')
  const tails = fc.string({ unit: fc.constantFrom(...urlCharacters), maxLength: 60 })

  test('whatever a launcher reads as `link` is API #1, byte for byte', () => {
    fc.assert(
      fc.property(
        tails,
        fc.constantFrom('seed' as const, 'component' as const),
        fc.constantFrom('ios' as const, 'android' as const, 'any' as const),
        (tail, encoder, platform) => {
          const api1Url = `https://a.kz/mgovSign?${tail}`
          const link = crossLink({ api1Url, encoder, platform, launcher: 'seed-page-link' })
          const rawValue = /[?&]link=([^&#]*)/.exec(link)?.[1] ?? ''

          expect(decodeURIComponent(rawValue)).toBe(api1Url)
          expect(new URL(link).searchParams.get('link')).toBe(api1Url)
        },
      ),
    )
  })

  test('the encoders hold it for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.constantFrom('seed' as const, 'component' as const),
        (text, encoder) => {
          const encoded = encodeLinkValue(text, encoder)

          expect(decodeURIComponent(encoded)).toBe(text)
          expect(new URLSearchParams(`link=${encoded}`).get('link')).toBe(text)
        },
      ),
    )
    expect(refusal(() => encodeLinkValue('\ud800', 'seed'))).toMatchObject({
      code: 'egov-mobile.link-needs-encoding',
    })
  })

  test('the encoder `raw` either holds it or refuses', () => {
    fc.assert(
      fc.property(tails, (tail) => {
        const api1Url = `https://a.kz/mgovSign?${tail}`
        const outcome = refusal(() => encodeLinkValue(api1Url, 'raw'))

        if (outcome === 'accepted') {
          expect(new URLSearchParams(`link=${api1Url}`).get('link')).toBe(api1Url)
        }
      }),
    )
  })
})

test.each([
  ['https://a.kz/x/mgovSign', true],
  ['https://a.kz/mgovSign?id=42', true],
  ['https://a.kz/x?mgovSign', true],
  ['https://a.kz/x?mgovsign', false],
  ['https://a.kz/mgovSigned', false],
  ['nonsense', false],
])('the mgovSign marker of %j: %s', (url, expected) => {
  expect(hasMgovSignMarker(url)).toBe(expected)
})
