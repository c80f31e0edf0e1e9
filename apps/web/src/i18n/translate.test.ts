import { describe, expect, it } from 'vitest'
import { createTranslator, splitBold } from './translate.ts'

const catalogue = {
  plain: 'Конверты',
  named: '{name}: документы открыты в {service}',
  many: {
    one: '{count} документ',
    few: '{count} документа',
    many: '{count} документов',
    other: '{count} документа',
  },
} as const

describe('createTranslator', () => {
  const t = createTranslator('ru', catalogue)

  it('fills places by name', () => {
    expect(t('named', { name: 'Тестов Т. Т.', service: 'eGov Mobile' })).toBe(
      'Тестов Т. Т.: документы открыты в eGov Mobile',
    )
  })

  it.each([
    [1, '1 документ'],
    [3, '3 документа'],
    [11, '11 документов'],
    [21, '21 документ'],
    [12_345, '12\u00a0345 документов'],
    [1.5, '1,5 документа'],
  ])('takes the Russian form for %d', (count, text) => {
    expect(t('many', { count })).toBe(text)
  })

  it('takes "other" where a language lacks the form that its rules name', () => {
    const kk = createTranslator('ru', { n: { one: '{count} құжат', other: '{count} құжат' } })

    expect(kk('n', { count: 5 })).toBe('5 құжат')
  })

  it('shows a key that the catalogue lacks as itself', () => {
    expect(t('missing' as 'plain')).toBe('missing')
  })

  it('does not run braces inside a value as places', () => {
    expect(t('named', { name: '{service}', service: 'X' })).toBe('{service}: документы открыты в X')
  })
})

describe('splitBold', () => {
  it('cuts a message at its bold runs', () => {
    expect(splitBold('**Нет связи.** Восстановим сами.')).toEqual([
      { text: 'Нет связи.', bold: true },
      { text: ' Восстановим сами.', bold: false },
    ])
  })
})
