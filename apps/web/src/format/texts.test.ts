import { describe, expect, it } from 'vitest'
import {
  algorithmName,
  extensionOf,
  groupDigits,
  initialsOf,
  shortHash,
  shortName,
} from './texts.ts'

describe('shortName', () => {
  it.each([
    ['Тестов Тест Тестович', 'Тестов\u00a0Т.\u00a0Т.'],
    ['Үлгіұлы Сынақ', 'Үлгіұлы\u00a0С.'],
    ['Sinovov Namuna Sinov oʻgʻli', 'Sinovov\u00a0N.\u00a0S.'],
    ["Sinovov Namuna Sinov o'g'li", 'Sinovov\u00a0N.\u00a0S.'],
    ['Мысалова', 'Мысалова'],
    ['Владелец песочницы', 'Владелец песочницы'],
    ['  ', ''],
  ])('%s', (name, short) => {
    expect(shortName(name)).toBe(short)
  })
})

describe('shortHash', () => {
  it('keeps both ends in groups of four', () => {
    expect(shortHash(`9f2c41d0${'0'.repeat(48)}77abe3c1`)).toBe('9f2c 41d0 … 77ab e3c1')
  })

  it('leaves short text whole', () => {
    expect(shortHash('5b11aa40c2')).toBe('5b11 aa40 c2')
  })
})

describe('algorithmName', () => {
  const gost = 'GOST R 34.10-2012 (256 bit) with Streebog-256'

  it.each([
    ['ru', gost, 'ГОСТ Р 34.10-2012 (256 бит), Стрибог-256'],
    ['kk', `ST RK ${gost}`, 'ҚР СТ ГОСТ Р 34.10-2012 (256 бит), Стрибог-256'],
    ['uz', gost, 'GOST R 34.10-2012 (256 bit), Streebog-256'],
    ['en', gost, gost],
    ['ru', 'RSA (PKCS #1 v1.5) with SHA-256', 'RSA (PKCS #1 v1.5), SHA-256'],
  ] as const)('in %s', (locale, name, told) => {
    expect(algorithmName(name, locale)).toBe(told)
  })
})

describe('small texts', () => {
  it('takes the extension of a file, at most four letters', () => {
    expect(extensionOf('Смета.docx')).toBe('DOCX')
    expect(extensionOf('archive.tar.gz')).toBe('GZ')
    expect(extensionOf('no extension')).toBe('')
  })

  it('takes initials of any script', () => {
    expect(initialsOf('Үлгіұлы Сынақ')).toBe('ҮС')
  })

  it('groups digits and keeps what is too long', () => {
    expect(groupDigits('000140000018', [3, 3, 3, 3])).toBe('000 140 000 018')
    expect(groupDigits('00014', [6, 6])).toBe('00014')
  })
})
