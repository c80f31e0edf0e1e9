import { isLongText, type JsonOctetsLimits, type JsonValue } from '@muhr/http'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EgovMobileError } from '../error.ts'
import { readJson } from './read-json.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The value as `JSON.parse` would give it. */
function plain(value: JsonValue): unknown {
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([name, member]) => [name, plain(member)]))
  }
  if (Array.isArray(value)) return value.map(plain)
  if (isLongText(value)) return new TextDecoder().decode(value.utf8)

  return value
}

function fault(bytes: Uint8Array, limits?: JsonOctetsLimits): unknown {
  try {
    readJson(bytes, limits)
  } catch (error) {
    if (error instanceof EgovMobileError) return error.data
    throw error
  }

  return 'accepted'
}

describe('the peer: JSON.parse', () => {
  test('reads what it reads, short strings and long ones alike', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 3, 16_384), (value, longTextBytes) => {
        const text = JSON.stringify(value, undefined, 1)
        // Of one name only: whether an object has `__proto__` is the peer's own trouble.
        fc.pre(!text.includes('__proto__'))
        const limits = { longTextBytes, maxDepth: 100 }

        expect(plain(readJson(bytesOf(text), limits))).toEqual(JSON.parse(text))
      }),
    )
  })

  test('accepts and refuses what it accepts and refuses, whatever is broken', () => {
    const fragments = fc.constantFrom(
      ...'{}[],:"\\/ \n\t\0ue0019.-+EabtrfnlsİҚ😀'.split(/(?:)/u),
      'true',
      'null',
      '"a"',
      '\\u00e9',
      '\\ud83d\\ude00',
      '\\n',
      '1e5',
      '-0',
    )

    fc.assert(
      fc.property(
        fc.array(fragments, { maxLength: 10 }).map((parts) => parts.join('')),
        (text) => {
          let expected: unknown
          try {
            expected = { value: JSON.parse(text) }
          } catch {
            expected = 'refused'
          }

          let actual: unknown
          try {
            actual = { value: plain(readJson(bytesOf(text))) }
          } catch (error) {
            // Stricter on purpose: names are unique.
            if (error instanceof EgovMobileError && 'reason' in error.data) {
              fc.pre(error.data.reason !== 'duplicate-member')
            }
            actual = 'refused'
          }

          expect(actual).toEqual(expected)
        },
      ),
      { numRuns: 3000 },
    )
  })

  test('long strings lose no escape', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        const spellings = [JSON.stringify(text), JSON.stringify(text).replaceAll('/', '\\/')]

        for (const spelling of spellings) {
          expect(plain(readJson(bytesOf(spelling), { longTextBytes: 0 }))).toBe(text)
        }
      }),
    )
  })
})

describe('limits and refusals', () => {
  test('nesting is cut off before it costs anything', () => {
    expect(fault(bytesOf('['.repeat(5_000_000)))).toEqual({ reason: 'too-deep', offset: 16 })
    expect(fault(bytesOf(`${'['.repeat(16)}1${']'.repeat(16)}`))).toBe('accepted')
    expect(fault(bytesOf('{"a":'.repeat(17)))).toMatchObject({ reason: 'too-deep' })
  })

  test('so is the number of values', () => {
    expect(fault(bytesOf(`[${'1,'.repeat(200_000)}1]`))).toMatchObject({
      reason: 'too-many-values',
    })
    expect(fault(bytesOf('[1,2,3]'), { maxValues: 4 })).toBe('accepted')
    expect(fault(bytesOf('[1,2,3]'), { maxValues: 3 })).toMatchObject({
      reason: 'too-many-values',
    })
  })

  test('a second member of the same name is refused, also when spelled with an escape', () => {
    expect(fault(bytesOf('{"id":1,"id":2}'))).toEqual({ reason: 'duplicate-member', offset: 8 })
    expect(fault(bytesOf('{"id":1,"\\u0069d":2}'))).toMatchObject({ reason: 'duplicate-member' })
  })

  test.each([
    ['', 'truncated'],
    ['{"a":"b', 'truncated'],
    ['{"a":', 'truncated'],
    ['[1,', 'truncated'],
    ['{"a" 1}', 'syntax'],
    ['01', 'syntax'],
    ["{'a':1}", 'syntax'],
    ['[1,]', 'syntax'],
    ['NaN', 'syntax'],
    ['{} {}', 'syntax'],
    ['"\u0001"', 'syntax'],
    ['1'.repeat(401), 'number-too-long'],
  ])('%j is refused: %s', (text, reason) => {
    expect(fault(bytesOf(text))).toMatchObject({ reason })
  })

  test('bytes that are not UTF-8 are refused, a byte order mark is skipped', () => {
    expect(fault(Uint8Array.of(0x22, 0xff, 0x22))).toEqual({ reason: 'not-utf8', offset: 1 })
    expect(readJson(Uint8Array.of(0xef, 0xbb, 0xbf, 0x31))).toBe(1)
  })

  test('a name has no power over the object that holds it', () => {
    const value = readJson(bytesOf('{"__proto__":{"status":"CANCELED"},"constructor":1}'))

    expect(value).toBeInstanceOf(Map)
    expect((value as ReadonlyMap<string, unknown>).get('status')).toBeUndefined()
    expect((value as ReadonlyMap<string, unknown>).has('__proto__')).toBe(true)
  })
})
