import { describe, expect, it } from 'vitest'
import { createIds } from './ids.ts'

describe('an id', () => {
  it('is its prefix and 26 characters without i, l, o and u', () => {
    expect(createIds().next('envelope')).toMatch(/^env_[0-9a-hjkmnp-tv-z]{26}$/)
    expect(createIds().own('user')).toMatch(/^usr_[0-9a-hjkmnp-tv-z]{26}$/)
  })

  it('begins with its time, as every ULID', () => {
    expect(createIds(() => 1_469_918_176_385).next('document')).toMatch(/^doc_01aryz6s41/)
    expect(createIds(() => 0).next('document')).toMatch(/^doc_0000000000/)
    expect(createIds(() => 2 ** 48 - 1).next('document')).toMatch(/^doc_7zzzzzzzzz/)
  })

  it('rises strictly, within a millisecond and when the clock goes back', () => {
    let time = 1_700_000_000_000
    const ids = createIds(() => time)
    const made = Array.from({ length: 5_000 }, (_, index) => {
      time += index % 100 === 99 ? -1 : index % 7 === 0 ? 1 : 0

      return ids.next('request')
    })
    expect(made).toEqual(made.toSorted())
    expect(new Set(made).size).toBe(made.length)
  })

  it('of two processes at the same moment is another', () => {
    const at = () => 1_700_000_000_000
    const made = Array.from({ length: 1_000 }, () => createIds(at).next('signing'))
    expect(new Set(made).size).toBe(1_000)
  })
})
