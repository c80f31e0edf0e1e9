import { describe, expect, it } from 'vitest'
import type { ChangeListener } from '../app-context.ts'
import type { Queryable } from '../database/open-database.ts'
import { createKeyCache } from './key-cache.ts'

const owner = { id: 'key_1', organisation_id: 'org_1', name: 'n', scopes: [], sandbox: true }

/** A database of one key, counting how often it is asked, and a feed in the test's hands. */
function world() {
  let listener: ChangeListener | undefined
  let isHearing = true
  let row: typeof owner | undefined = owner
  let asked = 0
  let at = 0
  const query = {
    innerJoin: () => query,
    select: () => query,
    where: () => query,
    executeTakeFirst: async () => {
      asked += 1

      return row
    },
  }
  const cache = createKeyCache({
    db: { selectFrom: () => query } as unknown as Queryable,
    now: () => new Date(at),
    changes: {
      subscribe: (given) => {
        listener = given

        return () => undefined
      },
      isHearing: () => isHearing,
      close: async () => undefined,
    },
  })

  return {
    cache,
    asked: () => asked,
    pass: (ms: number) => {
      at += ms
    },
    revoke: () => {
      row = undefined
      listener?.onKeys?.()
    },
    lose: () => {
      isHearing = false
    },
    hearAgain: () => {
      isHearing = true
      listener?.onGap()
    },
  }
}

describe('a remembered key', () => {
  it('is looked up once while nothing changes', async () => {
    const { cache, asked } = world()
    expect((await cache.find('muhr_a'))?.id).toBe('key_1')
    expect((await cache.find('muhr_a'))?.id).toBe('key_1')
    expect(asked()).toBe(1)
  })

  it('is forgotten when a key changes: a revoked one opens nothing', async () => {
    const { cache, revoke } = world()
    await cache.find('muhr_a')
    revoke()
    expect(await cache.find('muhr_a')).toBeUndefined()
  })

  it('is looked up every time while changes cannot be heard, and anew after that', async () => {
    const { cache, asked, lose, hearAgain } = world()
    await cache.find('muhr_a')
    lose()
    await cache.find('muhr_a')
    await cache.find('muhr_a')
    expect(asked()).toBe(3)
    hearAgain()
    await cache.find('muhr_a')
    await cache.find('muhr_a')
    expect(asked()).toBe(4)
  })

  it('is looked up again after half a minute', async () => {
    const { cache, asked, pass } = world()
    await cache.find('muhr_a')
    pass(30_001)
    await cache.find('muhr_a')
    expect(asked()).toBe(2)
  })

  it('is never one that was not found', async () => {
    const { cache, asked, revoke } = world()
    revoke()
    await cache.find('muhr_a')
    await cache.find('muhr_a')
    expect(asked()).toBe(2)
  })
})
