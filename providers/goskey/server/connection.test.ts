import { describe, expect, test } from 'vitest'
import { digestOf, employeesFor, quota } from './buckets.ts'
import { parseConnection, settingNames } from './connection.ts'
import { settings, testConnection } from './testing.ts'

const refusalsOf = (changes: object): readonly string[] => {
  const parsed = parseConnection({ ...settings, ...changes } as never)

  return parsed.ok ? [] : parsed.refusals.map(({ field }) => field)
}

describe('settings of a connection', () => {
  test('have defaults for all that an organisation need not know', () => {
    expect(testConnection()).toMatchObject({
      esiaUrl: 'https://esia.test',
      pathPrefix: 'api',
      profile: '1.9',
      breadth: 'safe',
      whenTooLarge: 'refuse',
      pollSeconds: 30,
      methods: ['UNEP', 'UKEP', 'UKEP_LEGAL', 'UKEP_TREASURY'],
    })
  })

  test('are refused by field, all at once', () => {
    const parsed = parseConnection({ profile: '2.0', password: 'x' })
    expect(parsed.ok).toBe(false)
    expect(refusalsOf({ profile: '2.0', password: 'x', mnemonic: '' })).toEqual([
      'password',
      'mnemonic',
      'profile',
    ])
  })

  test.each([
    ['esiaUrl', 'ftp://esia.test'],
    ['esiaUrl', 'https://user:pass@esia.test'],
    ['epguUrl', 'https://epgu.test/?a=1'],
    ['publicOrigin', 'https://www.gosuslugi.ru/path'],
    ['pathPrefix', '../api'],
    ['userAgent', 'two\nlines'],
    ['organisationInn', '9999000014'],
    ['organisationOgrn', '1009900000011'],
    ['region', 'Москва'],
    ['methods', ['SMS']],
    ['methods', []],
    ['breadth', 'wide'],
    ['whenTooLarge', 'drop'],
    ['backlink', 'javascript:alert(1)'],
    ['pollSeconds', 0],
    ['pollSeconds', 1.5],
    ['apiKeys', []],
  ])('%s is not %s', (field, value) => {
    expect(refusalsOf({ [field]: value })).toEqual([field])
  })

  test('say by code what is wrong, so that each page can say it in its language', () => {
    const codesOf = (changes: object) => {
      const parsed = parseConnection({ ...settings, ...changes } as never)

      return parsed.ok ? [] : parsed.refusals.map(({ code }) => code)
    }
    const [key] = settings.apiKeys

    expect(codesOf({ organisationInn: '1' })).toEqual(['connection.inn'])
    expect(codesOf({ profile: '2.0', mnemonic: '' })).toEqual([
      'connection.missing',
      'connection.choice',
    ])
    expect(codesOf({ apiKeys: [key, { ...key, expires: '2026-02-30' }] })).toEqual([
      'connection.api-key-expires',
      'connection.api-key-double',
    ])
    expect(codesOf({ apiKeys: [{ ...key, expires: '2027-09-01' }] })).toEqual([])
  })

  test('name the API-Key that is wrong, and never tell it', () => {
    const twice = settings.apiKeys[0]
    const parsed = parseConnection({
      ...settings,
      apiKeys: [twice, { apiKey: 'f'.repeat(36), name: '' }, { ...twice, name: 'Twice', pin: '1' }],
    })
    if (parsed.ok) throw new Error('it was taken')

    expect(parsed.refusals.map(({ field }) => field)).toEqual([
      'apiKeys[1].apiKey',
      'apiKeys[1].name',
      'apiKeys[2].pin',
      'apiKeys[2].apiKey',
    ])
    expect(JSON.stringify(parsed)).not.toContain(twice.apiKey)
  })

  test('every setting has its reader', () => {
    expect(new Set(settingNames).size).toBe(settingNames.length)
  })
})

describe('quota buckets', () => {
  const connection = testConnection()

  test('are one for each employee and service, and tell no API-Key', () => {
    const buckets = quota({ connection, method: 'UKEP_LEGAL' })

    expect(buckets.map(({ limit, windowMs }) => [limit, windowMs])).toEqual([
      [20, 600_000],
      [20, 600_000],
    ])
    expect(buckets.every(({ id }) => /^[0-9a-f]{32}:60025907$/.test(id))).toBe(true)
  })

  test('of both services of a person are the same one', () => {
    expect(quota({ connection, method: 'UNEP' })).toEqual(quota({ connection, method: 'UKEP' }))
  })

  test('lead back to their employee, who speaks first', () => {
    const bucket = `${digestOf(settings.apiKeys[1].apiKey)}:10000000374`

    expect(employeesFor(connection, bucket).map(({ name }) => name)).toEqual([
      'Ромашкина Т. Т.',
      'Отправителев Т. Т.',
    ])
    expect(employeesFor(connection, undefined)[0]?.name).toBe('Отправителев Т. Т.')
  })
})
