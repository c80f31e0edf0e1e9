import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { collidingPair, sameMd5 } from './collision.ts'

const hash = (name: string, bytes: Uint8Array): string =>
  createHash(name).update(bytes).digest('hex')

describe('the colliding pair', () => {
  it.each([
    ['nothing', ''],
    ['a text', 'договор'],
  ])('differs in its octets and not in its MD5, continued by %s', (_name, suffix) => {
    const [first, second] = collidingPair(Buffer.from(suffix))
    expect(first.equals(second)).toBe(false)
    expect(hash('md5', first)).toBe(hash('md5', second))
    expect(hash('sha256', first)).not.toBe(hash('sha256', second))
    expect(sameMd5(first)).toEqual(second)
    expect(sameMd5(second)).toEqual(first)
  })

  it('has the published MD5, and no partner for other octets', () => {
    expect(hash('md5', collidingPair()[0])).toBe('79054025255fb1a26e4bc422aef54eb4')
    expect(sameMd5(Buffer.from('договор'))).toBeUndefined()
  })
})
