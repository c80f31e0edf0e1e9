import { describe, expect, it } from 'vitest'
import { clerk, passed, sampleDraft, sampleRecipient, sampleRequest } from '../testing/samples.ts'
import { beginSteps, planOf, submissionOf } from '../testing/steps.ts'
import { transition } from './transition.ts'

describe('an envelope from draft to completed', () => {
  it('goes by send, plan, submission and verdict, and concludes', () => {
    const steps = beginSteps(sampleDraft({ documents: 2 }))
    const sent = steps.run({ kind: 'send', actor: clerk })
    expect(sent.jobs).toEqual([{ kind: 'plan', signing: steps.signing().id, round: 1 }])
    expect(steps.signing()).toMatchObject({ state: 'waiting', round: 1, planning: true })

    const planned = steps.run(planOf(steps, [sampleRequest(steps.aggregate)]))
    expect(steps.request()).toMatchObject({ state: 'open', handle: { token: 'sample' } })
    expect(steps.signing()).toMatchObject({ state: 'sent', planning: false })
    expect(planned.jobs).toEqual([{ kind: 'tick', at: steps.request().window?.expiresAt }])

    steps.run({ kind: 'observed', request: steps.request().id, observation: { kind: 'opened' } })
    expect(steps.signing().state).toBe('viewed')

    const received = steps.run(submissionOf(steps.request().id, steps.request().contents, 'a'))
    expect(received.jobs.map((job) => job.kind)).toEqual(['verify', 'verify'])
    expect(steps.signing().state).toBe('received')

    const [first, second] = steps.aggregate.artifacts
    if (first === undefined || second === undefined) {
      throw new Error('two artifacts were sent')
    }
    steps.run({ kind: 'verified', artifact: first.id, verdict: passed })
    expect(steps.signing().state).toBe('received')
    const last = steps.run({ kind: 'verified', artifact: second.id, verdict: passed })
    expect(steps.signing().state).toBe('signed')
    expect(steps.request()).toMatchObject({ state: 'closed', outcome: 'signed' })
    expect(steps.aggregate.envelope.state).toBe('completed')
    expect(last.jobs).toEqual([{ kind: 'conclude' }])
    expect(last.events.map((event) => event.type)).toEqual([
      'artifact.accepted',
      'request.closed',
      'signing.signed',
      'envelope.completed',
    ])
  })

  it('starts a later group only when every signing of the earlier ones is signed', () => {
    const steps = beginSteps(
      sampleDraft({
        recipients: [
          sampleRecipient(1, { orderGroup: 1 }),
          sampleRecipient(2, { orderGroup: 1 }),
          sampleRecipient(3, { orderGroup: 5 }),
        ],
      }),
    )
    steps.run({ kind: 'send', actor: clerk })
    expect(steps.aggregate.signings.map((signing) => signing.round)).toEqual([1, 1, 0])
    for (const index of [0, 1, 2]) {
      const id = steps.signing(index).id
      steps.run(planOf(steps, [sampleRequest(steps.aggregate)], id))
      steps.run(submissionOf(steps.request().id, steps.request().contents, `${index}`))
      const artifact = steps.aggregate.artifacts.at(-1)
      if (artifact === undefined) {
        throw new Error('an artifact was sent')
      }
      expect(steps.signing(2).round).toBe(index === 2 ? 1 : 0)
      steps.run({ kind: 'verified', artifact: artifact.id, verdict: passed })
    }
    expect(steps.aggregate.envelope.state).toBe('completed')
  })

  it('keeps untouched rows the same objects and counts one version a change', () => {
    const steps = beginSteps(
      sampleDraft({ documents: 2, recipients: [sampleRecipient(1), sampleRecipient(2)] }),
    )
    steps.run({ kind: 'send', actor: clerk })
    const before = steps.aggregate
    steps.run(planOf(steps, [sampleRequest(steps.aggregate)]))
    expect(steps.aggregate.envelope.version).toBe(before.envelope.version + 1)
    expect(steps.signing(1)).toBe(before.signings[1])
    expect(steps.aggregate.documents).toBe(before.documents)
    const repeat = steps.run(planOf(steps, [sampleRequest(steps.aggregate)]))
    expect(repeat).toEqual({ moved: false, events: [], jobs: [] })
  })

  it('leaves what came in as it was', () => {
    const draft = sampleDraft()
    const frozen = structuredClone(draft)
    const steps = beginSteps(draft)
    steps.run({ kind: 'send', actor: clerk })
    expect(draft).toEqual(frozen)
    expect(
      transition(draft, { kind: 'send', actor: clerk }, { now: steps.now, ids: { next: String } }),
    ).toMatchObject({ ok: true })
  })
})
