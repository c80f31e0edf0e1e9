import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkIdentifier,
  type IdentifierKind,
  identifierKinds,
  parseBin,
  parseIin,
  parseOgrn,
  parseOgrnip,
  parsePinfl,
  parseRussianInn,
  parseSnils,
  parseUzbekInn,
} from './index.ts'

/** A number of each kind that passes everything; those of persons are made up. */
const valid: Readonly<Record<IdentifierKind, string>> = {
  snils: '11223344595',
  'ru-inn': '7707329152',
  ogrn: '1047707030513',
  ogrnip: '300770000000005',
  'esia-oid': '1000900001',
  rafp: '99900000001',
  iin: '900101300126',
  bin: '000740000728',
  pinfl: '12345678900017',
  'uz-inn': '300000017',
}
const kinds = Object.keys(valid) as IdentifierKind[]

const digitsOf = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })

describe('known numbers', () => {
  it('INN of an organisation and of a person', () => {
    expect(parseRussianInn('7707329152')).toMatchObject({ ok: true, checkDigit: 'valid' })
    expect(parseRussianInn('7707083893')).toMatchObject({ ok: true, checkDigit: 'valid' })
    expect(parseRussianInn('7707329153')).toMatchObject({ ok: true, checkDigit: 'invalid' })
    expect(parseRussianInn('770000000156')).toMatchObject({ ok: true, checkDigit: 'valid' })
    // Each of the two check digits of a person is looked at.
    expect(parseRussianInn('770000000166')).toMatchObject({ ok: true, checkDigit: 'invalid' })
    expect(parseRussianInn('770000000157')).toMatchObject({ ok: true, checkDigit: 'invalid' })
  })

  it('OGRN and OGRNIP', () => {
    expect(parseOgrn('1047707030513')).toMatchObject({ ok: true, checkDigit: 'valid' })
    expect(parseOgrn('1027700132195')).toMatchObject({ ok: true, checkDigit: 'valid' })
    expect(parseOgrn('1047707030514')).toMatchObject({ ok: true, checkDigit: 'invalid' })
    expect(parseOgrnip('300770000000005')).toMatchObject({ ok: true, checkDigit: 'valid' })
    expect(parseOgrnip('300770000000006')).toMatchObject({ ok: true, checkDigit: 'invalid' })
  })

  it('SNILS, in the form that Госключ asks for', () => {
    expect(parseSnils('11223344595')).toEqual({
      ok: true,
      value: '112-233-445 95',
      checkDigit: 'valid',
    })
    expect(parseSnils('112-233-445 96')).toMatchObject({ ok: true, checkDigit: 'invalid' })
  })

  it('SNILS: remainder 100 is written 00, and 00 stands for 0 and 100 alone', () => {
    // Weighted sums 99, 100, 101, 102 and 201.
    for (const [number, check] of [
      ['910000026', '99'],
      ['910000221', '00'],
      ['910000052', '00'],
      ['910000312', '01'],
      ['910069797', '00'],
    ] as const) {
      expect(parseSnils(number + check)).toMatchObject({ ok: true, checkDigit: 'valid' })
    }
    expect(parseSnils('91000002600')).toMatchObject({ ok: true, checkDigit: 'invalid' })
    expect(parseSnils('91000031200')).toMatchObject({ ok: true, checkDigit: 'invalid' })
  })

  it('SNILS up to 001-001-998 has no check number: the official sample is one of these', () => {
    for (const text of ['000-729-729 38', '001-001-998 00', '001-001-998 99']) {
      expect(parseSnils(text)).toMatchObject({ ok: true, checkDigit: 'not-checked' })
    }
    expect(parseSnils('001-001-999 99')).toMatchObject({ ok: true, checkDigit: 'invalid' })
  })

  it('BIN of public bodies, IIN by the first and by the second row of weights', () => {
    for (const bin of ['000740000728', '941240000193', '971240001315']) {
      expect(parseBin(bin)).toEqual({ ok: true, value: bin, checkDigit: 'valid' })
    }
    expect(parseIin('900101300126')).toMatchObject({ ok: true, checkDigit: 'valid' })
    expect(parseIin('900101300811')).toMatchObject({ ok: true, checkDigit: 'valid' })
  })

  it('IIN where both rows give 10 is never given out, whatever digit stands last', () => {
    for (let digit = 0; digit < 10; digit++) {
      expect(parseIin(`90010130080${digit}`)).toMatchObject({ ok: true, checkDigit: 'invalid' })
    }
  })

  it('the numbers of Kazakh test certificates are read, with a wrong check digit', () => {
    for (const iin of ['123456789011', '123456789012', '123456789021']) {
      expect(parseIin(iin)).toEqual({ ok: true, value: iin, checkDigit: 'invalid' })
    }
  })

  it('PINFL and Uzbek INN are judged by length and digits alone', () => {
    expect(parsePinfl('1234 5678 9000 17')).toEqual({
      ok: true,
      value: '12345678900017',
      checkDigit: 'not-checked',
    })
    expect(parseUzbekInn('300 000 017')).toEqual({
      ok: true,
      value: '300000017',
      checkDigit: 'not-checked',
    })
  })
})

describe('laws of the check digits', () => {
  it('one check number of a hundred fits a SNILS over the exempt range', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_001_999, max: 999_999_999 }), (number) => {
        const first = String(number).padStart(9, '0')
        const fitting = Array.from({ length: 100 }, (_, i) =>
          parseSnils(first + String(i).padStart(2, '0')),
        ).filter((parsed) => parsed.ok && parsed.checkDigit === 'valid')
        expect(fitting).toHaveLength(1)
      }),
    )
  })

  it.each([
    ['ru-inn', 9],
    ['ru-inn', 11],
    ['ogrn', 12],
    ['ogrnip', 14],
    ['iin', 11],
    ['bin', 11],
  ] as const)('at most one last digit fits %s after %i digits', (kind, length) => {
    fc.assert(
      fc.property(digitsOf(length), (digits) => {
        const fitting = Array.from({ length: 10 }, (_, last) =>
          identifierKinds[kind].parse(digits.join('') + String(last)),
        ).filter((parsed) => parsed.ok && parsed.checkDigit === 'valid')
        expect(fitting.length).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('typing and pasting', () => {
  it.each(kinds)('%s: separators do not matter, and the stored form is read as itself', (kind) => {
    const { parse } = identifierKinds[kind]
    const plain = parse(valid[kind])
    if (!plain.ok) throw new Error('the sample is valid')
    expect(parse(plain.value)).toEqual(plain)
    const separators = fc.constantFrom('', ' ', '-', '\u00a0', '\u2009', '\u2013', '\u200b', '\t')
    fc.assert(
      fc.property(fc.array(separators, { minLength: 16, maxLength: 16 }), (between) => {
        const typed = [...valid[kind]].map((digit, i) => digit + (between[i] ?? '')).join('')
        expect(parse(`${between[15] ?? ''}${typed}`)).toEqual(plain)
      }),
    )
  })

  it('SNILS takes any separators', () => {
    for (const text of ['112.233.445/95', '112_233_445_95', '№ 112-233-445-95', '(112)233445+95']) {
      expect(parseSnils(text)).toMatchObject({ ok: true, value: '112-233-445 95' })
    }
    expect(parseIin('900101.300126')).toEqual({ ok: false, reason: 'not-digits' })
  })

  it.each(kinds)('%s: refuses what is no number, by reason', (kind) => {
    const { parse } = identifierKinds[kind]
    const good = valid[kind]
    expect(parse(good)).toMatchObject({ ok: true })
    expect(parse('')).toEqual({ ok: false, reason: 'empty' })
    expect(parse(' \u00a0-\u200b')).toEqual({ ok: false, reason: 'empty' })
    // An ESIA id has any number of digits up to 20.
    const isFixed = kind !== 'esia-oid'
    const longer = `${good}${'0'.repeat(isFixed ? 1 : 11)}`
    expect(parse(longer)).toEqual({ ok: false, reason: 'length' })
    expect(parse(good.slice(1))).toMatchObject(isFixed ? { reason: 'length' } : { ok: true })
    expect(parse(good.replace(/^./, 'O'))).toEqual({ ok: false, reason: 'not-digits' })
    expect(parse(`IIN${good}`)).toEqual({ ok: false, reason: 'not-digits' })
    // Digits of other scripts look alike and are other characters to everybody else.
    expect(parse(good.replace(/^./, '\u0661'))).toEqual({ ok: false, reason: 'not-digits' })
    expect(parse(good.replace(/^./, '\uff11'))).toEqual({ ok: false, reason: 'not-digits' })
    expect(parse('0'.repeat(good.length))).toEqual({ ok: false, reason: 'zeros' })
    expect(parse(' '.repeat(1_000_000))).toEqual({ ok: false, reason: 'length' })
  })

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.string({ unit: 'binary' }), (kind, text) => {
        expect(['ok', 'warning', 'refusal']).toContain(checkIdentifier(kind, text).level)
      }),
    )
  })
})

describe('checkIdentifier', () => {
  it.each(kinds)('%s: a good number is ok', (kind) => {
    expect(checkIdentifier(kind, valid[kind])).toMatchObject({ level: 'ok' })
  })

  it.each([
    ['snils', '112-233-445 96'],
    ['ru-inn', '7707329153'],
    ['ogrn', '1047707030514'],
    ['ogrnip', '300770000000006'],
  ] as const)('%s: a wrong check digit is refused', (kind, text) => {
    expect(checkIdentifier(kind, text)).toEqual({ level: 'refusal', reason: 'check-digit' })
  })

  it.each(['iin', 'bin'] as const)('%s: a wrong check digit is a warning', (kind) => {
    expect(checkIdentifier(kind, '123456-789011')).toEqual({
      level: 'warning',
      value: '123456789011',
      reason: 'check-digit',
    })
  })

  it.each(kinds)('%s: what is no number is refused', (kind) => {
    const tooLong = '1'.repeat(21)
    expect(checkIdentifier(kind, tooLong)).toEqual({ level: 'refusal', reason: 'length' })
  })

  it.each(kinds.filter((kind) => kind !== 'esia-oid'))(
    '%s: what is too short is refused',
    (kind) => {
      expect(checkIdentifier(kind, '12')).toEqual({ level: 'refusal', reason: 'length' })
    },
  )
})
