import { testPki, testTimes } from '@muhr/evidence/testing'
import { createSignedData } from '@muhr/pki'
import { describe, expect, it } from 'vitest'
import { runInThread, strangerLimits } from './run-in-thread.ts'

const job = (container: string) => ({
  container: new TextEncoder().encode(container),
  content: undefined,
  policy: 'etsi-basic' as const,
  believesSandbox: false,
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

describe('without a policy', () => {
  it('each signature is judged by the rules of its own country, and asked about there', async () => {
    const [kz, ru] = await Promise.all(
      (['kz-2015-512', 'ru-2012-256'] as const).map((kind) => testPki({ kind, sandbox: false })),
    )
    if (kz === undefined || ru === undefined) {
      throw new RangeError('two were made')
    }
    const container = await createSignedData({
      content: new TextEncoder().encode('Договор'),
      form: 'attached',
      signers: [kz, ru].map(({ person }) => ({ ...person, signingTime: testTimes.signed })),
    })
    const asked: string[] = []
    const outcome = await runInThread(
      {
        ...job(''),
        container,
        policy: undefined,
        anchors: [kz, ru]
          .flatMap(({ root, authority }) => [root, authority])
          .map(({ certificate }) => ({ bytes: certificate.bytes, origin: 'configured' })),
        nowMs: testTimes.now.getTime(),
      },
      {
        ask: async (_, policy) => {
          asked.push(policy)

          return undefined
        },
      },
    )
    expect(outcome).toMatchObject({
      kind: 'report',
      report: {
        indication: 'INDETERMINATE',
        policy: 'kz-500 + ru-63fz',
        signatures: expect.arrayContaining(
          ['KZ', 'RU'].map((country) => expect.objectContaining({ country })),
        ),
      },
    })
    expect(new Set(asked)).toEqual(new Set(['kz-500', 'ru-63fz']))
  })
})
