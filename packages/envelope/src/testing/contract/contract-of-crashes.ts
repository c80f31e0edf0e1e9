import { describe, expect, it } from 'vitest'
import { viewOf } from '../core/core-io.ts'
import { CoreCrash } from '../core/core-types.ts'
import { closeScene } from './contract-of-signing.ts'
import { makeSeals, openScene, playThrough, resolveUnknown, type Scene } from './scene.ts'
import type { ProviderContract } from './subject.ts'

/** No attempt left twice, and no request asked its signer twice. */
function expectSentOnce(scene: Scene): void {
  const { counterpart, hasEffect = () => true } = scene.subject
  const attempts = scene.core
    .sent()
    .filter(hasEffect)
    .map((call) => call.attempt)
  expect(attempts.length).toBe(new Set(attempts).size)
  for (const request of scene.aggregate().requests) {
    expect(counterpart.asked?.(viewOf(scene.aggregate(), request.id)) ?? 0).toBeLessThanOrEqual(1)
  }
}

/** What falls and lost answers must not do. */
export function contractOfCrashes(contract: ProviderContract): void {
  it('completes although the process falls between any two steps', async () => {
    for (let fallAt = 1; ; fallAt += 1) {
      let steps = 0
      const scene = await openScene(contract, {
        sent: false,
        onStep: () => {
          steps += 1
          if (steps === fallAt) {
            throw new CoreCrash()
          }
        },
      })
      await playThrough(scene)
      expect(`${fallAt}: ${scene.aggregate().envelope.state}`).toBe(`${fallAt}: completed`)
      expectSentOnce(scene)
      await closeScene(scene)
      if (steps < fallAt) {
        expect(fallAt).toBeGreaterThan(10)
        return
      }
    }
  })

  describe('when it is called', () => {
    it('asks once although the answer was lost', async ({ skip }) => {
      const scene = await openScene(contract, { sent: false })
      const { counterpart } = scene.subject
      if (counterpart.loseReplies === undefined) {
        skip('nothing calls this service')
      }
      for (const lost of [1, 2, 3]) {
        const other = await openScene(contract, { sent: false })
        other.subject.counterpart.loseReplies?.(lost)
        await playThrough(other)
        expect(other.aggregate().envelope.state).toBe('completed')
        expectSentOnce(other)
        await closeScene(other)
      }
      await closeScene(scene)
    })

    it('sends once although the job is delivered while the call is in the air', async ({
      skip,
    }) => {
      const held: (() => void)[] = []
      const scene = await openScene(contract, {
        sent: false,
        onStep: async ({ point }) => {
          if (point === 'before-call' && held.length === 0) {
            await new Promise<void>((resolve) => {
              held.push(resolve)
            })
          }
        },
      })
      if (scene.subject.network === undefined) {
        skip('nothing calls this service')
      }
      await scene.core.command(scene.envelope, {
        kind: 'send',
        actor: { kind: 'system' },
      })
      let inTheAir: Promise<boolean> = Promise.resolve(true)
      while (held.length === 0) {
        let isDone = false
        await makeSeals(scene.core, scene.envelope)
        inTheAir = scene.core.runJob().finally(() => {
          isDone = true
        })
        while (held.length === 0 && !isDone) {
          await Promise.resolve()
        }
      }
      scene.core.redeliver()
      await scene.core.settle()
      expect(scene.request().state).toBe('unknown')
      expect(scene.core.sent()).toEqual([])
      held[0]?.()
      await inTheAir
      await scene.settle()
      await resolveUnknown(scene)
      await playThrough(scene)
      expect(scene.aggregate().envelope.state).toBe('completed')
      expectSentOnce(scene)
      await closeScene(scene)
    })
  })
}
