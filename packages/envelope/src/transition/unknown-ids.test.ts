import { describe, expect, it } from 'vitest'
import type { Input } from '../inputs.ts'
import { clerk, digestOf, passed, sampleDraft, sampleRequest } from '../testing/samples.ts'
import { beginSteps, planOf } from '../testing/steps.ts'
import type { TransitionRefusalCode } from './refusal.ts'

const none = 'none_1' as never

const inputs: readonly (readonly [TransitionRefusalCode, Input])[] = [
  ['signing.unknown', { kind: 'planned', signing: none, round: 1, requests: [] }],
  ['signing.unknown', { kind: 'plan-refused', signing: none, round: 1, code: 'no' }],
  ['signing.unknown', { kind: 'renew', signing: none, actor: clerk }],
  ['signing.unknown', { kind: 'accept-held', signing: none, actor: clerk, reason: 'seen' }],
  ['signing.unknown', { kind: 'decline', signing: none, actor: clerk }],
  ['seal.unknown', { kind: 'seal-made', seal: none, items: [], artifacts: [], actor: clerk }],
  ['attempt.unknown', { kind: 'claim', attempt: none }],
  ['attempt.unknown', { kind: 'attempt-opened', attempt: none, handle: 'h' }],
  ['attempt.unknown', { kind: 'attempt-reserved', attempt: none, handle: 'h' }],
  ['attempt.unknown', { kind: 'attempt-refused', attempt: none, code: 'no' }],
  ['attempt.unknown', { kind: 'attempt-unknown', attempt: none, code: 'no' }],
  ['attempt.unknown', { kind: 'cancel-done', attempt: none, result: 'cancelled' }],
  ['request.unknown', { kind: 'observed', request: none, observation: { kind: 'opened' } }],
  ['request.unknown', { kind: 'resolve-unknown', request: none, actor: clerk, to: 'absent' }],
  ['request.unknown', { kind: 'received', request: none, submission: digestOf(''), artifacts: [] }],
  ['artifact.unknown', { kind: 'verified', artifact: none, verdict: passed }],
]

describe('an input about a row that is not there', () => {
  it.each(inputs)('is refused as %s', (code, input) => {
    const steps = beginSteps(sampleDraft())
    steps.run({ kind: 'send', actor: clerk })
    steps.run(planOf(steps, [sampleRequest(steps.aggregate, { opening: { kind: 'call' } })]))
    expect(steps.refused(input)).toBe(code)
  })

  it('is refused for what only a sent envelope can do', () => {
    const steps = beginSteps(sampleDraft())
    const signing = steps.signing().id
    expect(steps.refused({ kind: 'renew', signing, actor: clerk })).toBe('envelope.not-sent')
    expect(steps.refused({ kind: 'decline', signing, actor: clerk })).toBe('envelope.not-sent')
  })

  it('is refused when a cancel is answered for a call that was none', () => {
    const steps = beginSteps(sampleDraft())
    steps.run({ kind: 'send', actor: clerk })
    steps.run(planOf(steps, [sampleRequest(steps.aggregate, { opening: { kind: 'call' } })]))
    const [attempt] = steps.aggregate.attempts
    steps.run({ kind: 'claim', attempt: attempt?.id ?? none })
    expect(
      steps.refused({ kind: 'cancel-done', attempt: attempt?.id ?? none, result: 'cancelled' }),
    ).toBe('attempt.unknown')
  })
})
