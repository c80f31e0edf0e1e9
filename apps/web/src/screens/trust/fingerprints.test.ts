import { describe, expect, it } from 'vitest'
import { isConfirmed } from './fingerprints.ts'

const sha256 = 'ab'.repeat(32)
const stranger = { sha256, authority: undefined }

describe('the fingerprint of an anchor', () => {
  it.each([sha256, sha256.toUpperCase(), sha256.replace(/(..)(?=.)/g, '$1:'), ` ${sha256}\n`])(
    'is the same in any spelling: %j',
    (typed) => {
      expect(isConfirmed(stranger, typed)).toBe(true)
    },
  )

  it.each(['', sha256.slice(1), 'cd'.repeat(32), sha256.slice(0, 16)])(
    'is not confirmed by %j',
    (typed) => {
      expect(isConfirmed(stranger, typed)).toBe(false)
    },
  )

  it('needs no comparing where the authority is published', () => {
    const authority = {
      country: 'RU',
      kind: 'root',
      environment: 'production',
      name: 'x',
      generation: 'x',
    } as const

    expect(isConfirmed({ sha256, authority }, '')).toBe(true)
  })
})
