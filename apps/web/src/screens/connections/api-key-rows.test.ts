import { describe, expect, it } from 'vitest'
import { endingOf, readApiKey } from './api-key-rows.ts'

const apiKey = 'c3d4e5f6-0718-4a9b-8c7d-6e5f40312211'

describe('one API-Key by hand', () => {
  it.each([apiKey, ` ${apiKey.toUpperCase()} `, `{${apiKey}}`, `"${apiKey}"`, `«${apiKey}»\n`])(
    'is read as it is pasted: %j',
    (text) => {
      expect(readApiKey(text)).toBe(apiKey)
    },
  )

  it.each(['', 'c3d4e5f6', apiKey.replaceAll('-', ''), `${apiKey}0`, apiKey.replace('c', 'g')])(
    'is not %j',
    (text) => {
      expect(readApiKey(text)).toBeUndefined()
    },
  )
})

describe('the last day of an API-Key', () => {
  const on = (expires: string | undefined, now: string) =>
    endingOf({ apiKey, name: 'x', ...(expires === undefined ? {} : { expires }) }, new Date(now))

  it('counts whole days of Moscow, the last one too', () => {
    expect(on('2026-11-30', '2026-11-30T20:00:00Z')).toEqual({ tone: 'warn', daysLeft: 0 })
    expect(on('2026-11-30', '2026-11-30T21:00:00Z')).toEqual({ tone: 'bad', daysLeft: -1 })
    expect(on('2026-12-29', '2026-11-30T12:00:00Z')?.tone).toBe('warn')
    expect(on('2027-01-15', '2026-11-30T12:00:00Z')?.tone).toBe('ok')
  })

  it('that is unknown or no day says nothing', () => {
    expect(on(undefined, '2026-11-30T12:00:00Z')).toBeUndefined()
    expect(on('soon', '2026-11-30T12:00:00Z')).toBeUndefined()
  })
})
