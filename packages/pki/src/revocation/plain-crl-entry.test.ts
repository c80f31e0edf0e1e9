import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { der } from '../asn1/write.ts'
import { codeOf } from '../test-support/code-of.ts'
import { buildExtension } from '../x509/build-extension.ts'
import { readCrlEntries } from './crl-entries.ts'
import { isPlainCrlEntry } from './plain-crl-entry.ts'

const reason = (code: number, critical = false): Uint8Array =>
  der.sequence(buildExtension('2.5.29.21', der.enumerated(code), { critical }))
const time = der.utcTime(new Date('2026-01-01T00:00:00Z'))

const plain = (entry: Uint8Array) => isPlainCrlEntry(entry, { contentStart: 2, end: entry.length })

describe('isPlainCrlEntry', () => {
  it('knows the two kinds that lists are made of', () => {
    expect(plain(der.sequence(der.integer(5), time))).toEqual({ hasExtensions: false })
    expect(plain(der.sequence(der.integer(5), time, reason(1)))).toEqual({ hasExtensions: true })
  })

  it.each([
    ['a critical reason', der.sequence(der.integer(5), time, reason(1, true))],
    ['a reason that does not exist', der.sequence(der.integer(5), time, reason(7))],
    ['the 31st', der.sequence(der.integer(5), der.utcTime(new Date('2026-01-31T00:00:00Z')))],
    ['a later century', der.sequence(der.integer(5), der.time(new Date('2050-01-01T00:00:00Z')))],
    ['a fourth field', der.sequence(der.integer(5), time, der.null())],
    ['no time', der.sequence(der.integer(5))],
  ])('leaves %s to the full reader', (_name, entry) => {
    expect(plain(entry)).toBe(false)
  })

  it('never passes an entry that the full reader refuses, whichever octet is changed', () => {
    const entry = der.sequence(der.integer(0x1234_5678n), time, reason(1))
    fc.assert(
      fc.property(fc.integer({ min: 2, max: entry.length - 1 }), fc.nat(255), (at, octet) => {
        const changed = entry.with(at, octet)
        const all = [...readAll(changed)]
        expect(all.length === 1 || plain(changed) === false).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })
})

/** Entries as the full reader sees them; none when it refuses. */
const readAll = (entry: Uint8Array): readonly unknown[] => {
  const range = { start: 0, end: entry.length }
  let entries: readonly unknown[] = []
  codeOf(() => {
    entries = [...readCrlEntries(entry, range).all()]
  })
  return entries
}
