import { describe, expect, it } from 'vitest'
import type { ArtifactId } from '../ids.ts'
import type { RequestTraits } from '../model.ts'
import {
  clerk,
  epoch,
  failed,
  localTraits,
  passed,
  sampleDraft,
  sampleRecipient,
  sampleRequest,
  undecided,
} from '../testing/samples.ts'
import { beginSteps, planOf, type Steps, submissionOf } from '../testing/steps.ts'
import { instantAfter } from '../time.ts'

const windowMs = 300_000
const once: RequestTraits = { ...localTraits, renewal: 'none' }
const watched: RequestTraits = {
  cancel: 'none',
  idempotency: 'none',
  renewal: 'none',
  graceMs: 60_000,
}

function open(traits: RequestTraits, options: Parameters<typeof sampleDraft>[0] = {}): Steps {
  const steps = beginSteps(sampleDraft(options))
  steps.run({ kind: 'send', actor: clerk })
  for (const signing of steps.aggregate.signings) {
    if (signing.planning) {
      steps.run(planOf(steps, [sampleRequest(steps.aggregate, { traits })], signing.id))
    }
  }

  return steps
}

function submit(steps: Steps, index = 0): ArtifactId {
  const request = steps.request(index)
  steps.run(submissionOf(request.id, request.contents, `of ${index}`))

  return steps.aggregate.artifacts.at(-1)?.id ?? ('' as ArtifactId)
}

describe('a window', () => {
  it('that ends closes the request and leaves an on-demand signing open', () => {
    const steps = open(localTraits)
    steps.pass(windowMs - 1)
    expect(steps.run({ kind: 'tick' }).moved).toBe(false)
    steps.pass(1)
    steps.run({ kind: 'tick' })
    expect(steps.request()).toMatchObject({ state: 'closed', outcome: 'expired' })
    expect(steps.signing().state).toBe('sent')
  })

  it('that ends the last request that cannot be renewed expires signing and envelope', () => {
    const steps = open(once, { recipients: [sampleRecipient(1), sampleRecipient(2)] })
    submit(steps, 0)
    steps.run({ kind: 'verified', artifact: 'art_1' as ArtifactId, verdict: passed })
    steps.pass(windowMs)
    steps.run({ kind: 'tick' })
    expect(steps.aggregate.signings.map((each) => each.state)).toEqual(['signed', 'expired'])
    expect(steps.aggregate.envelope.state).toBe('expired')
    expect(steps.jobs.at(-1)).toEqual({ kind: 'conclude' })
  })

  it('waits for the judgement of what came in time', () => {
    const steps = open(once)
    const artifact = submit(steps)
    steps.pass(windowMs)
    steps.run({ kind: 'tick' })
    expect(steps.request().state).toBe('open')
    steps.run({ kind: 'verified', artifact, verdict: passed })
    expect(steps.request().outcome).toBe('signed')
    expect(steps.aggregate.envelope.state).toBe('completed')
  })

  it('ends at once when what came in time is refused', () => {
    const steps = open(once)
    const artifact = submit(steps)
    steps.pass(windowMs)
    steps.run({ kind: 'verified', artifact, verdict: failed })
    expect(steps.request().outcome).toBe('expired')
    expect(steps.aggregate.envelope.state).toBe('expired')
  })

  it('of a service that we watch is not ours to close: it may hold a signature made in time', () => {
    const steps = open(watched)
    steps.pass(windowMs)
    expect(steps.run({ kind: 'tick' }).moved).toBe(false)
    steps.pass(60_000)
    steps.run({ kind: 'tick' })
    expect(steps.request()).toMatchObject({
      state: 'open',
      attention: { kind: 'provider', code: 'overdue' },
    })
    expect(steps.run({ kind: 'tick' }).moved).toBe(false)
    steps.run({ kind: 'observed', request: steps.request().id, observation: { kind: 'expired' } })
    expect(steps.aggregate.envelope.state).toBe('expired')
  })

  it('that is overdue does not hide what a person must look at already', () => {
    const steps = open(watched)
    const artifact = submit(steps)
    steps.run({ kind: 'verified', artifact, verdict: failed })
    steps.pass(windowMs + 60_000)
    steps.run({ kind: 'tick' })
    expect(steps.request()).toMatchObject({ state: 'open', attention: { kind: 'verifier' } })
  })

  it('ends what a watched service has delivered and what was refused', () => {
    const steps = open(watched)
    const said = { kind: 'said-signed' } as const
    steps.run({ kind: 'observed', request: steps.request().id, observation: said })
    const artifact = submit(steps)
    steps.run({ kind: 'verified', artifact, verdict: failed })
    expect(steps.request().state).toBe('open')
    steps.pass(windowMs + 60_000)
    steps.run({ kind: 'tick' })
    expect(steps.request()).toMatchObject({ state: 'closed', outcome: 'expired' })
    expect(steps.aggregate.envelope.state).toBe('expired')
  })
})

describe('the deadline', () => {
  const deadline = instantAfter(epoch, 60_000)

  it('expires what is open, also what nobody was asked for yet', () => {
    const steps = open(localTraits, {
      deadline,
      recipients: [sampleRecipient(1), sampleRecipient(2, { orderGroup: 2 })],
    })
    steps.pass(60_000)
    steps.run({ kind: 'tick' })
    expect(steps.aggregate.signings.map((each) => each.state)).toEqual(['expired', 'expired'])
    expect(steps.aggregate.envelope.state).toBe('expired')
    expect(steps.request()).toMatchObject({ state: 'closed', outcome: 'cancelled' })
  })

  it('holds whether or not its tick has run', () => {
    const steps = open(localTraits, { deadline })
    steps.pass(60_000)
    expect(steps.refused({ kind: 'renew', signing: steps.signing().id, actor: clerk })).toBe(
      'signing.ended',
    )
    submit(steps)
    expect(steps.aggregate.artifacts[0]?.standing).toBe('late')
  })

  it('waits for the judgement of what came in time, then completes', () => {
    const steps = open(localTraits, { deadline })
    const artifact = submit(steps)
    steps.pass(60_000)
    expect(steps.run({ kind: 'tick' }).moved).toBe(false)
    steps.run({ kind: 'verified', artifact, verdict: undecided })
    expect(steps.aggregate.envelope.state).toBe('sent')
    steps.run({ kind: 'verified', artifact, verdict: passed })
    expect(steps.aggregate.envelope.state).toBe('completed')
  })

  it('signs who came in time although another did not come', () => {
    const steps = open(localTraits, {
      deadline,
      recipients: [sampleRecipient(1), sampleRecipient(2)],
    })
    const artifact = submit(steps)
    steps.pass(60_000)
    steps.run({ kind: 'tick' })
    expect(steps.aggregate.signings.map((each) => each.state)).toEqual(['received', 'expired'])
    steps.run({ kind: 'verified', artifact, verdict: passed })
    expect(steps.aggregate.signings.map((each) => each.state)).toEqual(['signed', 'expired'])
    expect(steps.aggregate.envelope.state).toBe('expired')
  })

  it('does not wait for what is held when the envelope cannot be completed any more', () => {
    const steps = open(localTraits, {
      deadline,
      recipients: [sampleRecipient(1), sampleRecipient(2)],
    })
    const artifact = submit(steps)
    steps.run({ kind: 'verified', artifact, verdict: undecided })
    steps.pass(60_000)
    steps.run({ kind: 'tick' })
    expect(steps.aggregate.envelope.state).toBe('expired')
  })

  it('cannot be past when a draft is sent', () => {
    const steps = beginSteps(sampleDraft({ deadline }))
    steps.pass(60_000)
    expect(steps.refused({ kind: 'send', actor: clerk })).toBe('envelope.deadline-passed')
    expect(steps.aggregate.envelope.state).toBe('draft')
  })
})

describe('a tick', () => {
  it('is owed once for each due moment', () => {
    const steps = open(localTraits, { deadline: instantAfter(epoch, 900_000) })
    const ticks = steps.jobs.filter((job) => job.kind === 'tick')
    expect(ticks).toEqual([
      { kind: 'tick', at: instantAfter(epoch, 900_000) },
      { kind: 'tick', at: instantAfter(epoch, windowMs) },
    ])
  })

  it('that comes a little early asks to come again', () => {
    const steps = open(localTraits)
    steps.pass(windowMs - 5)
    expect(steps.run({ kind: 'tick' })).toEqual({
      moved: false,
      events: [],
      jobs: [{ kind: 'tick', at: instantAfter(epoch, windowMs) }],
    })
  })
})

describe('a request that its service ends for a reason of its own', () => {
  it('gives the signing and the envelope that reason', () => {
    const steps = open(watched)
    steps.run({
      kind: 'observed',
      request: steps.request().id,
      observation: { kind: 'refused', code: 'recipient-not-found' },
    })

    expect(steps.signing()).toMatchObject({ state: 'failed', reason: 'recipient-not-found' })
    expect(steps.aggregate.envelope).toMatchObject({
      state: 'failed',
      reason: 'recipient-not-found',
    })
  })
})
