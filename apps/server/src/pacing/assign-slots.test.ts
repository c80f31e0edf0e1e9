import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  assignSlots,
  type BucketState,
  expectDispatches,
  nextFree,
  type WaitingCall,
} from './assign-slots.ts'

const windowMs = 600_000
const now = 1_000_000

const bucket = (id: string, limit: number, held: BucketState['held'] = []): BucketState => ({
  id,
  limit,
  windowMs,
  blockedUntil: 0,
  held,
})

const call = (
  request: string,
  organisation: string,
  envelope: string,
  buckets: readonly string[] = ['a'],
): WaitingCall => ({ request, organisation, envelope, buckets })

const requestsOf = (made: ReturnType<typeof assignSlots>) => made.map((each) => each.call.request)

describe('free slots', () => {
  it('are shared between organisations, whoever came first', () => {
    const first = Array.from({ length: 6 }, (_, index) => call(`a${index}`, 'A', `env${index}`))
    const waiting = [...first, call('b0', 'B', 'env9'), call('b1', 'B', 'env9')]
    const made = assignSlots({ buckets: [bucket('a', 4)], waiting, now })
    expect(requestsOf(made)).toEqual(['a0', 'b0', 'a1', 'b1'])
  })

  it('are shared by what each holds already', () => {
    const held = ['A', 'A', 'A'].map((organisation) => ({
      organisation,
      envelope: 'old',
      until: now + 1,
    }))
    const waiting = [call('a0', 'A', 'env1'), call('b0', 'B', 'env2'), call('b1', 'B', 'env2')]
    expect(requestsOf(assignSlots({ buckets: [bucket('a', 5, held)], waiting, now }))).toEqual([
      'b0',
      'b1',
    ])
  })

  it('are shared between envelopes of one organisation, first come first served within one', () => {
    const waiting = [
      call('a0', 'A', 'big'),
      call('a1', 'A', 'big'),
      call('a2', 'A', 'big'),
      call('a3', 'A', 'small'),
    ]
    expect(requestsOf(assignSlots({ buckets: [bucket('a', 3)], waiting, now }))).toEqual([
      'a0',
      'a3',
      'a1',
    ])
  })

  it('of several equivalent buckets go where most room is, and never to a bucket that is not named', () => {
    const waiting = [call('a0', 'A', 'env', ['a', 'b']), call('a1', 'A', 'env', ['c'])]
    const made = assignSlots({ buckets: [bucket('a', 1), bucket('b', 2)], waiting, now })
    expect(made).toMatchObject([{ bucket: 'b', call: { request: 'a0' } }])
  })

  it('are none while the service says that its bucket is used up', () => {
    const blocked = { ...bucket('a', 5), blockedUntil: now + 1 }
    const waiting = [call('a0', 'A', 'env')]
    expect(assignSlots({ buckets: [blocked], waiting, now })).toEqual([])
    expect(assignSlots({ buckets: [blocked], waiting, now: now + 1 })).toHaveLength(1)
  })
})

const plays = fc.record({
  limits: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
  calls: fc.array(fc.record({ organisation: fc.nat(2), envelope: fc.nat(4), buckets: fc.nat(6) }), {
    maxLength: 40,
  }),
})

describe('any queue', () => {
  const built = (play: typeof plays extends fc.Arbitrary<infer P> ? P : never) => {
    const buckets = play.limits.map((limit, index) => bucket(String(index), limit))
    const waiting = play.calls.map((each, index) =>
      call(
        `r${index}`,
        `org${each.organisation}`,
        `env${each.organisation}-${each.envelope}`,
        buckets.map(({ id }) => id).filter((_, bit) => ((each.buckets + 1) >> bit) % 2 === 1),
      ),
    )

    return { buckets, waiting }
  }

  it('never gets more than a bucket has, and leaves no slot that somebody could use', () => {
    fc.assert(
      fc.property(plays, (play) => {
        const { buckets, waiting } = built(play)
        const made = assignSlots({ buckets, waiting, now })
        for (const { id, limit } of buckets) {
          expect(made.filter((each) => each.bucket === id).length).toBeLessThanOrEqual(limit)
        }
        expect(made.every((each) => each.call.buckets.includes(each.bucket))).toBe(true)
        const rest = waiting.filter((each) => !made.some(({ call }) => call === each))
        const free = buckets
          .filter(({ id, limit }) => made.filter((each) => each.bucket === id).length < limit)
          .map(({ id }) => id)
        expect(rest.some((each) => each.buckets.some((id) => free.includes(id)))).toBe(false)
      }),
    )
  })

  it('leaves as it was expected: in no window more than the limit, everybody served', () => {
    fc.assert(
      fc.property(plays, (play) => {
        const { buckets, waiting } = built(play)
        const expected = expectDispatches({ buckets, waiting, now })
        const servable = waiting.filter((each) => each.buckets.length > 0)
        expect([...expected.keys()].toSorted()).toEqual(
          servable.map((each) => each.request).toSorted(),
        )
        const limit = buckets.reduce((sum, each) => sum + each.limit, 0)
        const times = [...expected.values()]
        for (const time of times) {
          const within = times.filter((other) => other > time - windowMs && other <= time)
          expect(within.length).toBeLessThanOrEqual(limit)
        }
      }),
    )
  })
})

describe('500 recipients under a quota of 20 in ten minutes', () => {
  const waiting = Array.from({ length: 500 }, (_, index) =>
    call(`r${index}`, index < 400 ? 'A' : 'B', `env${index}`),
  )

  it('take no longer than the quota allows, and two organisations share every window', () => {
    const expected = expectDispatches({ buckets: [bucket('a', 20)], waiting, now })
    expect(Math.max(...expected.values()) - now).toBe((500 / 20 - 1) * windowMs)
    const first = waiting.filter((each) => expected.get(each.request) === now)
    expect(first.filter((each) => each.organisation === 'B')).toHaveLength(10)
  })
})

describe('the moment at which a bucket has room', () => {
  const slot = (until: number) => ({ organisation: 'one', envelope: 'e', until })

  it.each([
    ['nothing is held', [], now],
    ['one of two is held', [now + 5], now],
    ['both are held', [now + 9, now + 5], now + 5],
    ['more are held than it has', [now + 9, now + 5, now + 7], now + 7],
    ['what was held is over', [now - 1, now], now],
  ])('when %s', (_, untils, expected) => {
    expect(nextFree(bucket('key', 2, untils.map(slot)), now)).toBe(expected)
  })

  it('is not before the service takes calls again', () => {
    expect(nextFree({ ...bucket('key', 2), blockedUntil: now + 3 }, now)).toBe(now + 3)
  })
})
