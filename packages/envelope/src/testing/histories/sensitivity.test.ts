import { describe, expect, it } from 'vitest'
import type { Guard } from '../core/core-types.ts'
import { runHistory } from './run-history.ts'

const most = 400

/** The first history that breaks without a guard, in the way that the guard is there to prevent. */
async function findBroken(guard: Guard, sign: RegExp): Promise<number | undefined> {
  for (let seed = 1; seed <= most; seed += 1) {
    const { problems } = await runHistory({ seed, without: new Set([guard]) })
    if (problems.some((problem) => sign.test(problem))) {
      return seed
    }
  }

  return undefined
}

describe('the histories see it when a guard is taken away', () => {
  const guards: readonly { readonly guard: Guard; readonly sign: RegExp; readonly how: string }[] =
    [
      {
        guard: 'compare-and-set',
        sign: /disappeared|went from/,
        how: 'an overtaken write is lost',
      },
      { guard: 'attempt-row', sign: /was sent twice/, how: 'a call leaves twice' },
      {
        guard: 'identity-check',
        sign: /is signed without a signature over/,
        how: 'another person signs',
      },
    ]

  it.each(guards)('without the $guard, $how', async ({ guard, sign }) => {
    const seed = await findBroken(guard, sign)
    expect(seed).toBeDefined()
    const sound = await runHistory({ seed: seed ?? 0 })
    expect(sound.problems).toEqual([])
  })
})
