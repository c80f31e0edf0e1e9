import { describe, expect, it } from 'vitest'
import type { AttemptId } from '../ids.ts'
import type { RequestTraits } from '../model.ts'
import { clerk, passed, sampleDraft, sampleRequest } from '../testing/samples.ts'
import { beginSteps, planOf, type Steps, submissionOf } from '../testing/steps.ts'
import { instantAfter } from '../time.ts'
import { resendDelaysMs } from './schedules.ts'
import { mayCall, transition } from './transition.ts'

const blind: RequestTraits = { cancel: 'none', idempotency: 'none', renewal: 'none' }
const reserved: RequestTraits = { cancel: 'none', idempotency: 'reserved', renewal: 'none' }
const cancellable: RequestTraits = { cancel: 'call', idempotency: 'none', renewal: 'none' }

function dispatching(traits: RequestTraits): Steps {
  const steps = beginSteps(sampleDraft())
  steps.run({ kind: 'send', actor: clerk })
  steps.run(planOf(steps, [sampleRequest(steps.aggregate, { traits, opening: { kind: 'call' } })]))

  return steps
}

function attemptOf(steps: Steps, index = -1): AttemptId {
  return steps.aggregate.attempts.at(index)?.id ?? ('' as AttemptId)
}

const answerOf = (steps: Steps, index = -1) =>
  ({ kind: 'attempt-opened', attempt: attemptOf(steps, index), handle: 'order 7' }) as const

describe('a call', () => {
  it('may be made only by the claim that took it', () => {
    const steps = dispatching(blind)
    const before = steps.aggregate
    expect(steps.refused(answerOf(steps))).toBe('attempt.not-claimed')
    steps.run({ kind: 'claim', attempt: attemptOf(steps) })
    const claimed = steps.aggregate
    expect(mayCall({ previous: before, next: claimed }, attemptOf(steps))).toBe(true)
    steps.run({ kind: 'claim', attempt: attemptOf(steps) })
    expect(mayCall({ previous: claimed, next: steps.aggregate }, attemptOf(steps))).toBe(false)
    expect(steps.request()).toMatchObject({ state: 'unknown', attention: { kind: 'provider' } })
  })

  it('is not repeated blindly: no claim sends an unknown request of a blind service again', () => {
    const steps = dispatching(blind)
    steps.run({ kind: 'claim', attempt: attemptOf(steps) })
    steps.run({ kind: 'attempt-unknown', attempt: attemptOf(steps), code: 'ECONNRESET' })
    expect(steps.aggregate.attempts).toHaveLength(1)
    expect(steps.run({ kind: 'claim', attempt: attemptOf(steps) }).moved).toBe(false)
  })

  it('is made again under a reservation, as a new attempt, after a pause', () => {
    const steps = dispatching(reserved)
    steps.run({ kind: 'claim', attempt: attemptOf(steps) })
    steps.run({ kind: 'attempt-reserved', attempt: attemptOf(steps), handle: 'number 5' })
    expect(steps.request()).toMatchObject({ state: 'inflight', handle: 'number 5' })
    expect(steps.aggregate.attempts.map((each) => each.state)).toEqual(['done', 'recorded'])
    steps.run({ kind: 'claim', attempt: attemptOf(steps) })
    const lost = steps.run({
      kind: 'attempt-unknown',
      attempt: attemptOf(steps),
      code: 'ETIMEDOUT',
    })
    expect(steps.request()).toMatchObject({ state: 'unknown', handle: 'number 5' })
    expect(lost.jobs).toMatchObject([
      { kind: 'attempt', at: instantAfter(steps.now, resendDelaysMs[1] ?? 0) },
    ])
    expect(steps.run({ kind: 'claim', attempt: attemptOf(steps) }).moved).toBe(false)
    steps.pass(resendDelaysMs[1] ?? 0)
    steps.run({ kind: 'claim', attempt: attemptOf(steps) })
    expect(steps.request().state).toBe('inflight')
    steps.run(answerOf(steps))
    expect(steps.request()).toMatchObject({ state: 'open', handle: 'order 7' })
  })

  it('takes a late answer to an attempt that was given up', () => {
    const steps = dispatching(reserved)
    steps.run({ kind: 'claim', attempt: attemptOf(steps) })
    steps.run({ kind: 'claim', attempt: attemptOf(steps) })
    expect(steps.aggregate.attempts.map((each) => each.state)).toEqual(['unknown', 'recorded'])
    steps.run(answerOf(steps, 0))
    expect(steps.request().state).toBe('open')
    expect(steps.aggregate.attempts.map((each) => each.state)).toEqual(['done', 'refused'])
    expect(steps.run({ kind: 'claim', attempt: attemptOf(steps) }).moved).toBe(false)
  })

  it('keeps the first of two reservations whose answers crossed', () => {
    const steps = dispatching(reserved)
    const reserve = (index: number, handle: string) =>
      steps.run({ kind: 'attempt-reserved', attempt: attemptOf(steps, index), handle })
    steps.run({ kind: 'claim', attempt: attemptOf(steps) })
    steps.run({ kind: 'claim', attempt: attemptOf(steps) })
    steps.pass(resendDelaysMs[0] ?? 0)
    steps.run({ kind: 'claim', attempt: attemptOf(steps) })
    expect(reserve(1, 'number 6').events.map((event) => event.type)).toEqual(['request.reserved'])
    expect(reserve(0, 'number 5').events).toEqual([])
    expect(steps.request().handle).toBe('number 6')
    expect(steps.aggregate.attempts.map((each) => each.state)).toEqual(['done', 'done', 'recorded'])
  })

  it('that only reserved a number asks nobody for anything: its ended request is closed', () => {
    const steps = dispatching(reserved)
    steps.run({ kind: 'claim', attempt: attemptOf(steps) })
    steps.run({ kind: 'void', actor: clerk, reason: 'wrong price' })
    expect(steps.request().state).toBe('inflight')
    const done = steps.run({
      kind: 'attempt-reserved',
      attempt: attemptOf(steps),
      handle: 'number 5',
    })
    expect(steps.request()).toMatchObject({ state: 'closed', outcome: 'cancelled' })
    expect(done.jobs).toEqual([])
  })

  it('that the service refuses fails the envelope with the code of the service', () => {
    const steps = dispatching(blind)
    steps.run({ kind: 'claim', attempt: attemptOf(steps) })
    steps.run({ kind: 'attempt-refused', attempt: attemptOf(steps), code: 'E-17' })
    expect(steps.request().outcome).toBe('refused')
    expect(steps.aggregate.envelope).toMatchObject({ state: 'failed', reason: 'E-17' })
  })

  it('that is refused late changes nothing for a request that is there', () => {
    const steps = dispatching(blind)
    steps.run({ kind: 'claim', attempt: attemptOf(steps) })
    steps.run({ kind: 'attempt-unknown', attempt: attemptOf(steps), code: 'ETIMEDOUT' })
    const found = { kind: 'exists', handle: 'order 7' } as const
    steps.run({ kind: 'observed', request: steps.request().id, observation: found })
    steps.run({ kind: 'attempt-refused', attempt: attemptOf(steps), code: 'E-17' })
    expect(steps.request().state).toBe('open')
    expect(steps.aggregate.envelope.state).toBe('sent')
  })

  it('that is refused late waits for the one that is in the air', () => {
    const steps = dispatching(reserved)
    steps.run({ kind: 'claim', attempt: attemptOf(steps) })
    steps.run({ kind: 'claim', attempt: attemptOf(steps) })
    steps.pass(resendDelaysMs[0] ?? 0)
    steps.run({ kind: 'claim', attempt: attemptOf(steps) })
    steps.run({ kind: 'attempt-refused', attempt: attemptOf(steps, 0), code: 'E-17' })
    expect(steps.request().state).toBe('inflight')
    steps.run(answerOf(steps))
    expect(steps.request().state).toBe('open')
  })

  it('is lost only once, and only if it was made', () => {
    const steps = dispatching(reserved)
    const attempt = attemptOf(steps)
    const lost = { kind: 'attempt-unknown', attempt, code: 'ETIMEDOUT' } as const
    expect(steps.refused(lost)).toBe('attempt.not-claimed')
    steps.run({ kind: 'claim', attempt })
    const first = steps.run(lost)
    expect(first.events.map((event) => event.type)).toEqual(['request.unknown', 'request.resent'])
    expect(steps.run(lost)).toEqual({ moved: false, events: [], jobs: [] })
    expect(steps.aggregate.attempts).toHaveLength(2)
  })

  it('that is lost after the envelope was voided is not made again', () => {
    const ends = [reserved, blind].map((traits) => {
      const steps = dispatching(traits)
      steps.run({ kind: 'claim', attempt: attemptOf(steps) })
      steps.run({ kind: 'void', actor: clerk, reason: 'wrong price' })
      steps.run({ kind: 'attempt-unknown', attempt: attemptOf(steps), code: 'ETIMEDOUT' })
      expect(steps.aggregate.attempts).toHaveLength(1)

      return steps.request().state
    })
    // Only a reservation is lost in the first case; in the second somebody may have been asked.
    expect(ends).toEqual(['closed', 'unknown'])
  })

  it('that is lost after the void is cancelled where the service can be told its name', () => {
    const steps = dispatching({ ...cancellable, idempotency: 'reserved' })
    steps.run({ kind: 'claim', attempt: attemptOf(steps) })
    steps.run({ kind: 'attempt-reserved', attempt: attemptOf(steps), handle: 'number 5' })
    steps.run({ kind: 'claim', attempt: attemptOf(steps) })
    steps.run({ kind: 'void', actor: clerk, reason: 'wrong price' })
    const lost = steps.run({ kind: 'attempt-unknown', attempt: attemptOf(steps), code: 'E' })
    expect(steps.request().state).toBe('unknown')
    expect(lost.jobs).toMatchObject([{ kind: 'attempt', action: 'cancel' }])
  })

  it('that was recorded is dropped with its request, and cannot be claimed any more', () => {
    const steps = dispatching(blind)
    const attempt = attemptOf(steps)
    steps.run({ kind: 'void', actor: clerk, reason: 'wrong price' })
    expect(steps.request()).toMatchObject({ state: 'closed', outcome: 'cancelled' })
    const previous = steps.aggregate
    const claimed = transition(
      previous,
      { kind: 'claim', attempt },
      { now: steps.now, ids: { next: String } },
    )
    expect(claimed.ok && mayCall({ previous, next: claimed.next }, attempt)).toBe(false)
  })

  it('in the air when its envelope is voided is ended as its answer comes', () => {
    const steps = dispatching(cancellable)
    steps.run({ kind: 'claim', attempt: attemptOf(steps) })
    steps.run({ kind: 'void', actor: clerk, reason: 'wrong price' })
    expect(steps.request()).toMatchObject({ state: 'inflight', ending: 'cancelled' })
    const answered = steps.run(answerOf(steps))
    expect(steps.request()).toMatchObject({ state: 'open', ending: 'cancelled' })
    expect(answered.jobs).toMatchObject([{ kind: 'attempt', action: 'cancel' }])
    expect(steps.signing().state).toBe('voided')
  })
})

describe('an unknown request', () => {
  function unknown(traits = blind): Steps {
    const steps = dispatching(traits)
    steps.run({ kind: 'claim', attempt: attemptOf(steps) })
    steps.run({ kind: 'attempt-unknown', attempt: attemptOf(steps), code: 'ETIMEDOUT' })

    return steps
  }

  it('opens when it is found', () => {
    const steps = unknown()
    const found = { kind: 'exists', handle: 'order 7' } as const
    steps.run({ kind: 'observed', request: steps.request().id, observation: found })
    expect(steps.request()).toMatchObject({ state: 'open', handle: 'order 7' })
    expect(steps.request().attention).toBeUndefined()
    expect(steps.signing().state).toBe('sent')
  })

  it('that is certainly absent is planned again, some times by itself', () => {
    const steps = unknown()
    for (let round = 2; round <= 5; round += 1) {
      const absent = { kind: 'absent' } as const
      steps.run({ kind: 'observed', request: steps.request().id, observation: absent })
      expect(steps.signing()).toMatchObject({ round, planning: true })
      const request = sampleRequest(steps.aggregate, { traits: blind, opening: { kind: 'call' } })
      steps.run(planOf(steps, [request]))
      steps.run({ kind: 'claim', attempt: attemptOf(steps) })
      steps.run({ kind: 'attempt-unknown', attempt: attemptOf(steps), code: 'ETIMEDOUT' })
    }
    steps.run({
      kind: 'observed',
      request: steps.request().id,
      observation: { kind: 'absent' },
    })
    expect(steps.signing()).toMatchObject({ round: 5, planning: false, state: 'dispatching' })
    steps.run({ kind: 'renew', signing: steps.signing().id, actor: clerk })
    expect(steps.signing()).toMatchObject({ round: 6, planning: true })
  })

  it('is not called absent while its call is in the air', () => {
    const steps = dispatching(blind)
    steps.run({ kind: 'claim', attempt: attemptOf(steps) })
    const absent = { kind: 'absent' } as const
    const heard = steps.run({
      kind: 'observed',
      request: steps.request().id,
      observation: absent,
    })
    expect(heard.moved).toBe(false)
  })

  it('is resolved by a person, who names it where nothing does', () => {
    const steps = unknown()
    const about = { kind: 'resolve-unknown', request: steps.request().id, actor: clerk } as const
    expect(steps.refused({ ...about, to: 'exists' })).toBe('handle.missing')
    steps.run({ ...about, to: 'exists', handle: 'order 7' })
    expect(steps.request().state).toBe('open')
    expect(steps.refused({ ...about, to: 'absent' })).toBe('request.not-unknown')
  })

  it('that opens after it was called absent is shown to a person', () => {
    const steps = unknown()
    const attempt = attemptOf(steps)
    const request = steps.request().id
    steps.run({ kind: 'resolve-unknown', request, actor: clerk, to: 'absent' })
    steps.run({ kind: 'attempt-opened', attempt, handle: 'order 7' })
    expect(steps.request(0)).toMatchObject({
      state: 'closed',
      handle: 'order 7',
      attention: { code: 'opened-after-close' },
    })
  })
})

describe('a cancel', () => {
  function cancelling(traits = cancellable): Steps {
    const steps = dispatching(traits)
    steps.run({ kind: 'claim', attempt: attemptOf(steps) })
    steps.run(answerOf(steps))
    steps.run({ kind: 'void', actor: clerk, reason: 'wrong price' })
    expect(steps.refused({ ...cancelled(steps), result: 'cancelled' })).toBe('attempt.not-claimed')
    steps.run({ kind: 'claim', attempt: attemptOf(steps) })

    return steps
  }
  const cancelled = (steps: Steps) =>
    ({ kind: 'cancel-done', attempt: attemptOf(steps), result: 'cancelled' }) as const

  it('closes the request only when the service says so', () => {
    const steps = cancelling()
    expect(steps.request().state).toBe('open')
    steps.run(cancelled(steps))
    expect(steps.request()).toMatchObject({ state: 'closed', outcome: 'cancelled' })
  })

  it('that comes too late fetches what was signed, which completes nothing', () => {
    const steps = cancelling()
    const late = steps.run({ ...cancelled(steps), result: 'too-late' })
    expect(late.jobs).toEqual([{ kind: 'collect', request: steps.request().id }])
    steps.run(submissionOf(steps.request().id, steps.request().contents, 'late'))
    const [artifact] = steps.aggregate.artifacts
    expect(artifact?.standing).toBe('late')
    const judged = steps.run({
      kind: 'verified',
      artifact: artifact?.id ?? ('' as never),
      verdict: passed,
    })
    expect(judged.jobs).toEqual([{ kind: 'conclude' }])
    expect(steps.aggregate.artifacts[0]).toMatchObject({ standing: 'late', verdict: passed })
    expect(steps.aggregate.envelope.state).toBe('voided')
    expect(steps.request().state).toBe('closed')
  })

  it.each([
    ['unsupported', 'refused'],
    ['unknown', 'unknown'],
  ] as const)('that is %s leaves the request watched', (result, attempt) => {
    const steps = cancelling()
    steps.run({ ...cancelled(steps), result })
    expect(steps.request()).toMatchObject({ state: 'open', ending: 'cancelled' })
    expect(steps.aggregate.attempts.map((each) => each.action)).toEqual(['dispatch', 'cancel'])
    expect(steps.aggregate.attempts.at(-1)?.state).toBe(attempt)
  })

  it('whose job comes again is not sent again, and not given up where it may be repeated', () => {
    const once = cancelling()
    once.run({ kind: 'claim', attempt: attemptOf(once) })
    expect(once.request().state).toBe('open')
    expect(once.aggregate.attempts.map((each) => each.state)).toEqual(['done', 'unknown'])
    const again = cancelling({ ...cancellable, idempotency: 'reserved' })
    again.run({ kind: 'claim', attempt: attemptOf(again) })
    expect(again.aggregate.attempts.map((each) => each.state)).toEqual([
      'done',
      'unknown',
      'recorded',
    ])
    expect(again.jobs.at(-1)).toMatchObject({ kind: 'attempt', action: 'cancel' })
  })

  it('that is unknown is asked again, once, where it may be repeated', () => {
    const steps = cancelling({ ...cancellable, idempotency: 'reserved' })
    const unknown = { ...cancelled(steps), result: 'unknown' } as const
    const first = steps.run(unknown)
    expect(first.jobs).toMatchObject([{ kind: 'attempt', action: 'cancel' }])
    expect(steps.run(unknown)).toEqual({ moved: false, events: [], jobs: [] })
  })

  it('that is unknown is made again where taking back twice is taking back once', () => {
    const steps = cancelling({ ...cancellable, cancelsAgain: true })
    const first = steps.run({ ...cancelled(steps), result: 'unknown' })
    expect(first.jobs).toMatchObject([{ kind: 'attempt', action: 'cancel' }])
    const fallen = cancelling({ ...cancellable, cancelsAgain: true })
    fallen.run({ kind: 'claim', attempt: attemptOf(fallen) })
    expect(fallen.aggregate.attempts.map((each) => each.state)).toEqual([
      'done',
      'unknown',
      'recorded',
    ])
  })

  it('answered after the request has ended does nothing more', () => {
    const steps = cancelling()
    steps.run({ kind: 'observed', request: steps.request().id, observation: { kind: 'expired' } })
    const late = steps.run({ ...cancelled(steps), result: 'too-late' })
    expect(late.jobs).toEqual([])
    expect(steps.request()).toMatchObject({ state: 'closed', outcome: 'expired' })
  })
})
