import { describe, expect, it } from 'vitest'
import type { Sha256Hex } from '../ids.ts'
import { clerk, digestOf, sampleDraft, sampleRequest } from '../testing/samples.ts'
import { beginSteps, planOf, type Steps } from '../testing/steps.ts'
import { instantAfter } from '../time.ts'

const item = digestOf('req.xml')
const signature = digestOf('signature')

function sealing(key: 'attended' | 'unattended' = 'attended'): Steps {
  const steps = beginSteps(sampleDraft())
  steps.run({ kind: 'send', actor: clerk })
  planSeal(steps, key)

  return steps
}

function planSeal(steps: Steps, key: 'attended' | 'unattended'): void {
  const seal = {
    purpose: 'package',
    key,
    items: [{ name: 'req.xml', sha256: item, format: 'CMS' }],
    due: instantAfter(steps.now, 60_000),
  }
  steps.run(planOf(steps, [sampleRequest(steps.aggregate, { seals: [seal] })]))
}

function made(steps: Steps, items: readonly Sha256Hex[] = [item], artifacts = [signature]) {
  const seal = steps.aggregate.seals.at(-1)

  return {
    kind: 'seal-made',
    seal: seal?.id ?? ('' as never),
    items,
    artifacts,
    actor: clerk,
  } as const
}

describe('a seal', () => {
  it('comes before the call: with the last one the call is recorded', () => {
    const steps = sealing()
    expect(steps.signing().state).toBe('sealing')
    expect(steps.request().state).toBe('planned')
    expect(steps.aggregate.attempts).toEqual([])
    const done = steps.run(made(steps))
    expect(steps.signing().state).toBe('dispatching')
    expect(done.jobs).toMatchObject([{ kind: 'attempt', action: 'dispatch' }])
  })

  it('is a job for an unattended key and an event for the clerk of an attended one', () => {
    const kinds = (steps: Steps) => steps.jobs.map((job) => job.kind)
    expect(kinds(sealing('unattended'))).toEqual(['plan', 'seal', 'tick'])
    const attended = sealing('attended')
    expect(kinds(attended)).toEqual(['plan', 'tick'])
    expect(attended.events.at(-2)).toMatchObject({
      type: 'seal.wanted',
      data: { key: 'attended', due: instantAfter(attended.now, 60_000) },
    })
  })

  it('is refused over other items, or without a signature for each', () => {
    const steps = sealing()
    expect(steps.refused(made(steps, [digestOf('other')]))).toBe('seal.mismatch')
    expect(steps.refused(made(steps, []))).toBe('seal.mismatch')
    expect(steps.refused(made(steps, [item], []))).toBe('seal.mismatch')
    expect(steps.run(made(steps)).moved).toBe(true)
  })

  it('made twice changes nothing, and made otherwise is refused', () => {
    const steps = sealing()
    steps.run(made(steps))
    expect(steps.run(made(steps))).toEqual({ moved: false, events: [], jobs: [] })
    expect(steps.refused(made(steps, [item], [digestOf('second')]))).toBe('seal.made')
  })

  it('past its due time is refused, and planned anew by the tick', () => {
    const steps = sealing()
    const late = made(steps)
    steps.pass(60_000)
    expect(steps.refused(late)).toBe('seal.stale')
    const ticked = steps.run({ kind: 'tick' })
    expect(steps.aggregate.seals.map((seal) => seal.state)).toEqual(['stale'])
    expect(steps.request()).toMatchObject({ state: 'closed', outcome: 'superseded' })
    expect(ticked.jobs).toEqual([{ kind: 'plan', signing: steps.signing().id, round: 2 }])
    expect(steps.signing()).toMatchObject({ state: 'sealing', planning: true })
    planSeal(steps, 'attended')
    expect(steps.refused(late)).toBe('seal.stale')
    expect(steps.run(made(steps)).moved).toBe(true)
  })

  it('goes stale with its envelope', () => {
    const steps = sealing()
    steps.run({ kind: 'void', actor: clerk, reason: 'wrong price' })
    expect(steps.refused(made(steps))).toBe('seal.stale')
  })
})
