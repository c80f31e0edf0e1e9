import { describe, expect, it } from 'vitest'
import { createRateLimit } from './rate-limit.ts'

const clocked = () => {
  let now = 1_000_000
  const take = createRateLimit({ perMinute: 60, burst: 3 }, () => now)

  return {
    take,
    pass: (ms: number) => {
      now += ms
    },
  }
}

describe('the rate of one address', () => {
  it('is its burst at once, then what comes back with time', () => {
    const { take, pass } = clocked()
    expect([1, 2, 3].map(() => take('192.0.2.1'))).toEqual([0, 0, 0])
    expect(take('192.0.2.1')).toBe(1)
    pass(999)
    expect(take('192.0.2.1')).toBe(1)
    pass(1)
    expect(take('192.0.2.1')).toBe(0)
    expect(take('192.0.2.1')).toBe(1)
  })

  it('is not used up by a refusal, nor saved beyond the burst', () => {
    const { take, pass } = clocked()
    for (let call = 0; call < 50; call += 1) {
      take('192.0.2.1')
    }
    pass(1000)
    expect(take('192.0.2.1')).toBe(0)
    pass(3_600_000)
    expect([1, 2, 3, 4].map(() => take('192.0.2.1'))).toEqual([0, 0, 0, 1])
  })

  it('does not fall on others', () => {
    const { take } = clocked()
    for (let call = 0; call < 4; call += 1) {
      take('192.0.2.1')
    }
    expect(take('192.0.2.2')).toBe(0)
  })

  it('is that of a whole /64 with IPv6, however it is written', () => {
    const { take } = clocked()
    for (const ip of ['2001:db8::1', '2001:db8:0:0:5::', '2001:db8:0:0:ffff:1:2:3']) {
      expect(take(ip)).toBe(0)
    }
    expect(take('2001:db8::abcd')).toBe(1)
    expect(take('2001:db8:0:1::1')).toBe(0)
  })

  it('is forgotten for the quietest when addresses become too many', () => {
    const { take } = clocked()
    for (let call = 0; call < 4; call += 1) {
      take('192.0.2.1')
    }
    for (let address = 0; address < 10_000; address += 1) {
      take(`10.${address >> 16}.${(address >> 8) & 255}.${address & 255}`)
    }
    expect(take('192.0.2.1')).toBe(0)
  })
})
