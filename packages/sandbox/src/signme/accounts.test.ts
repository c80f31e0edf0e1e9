import { checkIdentifier } from '@muhr/identifiers'
import { describe, expect, it } from 'vitest'
import { createAccounts, phoneDigits, seededAccounts } from './accounts.ts'

describe('the accounts of Sign.Me', () => {
  it('have numbers of nobody with right check digits, each once', () => {
    const { users, companies } = seededAccounts
    for (const { inn, snils } of users) {
      expect(checkIdentifier('ru-inn', inn).level).toBe('ok')
      expect(checkIdentifier('snils', snils).level).toBe('ok')
    }
    for (const { inn, ogrn, name } of companies) {
      expect(name).toContain('TEST')
      expect(checkIdentifier('ru-inn', inn).level).toBe('ok')
      expect(checkIdentifier('ogrn', ogrn).level).toBe('ok')
    }
    for (const field of ['id', 'phone', 'email', 'snils', 'password', 'smsCode'] as const) {
      expect(new Set(users.map((user) => user[field])).size).toBe(users.length)
    }
  })

  it('find people by phone, e-mail or SNILS in any spelling, and nobody by nothing', () => {
    const accounts = createAccounts({ stored: {}, save: () => undefined })
    for (const by of [
      { phone: '+7 (999) 000-00-01' },
      { phone: '89990000001' },
      { email: ' Anna@SignMe.example' },
      { snils: '00000000101' },
    ]) {
      expect(accounts.findUser(by)?.id).toBe('anna')
    }
    expect(accounts.findUser({ phone: '' })).toBeUndefined()
    expect(accounts.findUser({ snils: '' })).toBeUndefined()
    expect(accounts.login('')).toBeUndefined()
    expect(phoneDigits('8 999 000 00 01')).toBe('79990000001')
  })

  it('change where the same key, id or INN comes again, and all of it is saved', () => {
    const saved: unknown[] = []
    const accounts = createAccounts({ stored: {}, save: (all) => saved.push(all) })
    accounts.put({ sites: [{ key: 'TESTKEY', name: 'другая' }] })
    expect(accounts.all().sites.map(({ name }) => name)).toEqual(['другая', 'TEST Площадка Б'])
    expect(saved).toEqual([accounts.all()])
  })
})
