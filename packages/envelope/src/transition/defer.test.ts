import { describe, expect, it } from 'vitest'
import type { AttemptId } from '../ids.ts'
import type { RequestTraits } from '../model.ts'
import { clerk, sampleDraft, sampleRequest } from '../testing/samples.ts'
import { beginSteps, planOf, type Steps } from '../testing/steps.ts'
import { instantAfter } from '../time.ts'

const reserved: RequestTraits = { cancel: 'none', idempotency: 'reserved', renewal: 'none' }
const blind: RequestTraits = { cancel: 'none', idempotency: 'none', renewal: 'none' }

function dispatching(traits: RequestTraits): Steps {
  const steps = beginSteps(sampleDraft())
  steps.run({ kind: 'send', actor: clerk })
  steps.run(planOf(steps, [sampleRequest(steps.aggregate, { traits, opening: { kind: 'call' } })]))

  return steps
}

const attemptOf = (steps: Steps, index = -1): AttemptId =>
  steps.aggregate.attempts.at(index)?.id ?? ('' as never)

const claim = (steps: Steps, bucket?: string) =>
  steps.run({ kind: 'claim', attempt: attemptOf(steps), bucket })

const deferral = (steps: Steps, index = -1) =>
  ({
    kind: 'attempt-deferred',
    attempt: attemptOf(steps, index),
    code: 'busy',
    at: instantAfter(steps.now, 60_000),
  }) as const

describe('a call that certainly had no effect', () => {
  it.each([reserved, blind])('is made again by the same attempt, not before its time', (traits) => {
    const steps = dispatching(traits)
    claim(steps)
    const deferred = steps.run(deferral(steps))
    expect(steps.aggregate.attempts).toMatchObject([{ state: 'recorded', code: 'busy' }])
    expect(deferred.jobs).toMatchObject([{ kind: 'attempt', at: instantAfter(steps.now, 60_000) }])
    expect(deferred.events.map((event) => event.type)).toEqual(['request.deferred'])
    expect(claim(steps).moved).toBe(false)
    steps.pass(60_000)
    expect(claim(steps).moved).toBe(true)
  })

  it('is woken when what it waited for has come', () => {
    const steps = dispatching(reserved)
    claim(steps)
    steps.run(deferral(steps))
    const woken = steps.run({ kind: 'attempt-woken', attempt: attemptOf(steps) })
    expect(woken.jobs).toMatchObject([{ kind: 'attempt', attempt: attemptOf(steps) }])
    expect(steps.run({ kind: 'attempt-woken', attempt: attemptOf(steps) }).moved).toBe(false)
    expect(claim(steps).moved).toBe(true)
  })

  it('closes at once when its envelope ends while it waits, or while it was in the air', () => {
    const waiting = dispatching(blind)
    claim(waiting)
    waiting.run(deferral(waiting))
    waiting.run({ kind: 'void', actor: clerk, reason: 'wrong price' })
    expect(waiting.request()).toMatchObject({ state: 'closed', outcome: 'cancelled' })
    const flying = dispatching(blind)
    claim(flying)
    flying.run({ kind: 'void', actor: clerk, reason: 'wrong price' })
    expect(flying.request().state).toBe('inflight')
    flying.run(deferral(flying))
    expect(flying.request()).toMatchObject({ state: 'closed', outcome: 'cancelled' })
  })

  it('that was taken for lost leaves a request that is certainly absent: it is planned anew', () => {
    const steps = dispatching(blind)
    claim(steps)
    claim(steps)
    expect(steps.request().state).toBe('unknown')
    const learned = steps.run(deferral(steps))
    expect(steps.request(0)).toMatchObject({ state: 'closed', outcome: 'absent' })
    expect(learned.jobs).toContainEqual({ kind: 'plan', signing: steps.signing().id, round: 2 })
  })

  it('that was taken for lost under a reservation leaves the resend as it is', () => {
    const steps = dispatching(reserved)
    claim(steps)
    claim(steps)
    steps.run(deferral(steps, 0))
    expect(steps.aggregate.attempts.map((each) => each.state)).toEqual(['refused', 'recorded'])
    expect(steps.request().state).toBe('unknown')
  })

  it('was claimed before: a call that never began is not deferred', () => {
    const steps = dispatching(blind)
    expect(steps.refused(deferral(steps))).toBe('attempt.not-claimed')
  })
})

describe('a call that its service counts', () => {
  const paced: RequestTraits = { ...reserved, paced: true }

  it('leaves only with a slot, whose bucket its request remembers', () => {
    const steps = dispatching(paced)
    expect(steps.refused({ kind: 'claim', attempt: attemptOf(steps) })).toBe('attempt.no-slot')
    claim(steps, 'key 1')
    expect(steps.request()).toMatchObject({ state: 'inflight', bucket: 'key 1' })
  })

  it('needs no second slot once the service gave it a number', () => {
    const steps = dispatching(paced)
    claim(steps, 'key 1')
    const answer = { kind: 'attempt-reserved', attempt: attemptOf(steps) } as const
    expect(steps.jobs.at(-1)).toMatchObject({ kind: 'attempt', slot: 'wanted' })
    const reserved = steps.run({ ...answer, handle: { key: '5' } })
    expect(reserved.jobs).toEqual([
      { kind: 'attempt', attempt: attemptOf(steps), action: 'dispatch' },
    ])
    expect(claim(steps).moved).toBe(true)
    expect(steps.request().bucket).toBe('key 1')
  })

  it('needs another slot when its first answer was lost: the service may have counted', () => {
    const steps = dispatching(paced)
    claim(steps, 'key 1')
    steps.run({ kind: 'attempt-unknown', attempt: attemptOf(steps), code: 'ETIMEDOUT' })
    steps.pass(5_000)
    expect(steps.refused({ kind: 'claim', attempt: attemptOf(steps) })).toBe('attempt.no-slot')
    claim(steps, 'key 2')
    expect(steps.request().bucket).toBe('key 2')
  })
})
