import { describe, expect, it } from 'vitest'
import { type Email, maskEmail, maskPhone, type Phone, parseEmail, parsePhone } from './contact.ts'

describe('a phone', () => {
  it('has one form however it is written', () => {
    for (const text of [
      '+7 900 000-00-17',
      '8 (900) 000 00 17',
      '79000000017',
      '9000000017',
      '+7–900–000–00–17',
    ]) {
      expect(parsePhone(text), text).toEqual({ ok: true, value: '+79000000017' })
    }
    expect(parsePhone('+998 90 000 00 17')).toEqual({ ok: true, value: '+998900000017' })
  })

  it('is refused by what is wrong with it', () => {
    expect(parsePhone(' ')).toEqual({ ok: false, reason: 'empty' })
    expect(parsePhone('+7900000001a')).toEqual({ ok: false, reason: 'form' })
    expect(parsePhone('900000001')).toEqual({ ok: false, reason: 'length' })
    expect(parsePhone('+0900000001')).toEqual({ ok: false, reason: 'length' })
    expect(parsePhone(`+${'9'.repeat(16)}`)).toEqual({ ok: false, reason: 'length' })
  })

  it('shows its last four digits', () => {
    expect(maskPhone('+79000000017' as Phone)).toBe('+·······0017')
  })
})

describe('an e-mail address', () => {
  it('keeps its name and has its domain in lower case', () => {
    expect(parseEmail(' Test.User+a@Example.TEST ')).toEqual({
      ok: true,
      value: 'Test.User+a@example.test',
    })
    expect(parseEmail('почта@пример.рф')).toMatchObject({ ok: true })
  })

  it('is refused by what is wrong with it', () => {
    expect(parseEmail('')).toEqual({ ok: false, reason: 'empty' })
    for (const text of ['a', 'a@b', 'a@b..c', 'a b@c.d', 'a@b@c.d', '<a@b.c>', 'a@b.c,d@e.f']) {
      expect(parseEmail(text), text).toEqual({ ok: false, reason: 'form' })
    }
    expect(parseEmail(`${'a'.repeat(320)}@b.c`)).toEqual({ ok: false, reason: 'length' })
  })

  it('shows its first letter and its domain', () => {
    expect(maskEmail('test@example.test' as Email)).toBe('t······@example.test')
  })
})
