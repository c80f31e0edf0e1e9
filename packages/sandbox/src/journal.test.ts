import { describe, expect, it } from 'vitest'
import { createJournal, shortenPath } from './journal.ts'

describe('the journal', () => {
  it.each([
    [
      'https://gate.kz/cb/egov-mobile/k7QmAbcdefghijklmnop/mgovSign',
      '/cb/egov-mobile/k7Qm…/mgovSign',
    ],
    ['https://gate.kz/mgovSign?id=42', '/mgovSign?id=42…'],
    ['https://gate.kz/a?token=secretsecret&mgovSign', '/a?token=secr…&mgovSign'],
    ['https://user:secret@gate.kz/documents', '/documents'],
  ])('shortens what may be a secret in %s', (url, expected) => {
    expect(shortenPath(url)).toBe(expected)
  })

  it('keeps the last thousand calls and never gives a number twice', () => {
    const journal = createJournal(() => new Date(0))
    for (let i = 0; i < 1005; i++) {
      journal.add({
        simulator: 'trust',
        direction: 'in',
        method: 'POST',
        path: '/ocsp',
        status: 200,
        durationMs: 1,
      })
    }
    const entries = journal.since(0)
    expect([entries.length, entries[0]?.number, entries.at(-1)?.number]).toEqual([1000, 6, 1005])
    expect(journal.since(1004)).toHaveLength(1)
    journal.clear()
    expect(journal.since(0)).toHaveLength(0)
  })
})
