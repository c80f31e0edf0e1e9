import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EgovMobileError } from '../error.ts'
import { decodeSignatureValue } from './decode-signature-value.ts'

function outcome(value: string): unknown {
  try {
    const { bytes, spelling } = decodeSignatureValue(value)

    return { hex: Buffer.from(bytes).toString('hex'), spelling }
  } catch (error) {
    if (error instanceof EgovMobileError) return error.data
    throw error
  }
}

describe('trap 11: one container in its spellings', () => {
  const container = Uint8Array.from({ length: 100 }, (_, index) => index)
  const hex = Buffer.from(container).toString('hex')
  const base64 = Buffer.from(container).toString('base64')
  const lines = (end: string): string => base64.match(/.{1,64}/g)?.join(end) ?? ''

  test.each([
    [base64, 'base64'],
    [`  ${base64}\n`, 'base64'],
    [lines('\n'), 'base64-with-whitespace'],
    [`${lines('\r\n')}\r\n`, 'base64-with-whitespace'],
    [`-----BEGIN CMS-----\r\n${lines('\r\n')}\r\n-----END CMS-----\r\n`, 'pem'],
    [`-----BEGIN PKCS7-----\n${lines('\n')}\n-----END PKCS7-----`, 'pem'],
    [`data:application/pkcs7-signature;base64,${base64}`, 'data-url'],
    [`DATA:;BASE64,${base64}`, 'data-url'],
  ])('%#: %j', (value, spelling) => {
    expect(outcome(value)).toEqual({ hex, spelling })
  })

  test.each([
    ['', 'empty'],
    [' \r\n', 'empty'],
    ['-----BEGIN CMS-----\n-----END CMS-----', 'empty'],
    ['AA-_', 'alphabet'],
    ['AAA\u0000', 'alphabet'],
    ['қолы', 'alphabet'],
    ['{"signature":"AAAA"}', 'alphabet'],
    ['AAA', 'padding'],
    ['A', 'padding'],
    ['AAAA=', 'padding'],
    ['AA=', 'padding'],
    ['AA===', 'padding'],
    ['AA==AA==', 'padding'],
    ['AB==', 'padding'],
    ['AAB=', 'padding'],
    ['=', 'padding'],
    [`-----BEGIN CMS-----\n${base64}`, 'armour'],
    [`-----BEGIN CMS-----\n${base64}\n-----END PKCS7-----`, 'armour'],
    [`-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----`, 'armour'],
    [
      `-----BEGIN CMS-----\nAAAA\n-----END CMS-----\n-----BEGIN CMS-----\nAAAA\n-----END CMS-----`,
      'alphabet',
    ],
    [`data:application/pkcs7-signature,${base64}`, 'data-url'],
    ['data:application/pkcs7-signature;base64', 'data-url'],
  ])('%j is refused: %s', (value, reason) => {
    expect(outcome(value)).toEqual({ reason })
  })

  test('any bytes come back, and from no other base64', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64')

        expect(decodeSignatureValue(text).bytes).toEqual(bytes)
        expect(decodeSignatureValue({ utf8: new TextEncoder().encode(text) }).bytes).toEqual(bytes)
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'AB/+=c'), minLength: 1 }), (text) => {
        const read = outcome(text)

        if (typeof read === 'object' && read !== null && 'hex' in read) {
          expect(Buffer.from(String(read.hex), 'hex').toString('base64')).toBe(text)
        }
      }),
    )
  })
})
