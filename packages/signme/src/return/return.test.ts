import { describe, expect, it } from 'vitest'
import { SignmeError } from '../error.ts'
import { parseReturn } from './parse-return.ts'
import { buildReturnUrl } from './return-address.ts'

const refusalOf = (url: string) => {
  try {
    buildReturnUrl({ kind: 'push', url })
  } catch (error) {
    if (error instanceof SignmeError) return error
  }
  throw new Error(`${url} was accepted.`)
}

/** What the server adds, as the text says it (section 7). */
const added = (url: string, part: string) => `${url}${url.includes('?') ? '&' : '?'}${part}`

describe('7: the address that is told of the outcome', () => {
  it('7: a browser comes back to the address as it is', () => {
    const url = 'https://gw.example.test/r/signme/token'
    expect(buildReturnUrl({ kind: 'browser', url })).toBe(url)
  })

  it('7: GET: and the address is asked for by the server', () => {
    expect(buildReturnUrl({ kind: 'push', url: 'https://sandbox.sign.me/push' })).toBe(
      'GET:https://sandbox.sign.me/push',
    )
  })

  it('T12: a fragment, an end in ? and parameters that collide are refused, their twins pass', () => {
    for (const [refused, taken] of [
      ['https://a.test/#b', 'https://a.test/b'],
      ['https://a.test/b?', 'https://a.test/b'],
      ['https://a.test/b?c=d&', 'https://a.test/b?c=d'],
      ['https://a.test/b?signed=true', 'https://a.test/b?sign=true'],
      ['https://a.test/b?x=1&error=5', 'https://a.test/b?x=1&errors=5'],
      ['https://user:pw@a.test/', 'https://a.test/user'],
      ['GET:https://a.test/', 'https://a.test/GET'],
      ['ftp://a.test/', 'http://a.test/'],
      ['/r/signme', 'https://a.test/r/signme'],
      ['https://a.test/б', 'https://a.test/%D0%B1'],
      ['https://a.test/b c', 'https://a.test/b%20c'],
    ] as const) {
      expect(refusalOf(refused).data, refused).toMatchObject({ field: 'returnTo.url' })
      expect(buildReturnUrl({ kind: 'push', url: taken })).toBe(`GET:${taken}`)
    }
  })
})

describe('7: what the address is told', () => {
  it('7: ?signed=true', () => {
    expect(parseReturn(added('https://a.test/r/t', 'signed=true'))).toEqual({ signed: true })
  })

  it('7: & where the address has a ? already', () => {
    const address = added('https://a.test/r?t=1', 'signed=false&error=5')
    expect(address).toBe('https://a.test/r?t=1&signed=false&error=5')
    expect(parseReturn(address)).toMatchObject({ signed: false, reason: 'rejected' })
  })

  const rows = [
    {
      cites: '7: errno 1, wrong password',
      errorNumber: 1,
      reason: 'wrong-password',
      isFinal: false,
    },
    {
      cites: '7: errno 2, wrong SMS code',
      errorNumber: 2,
      reason: 'wrong-sms-code',
      isFinal: false,
    },
    {
      cites: '7: errno 3, no right to sign',
      errorNumber: 3,
      reason: 'no-right-to-sign',
      isFinal: true,
    },
    {
      cites: '7: errno 4, first signature forbidden',
      errorNumber: 4,
      reason: 'first-signature-forbidden',
      isFinal: true,
    },
    { cites: '7: errno 5, rejected', errorNumber: 5, reason: 'rejected', isFinal: true },
    {
      cites: '7: errno 6, internal error',
      errorNumber: 6,
      reason: 'internal-error',
      isFinal: false,
    },
    {
      cites: '7: errno 7, another company',
      errorNumber: 7,
      reason: 'other-company',
      isFinal: true,
    },
  ]

  it.each(rows)('$cites', ({ errorNumber, reason, isFinal }) => {
    const told = { signed: false, errorNumber, reason, isFinal }
    expect(parseReturn(`?signed=false&error=${errorNumber}`)).toEqual(told)
    expect(parseReturn(`signed=false&error=${errorNumber}`)).toEqual(told)
  })

  it('T21: a wrong password or SMS code is no end', () => {
    expect([1, 2].map((errno) => parseReturn(`?signed=false&error=${errno}`))).toMatchObject([
      { isFinal: false },
      { isFinal: false },
    ])
  })

  it('an errno that is not described ends nothing', () => {
    for (const query of ['?signed=false', '?signed=false&error=8', '?signed=false&error=x']) {
      expect(parseReturn(query)).toMatchObject({ signed: false, reason: 'unknown', isFinal: false })
    }
  })

  it('the last signed counts, also behind a second ?', () => {
    expect(parseReturn('?a=b?signed=true')).toEqual({ signed: true })
    expect(parseReturn('?signed=true&signed=false&error=1')).toMatchObject({ errorNumber: 1 })
    expect(parseReturn('?error=1&signed=false&error=2')).toMatchObject({ errorNumber: 2 })
  })

  it('no signed at all is nothing', () => {
    for (const query of ['', '?', '?signed=', '?signed=yes', '?unsigned=true', '?error=1']) {
      expect(parseReturn(query)).toBeUndefined()
    }
  })
})
