import { describe, expect, it } from 'vitest'
import type { ArtifactId } from '../ids.ts'
import {
  clerk,
  digestOf,
  failed,
  passed,
  sampleDraft,
  sampleRecipient,
  sampleRequest,
  undecided,
} from '../testing/samples.ts'
import { beginSteps, planOf, type Steps, submissionOf } from '../testing/steps.ts'
import { instantAfter } from '../time.ts'
import { submissionOutcome } from '../views.ts'

function open(options: Parameters<typeof sampleDraft>[0] = {}): Steps {
  const steps = beginSteps(sampleDraft(options))
  steps.run({ kind: 'send', actor: clerk })
  steps.run(planOf(steps, [sampleRequest(steps.aggregate)]))

  return steps
}

function submit(steps: Steps, text = 'a') {
  return steps.run(submissionOf(steps.request(0).id, steps.request(0).contents, text))
}

function artifactOf(steps: Steps, index = -1): ArtifactId {
  return steps.aggregate.artifacts.at(index)?.id ?? ('' as ArtifactId)
}

describe('a submission', () => {
  it('that comes again changes nothing but the audit', () => {
    const steps = open()
    submit(steps)
    const again = submit(steps)
    expect(again).toMatchObject({ moved: false, jobs: [] })
    expect(again.events.map((event) => event.type)).toEqual(['artifact.repeated'])
    expect(submit(steps, 'b').moved).toBe(true)
  })

  it('is refused over contents of another request, twice over one, or before it was shown', () => {
    const steps = open({ recipients: [sampleRecipient(1), sampleRecipient(2)] })
    const good = submissionOf(steps.request(0).id, steps.request(0).contents, 'a')
    const strange = submissionOf(steps.request(0).id, ['cnt_strange' as never], 'a')
    expect(steps.refused(strange)).toBe('content.unknown')
    expect(steps.refused({ ...good, artifacts: [...good.artifacts, ...good.artifacts] })).toBe(
      'artifact.duplicate',
    )
    const call = sampleRequest(steps.aggregate, { opening: { kind: 'call' } })
    steps.run(planOf(steps, [call], steps.signing(1).id))
    expect(steps.refused(submissionOf(steps.request(1).id, steps.request(1).contents, 'a'))).toBe(
      'request.not-open',
    )
    expect(steps.run(good).moved).toBe(true)
  })

  it('after the end is kept as late', () => {
    const steps = open()
    steps.run({ kind: 'void', actor: clerk, reason: 'wrong price' })
    submit(steps)
    expect(steps.aggregate.artifacts[0]?.standing).toBe('late')
    const { id } = steps.request(0)
    expect(submissionOutcome(steps.aggregate, id, digestOf('submission a'))).toEqual({
      kind: 'late',
    })
  })

  it('after the deadline is late although another signing is still being judged', () => {
    const deadline = instantAfter(sampleDraft().envelope.createdAt, 60_000)
    const steps = open({ documents: 1, deadline })
    submit(steps)
    steps.pass(60_000)
    submit(steps, 'b')
    expect(steps.aggregate.artifacts.map((each) => each.standing)).toEqual(['pending', 'late'])
    steps.run({ kind: 'verified', artifact: artifactOf(steps, 0), verdict: passed })
    expect(steps.aggregate.envelope.state).toBe('completed')
  })
})

describe('a verdict', () => {
  it.each([
    ['content', { ...passed, content: 'mismatch' }],
    ['person', { ...passed, identity: 'mismatch' }],
    ['person', { ...passed, identity: 'unknown' }],
    ['person', { ...undecided, identity: 'unknown' }],
    ['verifier', failed],
    ['verifier', { ...failed, identity: 'unknown' }],
  ] as const)(
    'that does not match asks for attention to the %s and ends nothing',
    (kind, verdict) => {
      const steps = open()
      submit(steps)
      steps.run({ kind: 'verified', artifact: artifactOf(steps), verdict })
      expect(steps.aggregate.artifacts[0]?.standing).toBe('refused')
      expect(steps.request()).toMatchObject({ state: 'open', attention: { kind } })
      expect(steps.signing().state).toBe('received')
      submit(steps, 'b')
      steps.run({ kind: 'verified', artifact: artifactOf(steps), verdict: passed })
      expect(steps.signing().state).toBe('signed')
      expect(steps.request().attention).toBeUndefined()
    },
  )

  it('that is INDETERMINATE holds, keeps the request open and asks for another look', () => {
    const steps = open()
    submit(steps)
    const held = steps.run({ kind: 'verified', artifact: artifactOf(steps), verdict: undecided })
    expect(steps.signing().state).toBe('held')
    expect(steps.request().state).toBe('open')
    expect(held.jobs).toEqual([
      { kind: 'recheck', artifact: artifactOf(steps), at: instantAfter(steps.now, 60_000) },
    ])
    submit(steps, 'b')
    steps.run({ kind: 'verified', artifact: artifactOf(steps), verdict: passed })
    expect(steps.aggregate.envelope.state).toBe('completed')
  })

  it('that is held still is looked at less and less often', () => {
    const steps = open()
    submit(steps)
    const pauses = [0, 11 * 60_000, 3 * 3_600_000, 72 * 3_600_000].map((ageMs) => {
      steps.pass(ageMs)
      const { jobs } = steps.run({
        kind: 'verified',
        artifact: artifactOf(steps),
        verdict: undecided,
      })
      const [job] = jobs

      return job?.kind === 'recheck' ? Date.parse(job.at) - Date.parse(steps.now) : undefined
    })
    expect(pauses).toEqual([60_000, 600_000, 3_600_000, 43_200_000])
  })

  it('that comes later about an accepted artifact is a new report only', () => {
    const steps = open()
    submit(steps)
    steps.run({ kind: 'verified', artifact: artifactOf(steps), verdict: passed })
    const again = steps.run({ kind: 'verified', artifact: artifactOf(steps), verdict: passed })
    expect(again).toEqual({ moved: false, events: [], jobs: [] })
    const revoked = steps.run({ kind: 'verified', artifact: artifactOf(steps), verdict: failed })
    expect(revoked).toMatchObject({ moved: false, jobs: [] })
    expect(revoked.events.map((event) => event.type)).toEqual(['artifact.rechecked'])
    expect(steps.aggregate.envelope.state).toBe('completed')
  })

  it('after completion leaves the evidence as it was handed out', () => {
    const steps = open()
    submit(steps)
    steps.run({ kind: 'verified', artifact: artifactOf(steps), verdict: passed })
    submit(steps, 'b')
    const late = steps.run({ kind: 'verified', artifact: artifactOf(steps), verdict: passed })
    expect(steps.aggregate.artifacts.at(-1)).toMatchObject({ standing: 'late', verdict: passed })
    expect(late.jobs).toEqual([])
  })

  it('that comes after a void is kept, and nobody is told that all is well', () => {
    const steps = open()
    submit(steps)
    steps.run({ kind: 'void', actor: clerk, reason: 'wrong price' })
    const judged = steps.run({ kind: 'verified', artifact: artifactOf(steps), verdict: passed })
    expect(steps.aggregate.artifacts[0]?.standing).toBe('accepted')
    expect(steps.signing().state).toBe('voided')
    expect(judged.jobs).toEqual([{ kind: 'conclude' }])
    const { id } = steps.request(0)
    expect(submissionOutcome(steps.aggregate, id, digestOf('submission a'))).toEqual({
      kind: 'late',
    })
  })
})

describe('accepting what is held', () => {
  it('needs a held signing, a reason and something over each document', () => {
    const steps = open({ documents: 2 })
    const accept = { kind: 'accept-held', signing: steps.signing().id, actor: clerk } as const
    expect(steps.refused({ ...accept, reason: 'seen' })).toBe('signing.not-held')
    const [first, second] = steps.request().contents
    if (first === undefined || second === undefined) {
      throw new Error('two contents were planned')
    }
    steps.run(submissionOf(steps.request().id, [first], 'a'))
    steps.run({ kind: 'verified', artifact: artifactOf(steps), verdict: undecided })
    expect(steps.refused({ ...accept, reason: ' ' })).toBe('reason.missing')
    expect(steps.refused({ ...accept, reason: 'seen' })).toBe('signing.not-covered')
    steps.run(submissionOf(steps.request().id, [second], 'b'))
    steps.run({ kind: 'verified', artifact: artifactOf(steps), verdict: passed })
    const accepted = steps.run({ ...accept, reason: ' seen ' })
    expect(accepted.events[0]).toMatchObject({ type: 'signing.accepted', actor: clerk })
    expect(steps.signing()).toMatchObject({
      state: 'signed',
      acceptedBy: { actor: clerk, reason: 'seen', at: steps.now },
    })
    expect(steps.request()).toMatchObject({ state: 'closed', outcome: 'signed' })
    expect(steps.aggregate.artifacts.map((each) => each.standing)).toEqual(['held', 'accepted'])
    expect(steps.aggregate.envelope.state).toBe('completed')
    expect(steps.refused({ ...accept, reason: 'seen' })).toBe('signing.ended')
  })

  it('stays accepted when the verifier says later that it failed', () => {
    const steps = open()
    submit(steps)
    steps.run({ kind: 'verified', artifact: artifactOf(steps), verdict: undecided })
    steps.run({
      kind: 'accept-held',
      signing: steps.signing().id,
      actor: clerk,
      reason: 'seen',
    })
    const later = steps.run({ kind: 'verified', artifact: artifactOf(steps), verdict: failed })
    expect(later.moved).toBe(false)
    expect(later.events.map((event) => event.type)).toEqual(['artifact.rechecked'])
  })
})
