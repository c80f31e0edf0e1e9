import { describe, expect, it } from 'vitest'
import { runInThread, strangerLimits } from './run-in-thread.ts'

const job = (container: string) => ({
  container: new TextEncoder().encode(container),
  content: undefined,
  policy: 'etsi-basic' as const,
  anchors: [],
  nowMs: Date.parse('2026-11-29T12:00:00Z'),
})
const hostile = new URL('./hostile-thread.fixture.ts', import.meta.url)
const limits = { ...strangerLimits, workMs: 1_500, totalMs: 20_000, maxHeapMb: 32 }
const misbehave = (deed: string, ask = async () => undefined as Uint8Array | undefined) =>
  runInThread(job(deed), { ask, limits, thread: hostile })

describe('a file of a stranger', () => {
  it('that is no signature is refused by its code', async () => {
    const outcome = await runInThread(job('hello'), { ask: async () => undefined })
    expect(outcome).toMatchObject({ kind: 'refused', code: 'container.not-a-signature' })
  })

  it('that keeps the verifier busy for ever costs its thread, not the server', async () => {
    expect(await misbehave('spin')).toEqual({ kind: 'too-costly' })
  })

  it('that takes all memory costs its thread, not the server', async () => {
    expect(await misbehave('eat')).toEqual({ kind: 'too-costly' })
  })

  it('cannot make the server ask without end', async () => {
    let asked = 0
    const outcome = await misbehave('ask', async () => {
      asked += 1

      return undefined
    })
    expect(outcome).toEqual({ kind: 'too-costly' })
    expect(asked).toBeLessThanOrEqual(limits.maxQuestions)
  })

  it('waits for a slow answer, which is no work, up to the time in all', async () => {
    const never = () => new Promise<undefined>(() => undefined)
    const outcome = await runInThread(job('ask'), {
      ask: never,
      limits: { ...limits, workMs: 3_600_000, totalMs: 600, maxQuestions: 5000 },
      thread: hostile,
    })
    expect(outcome).toEqual({ kind: 'too-costly' })
  })

  it.each(['leave', 'throw'])(
    'whose verifier ends by itself (%s) is told as such',
    async (deed) => {
      expect(await misbehave(deed)).toMatchObject({ kind: 'broken' })
    },
  )
})
