import { describe, expect, it } from 'vitest'
import { PhoneError } from './error.ts'
import { type EgovApp, readLink } from './read-link.ts'

const read = (text: string, app: EgovApp = 'egov-mobile'): string => {
  try {
    return readLink(text, app).api1
  } catch (cause) {
    if (!(cause instanceof PhoneError)) throw cause

    return `refused ${cause.code}${cause.data.field === undefined ? '' : ` ${cause.data.field}`}`
  }
}

const API1 = 'https://some.domen.kz/mgovSign?parameter1=value1&parameter2=value2'
const ENCODED = 'https://some.domen.kz/mgovSign%3Fparameter1%3Dvalue1%26parameter2%3Dvalue2'

describe('the text of a QR code', () => {
  it.each([
    ['mobileSign:https://some.domen.kz', 'https://some.domen.kz'],
    [`mobileSign:${API1}`, API1],
    ['mobileSign:https://a.kz/mgovSign?x=%2526', 'https://a.kz/mgovSign?x=%2526'],
    [`mobilesign:${API1}`, 'refused link.unknown-form'],
    [`MobileSign:${API1}`, 'refused link.unknown-form'],
    [`mobileSign: ${API1}`, 'refused link.white-space'],
    [`mobileSign:${API1}\n`, 'refused link.white-space'],
    [API1, 'refused link.unknown-form'],
    ['', 'refused link.unknown-form'],
  ])('%j gives %s', (text, expected) => {
    expect(read(text)).toBe(expected)
  })
})

describe('a cross link', () => {
  const ios = `https://mgovsign.page.link/?link=${ENCODED}&isi=1476128386&ibi=kz.egov.mobile`
  const android = `https://mgovsign.page.link/?link=${ENCODED}&apn=kz.mobile.mgov`

  it.each([
    ['iOS of the seed', ios, API1],
    ['Android of the seed', android, API1],
    ['both systems', `${ios}&apn=kz.mobile.mgov`, API1],
    ['encodeURIComponent', ios.replace(ENCODED, encodeURIComponent(API1)), API1],
    ['m.egov.kz with a slash', `https://m.egov.kz/mobileSign/?link=${ENCODED}`, API1],
    ['m.egov.kz without', `https://m.egov.kz/mobileSign?link=${ENCODED}`, API1],
    [
      'raw with one parameter',
      'https://m.egov.kz/mobileSign/?link=https://a.kz/mgovSign?id=4',
      'https://a.kz/mgovSign?id=4',
    ],
    [
      'decoded once only',
      'https://m.egov.kz/mobileSign/?link=https://a.kz/%253F',
      'https://a.kz/%3F',
    ],
    ['the sandbox’s own', `http://127.0.0.1:8100/phone?link=${ENCODED}`, API1],
    [
      'the sandbox’s own, elsewhere',
      `http://evil.example/phone?link=${ENCODED}`,
      'refused link.unknown-form',
    ],
    ['another isi', ios.replace('1476128386', '1476128387'), 'refused link.parameter isi'],
    [
      'constants left out',
      `https://mgovsign.page.link/?link=${ENCODED}`,
      'refused link.parameter isi',
    ],
    ['no link', 'https://m.egov.kz/mobileSign/?isi=1476128386', 'refused link.parameter link'],
    [
      'two links',
      `https://m.egov.kz/mobileSign/?link=${ENCODED}&link=x`,
      'refused link.parameter link',
    ],
    [
      'parameters not encoded',
      `https://m.egov.kz/mobileSign/?link=${API1}&parameter2=x`,
      'refused link.parameter parameter2',
    ],
    [
      'broken percent',
      'https://m.egov.kz/mobileSign/?link=https://a.kz/%E0%A4',
      'refused link.parameter link',
    ],
    ['another host', ios.replace('mgovsign.page', 'mgovsign.pages'), 'refused link.unknown-form'],
    [
      'plain http launcher',
      ios.replace('https://mgovsign', 'http://mgovsign'),
      'refused link.unknown-form',
    ],
    ['the sister app', `https://m.egov.kz/businessSign/?link=${ENCODED}`, 'refused link.other-app'],
  ])('%s', (_name, text, expected) => {
    expect(read(text)).toBe(expected)
  })

  it('opens in the sister app on a phone that has it', () => {
    expect(read(`https://m.egov.kz/businessSign/?link=${ENCODED}`, 'egov-business')).toBe(API1)
  })
})
