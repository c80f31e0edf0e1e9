import { describe, expect, it } from 'vitest'
import { createSealer } from './sealer.ts'

const key = Buffer.alloc(32, 7)

describe('a sealed text', () => {
  it('is read again with the same instance key, and is never the same twice', () => {
    const sealer = createSealer(key)
    const sealed = sealer.seal('Үлгі шарт')
    expect(createSealer(key).open(sealed)).toBe('Үлгі шарт')
    expect(sealer.seal('Үлгі шарт')).not.toBe(sealed)
  })

  it('is refused under another key, and when a bit of it was changed', () => {
    const sealed = createSealer(key).seal('text')
    expect(() => createSealer(Buffer.alloc(32, 8)).open(sealed)).toThrow()
    const bytes = Buffer.from(sealed, 'base64')
    bytes[14] = (bytes[14] ?? 0) ^ 1
    expect(() => createSealer(key).open(bytes.toString('base64'))).toThrow()
  })
})
