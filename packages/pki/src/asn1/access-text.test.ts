import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeOf } from '../test-support/code-of.ts'
import { stringOf, timeOf } from './access-text.ts'
import { fromHex } from './bytes.ts'
import { readDer } from './read.ts'
import { der, writeHeader } from './write.ts'

const raw = (tag: number, content: Uint8Array | string): Uint8Array => {
  const octets = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return Buffer.concat([writeHeader({ tag, constructed: false, length: octets.length }), octets])
}

describe('stringOf', () => {
  it('reads each string type', () => {
    expect(stringOf(readDer(der.utf8('Үлгіұлы Сынақ')))).toBe('Үлгіұлы Сынақ')
    expect(stringOf(readDer(der.printable('KZ')))).toBe('KZ')
    expect(stringOf(readDer(der.ia5('a@example.kz')))).toBe('a@example.kz')
    expect(stringOf(readDer(der.numeric('001')))).toBe('001')
    expect(stringOf(readDer(raw(30, fromHex('0422049b'))))).toBe('Тқ')
    expect(stringOf(readDer(raw(28, fromHex('0001f600'))))).toBe('😀')
    expect(stringOf(readDer(raw(20, fromHex('e9'))))).toBe('é')
  })

  it.each([
    ['UTF-8 that is not', raw(12, fromHex('c080'))],
    ['UTF-8 of a surrogate', raw(12, fromHex('eda080'))],
    ['half a BMP unit', raw(30, fromHex('042204'))],
    ['a lone surrogate', raw(30, fromHex('d800'))],
    ['a character beyond Unicode', raw(28, fromHex('00110000'))],
    ['letters beyond ASCII in a PrintableString', raw(19, fromHex('d0'))],
  ])('refuses %s', (_name, bytes) => {
    expect(codeOf(() => stringOf(readDer(bytes)))).toBe('asn1.bad-string')
  })
})

describe('timeOf', () => {
  it('reads both types, with the century of RFC 5280', () => {
    expect(timeOf(readDer(raw(23, '491231235959Z'))).toISOString()).toBe('2049-12-31T23:59:59.000Z')
    expect(timeOf(readDer(raw(23, '500101000000Z'))).toISOString()).toBe('1950-01-01T00:00:00.000Z')
    expect(timeOf(readDer(raw(24, '20500101000000Z'))).getUTCFullYear()).toBe(2050)
    expect(timeOf(readDer(raw(24, '20240229120000.25Z'))).getUTCMilliseconds()).toBe(250)
    expect(timeOf(readDer(raw(24, '00010101000000Z'))).getUTCFullYear()).toBe(1)
  })

  it.each([
    ['no seconds', raw(23, '2401010000Z')],
    ['an offset instead of Z', raw(23, '240101000000+0500')],
    ['no zone', raw(24, '20240101000000')],
    ['30 February', raw(23, '240230000000Z')],
    ['29 February of a common year', raw(23, '230229000000Z')],
    ['hour 24', raw(23, '240101240000Z')],
    ['second 60', raw(23, '240101235960Z')],
    ['month 0', raw(23, '240001000000Z')],
    ['a fraction with a trailing zero', raw(24, '20240101000000.50Z')],
    ['an empty fraction', raw(24, '20240101000000.Z')],
    ['a fraction in UTCTime', raw(23, '240101000000.5Z')],
    ['a sign', raw(24, '-0240101000000Z')],
  ])('refuses %s', (_name, bytes) => {
    expect(codeOf(() => timeOf(readDer(bytes)))).toBe('asn1.bad-time')
  })

  it('refuses a fraction where the standard has none', () => {
    const node = readDer(raw(24, '20240101000000.5Z'))
    expect(codeOf(() => timeOf(node, { allowFraction: false }))).toBe('asn1.bad-time')
    expect(codeOf(() => timeOf(node))).toBe('accepted')
  })

  it('reads back every whole second that the writer writes', () => {
    const seconds = fc.integer({ min: -62_135_596_800, max: 253_402_300_799 })
    fc.assert(
      fc.property(seconds, (second) => {
        const date = new Date(second * 1000)
        expect(timeOf(readDer(der.time(date))).getTime()).toBe(date.getTime())
      }),
    )
  })
})
