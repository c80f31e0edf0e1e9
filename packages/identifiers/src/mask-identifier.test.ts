import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type IdentifierKind,
  identifierKinds,
  lastDigits,
  maskBin,
  maskIdentifier,
  maskIin,
  maskPinfl,
  maskSnils,
  parseBin,
  parseIin,
  parsePinfl,
  parseSnils,
} from './index.ts'

const lengths: readonly (readonly [IdentifierKind, number])[] = [
  ['snils', 11],
  ['ru-inn', 10],
  ['ru-inn', 12],
  ['ogrn', 13],
  ['ogrnip', 15],
  ['iin', 12],
  ['bin', 12],
  ['pinfl', 14],
  ['uz-inn', 9],
]

describe('masks', () => {
  it('are those of the interface', () => {
    const snils = parseSnils('000-729-729 38')
    const iin = parseIin('000140000017')
    const bin = parseBin('000140000017')
    const pinfl = parsePinfl('12345678900017')
    expect(snils.ok && maskSnils(snils.value)).toBe('···-···-729 38')
    expect(iin.ok && maskIin(iin.value)).toBe('········0017')
    expect(bin.ok && maskBin(bin.value)).toBe('········0017')
    expect(pinfl.ok && maskPinfl(pinfl.value)).toBe('··········0017')
    expect(lastDigits('bin', '000140000017')).toBe('0017')
    expect(lastDigits('snils', '000-729-729 38')).toBe('72938')
  })

  it('show the last digits and no other, and as many signs as the number has', () => {
    const text = fc.constantFrom(...lengths).chain(([kind, length]) =>
      fc
        .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
        .filter((digits) => digits.some((digit) => digit > 0))
        .map((digits) => [kind, digits.join('')] as const),
    )
    fc.assert(
      fc.property(text, ([kind, digits]) => {
        const { visibleDigits } = identifierKinds[kind]
        const mask = maskIdentifier(kind, digits)
        expect(mask.replace(/[^0-9]/g, '')).toBe(digits.slice(-visibleDigits))
        expect(mask.replace(/[^0-9·]/g, '')).toHaveLength(digits.length)
        expect(lastDigits(kind, digits)).toBe(digits.slice(-visibleDigits))
      }),
    )
  })

  it('hide text that is no identifier wholly', () => {
    for (const text of ['', '12', '00014000001', 'ТЕСТОВ ТЕСТ']) {
      expect(maskIdentifier('iin', text)).toBe('········')
      expect(lastDigits('iin', text)).toBe('')
    }
  })
})
