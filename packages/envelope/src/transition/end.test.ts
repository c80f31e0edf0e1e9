import { describe, expect, it } from 'vitest'
import type { RequestTraits } from '../model.ts'
import {
  clerk,
  localTraits,
  passed,
  sampleDraft,
  sampleRecipient,
  sampleRequest,
} from '../testing/samples.ts'
import { beginSteps, planOf, type Steps, submissionOf } from '../testing/steps.ts'

const watched: RequestTraits = { cancel: 'none', idempotency: 'none', renewal: 'none' }

function open(traits: RequestTraits = localTraits): Steps {
  const steps = beginSteps(sampleDraft({ recipients: [sampleRecipient(1), sampleRecipient(2)] }))
  steps.run({ kind: 'send', actor: clerk })
  for (const signing of steps.aggregate.signings) {
    steps.run(planOf(steps, [sampleRequest(steps.aggregate, { traits })], signing.id))
  }

  return steps
}

function sign(steps: Steps, index: number): void {
  const request = steps.request(index)
  steps.run(submissionOf(request.id, request.contents, `of ${index}`))
  const artifact = steps.aggregate.artifacts.at(-1)
  steps.run({ kind: 'verified', artifact: artifact?.id ?? ('' as never), verdict: passed })
}

describe('declining', () => {
  it('ends the envelope; signatures made stay', () => {
    const steps = open()
    sign(steps, 0)
    const declined = steps.run({
      kind: 'decline',
      signing: steps.signing(1).id,
      actor: { kind: 'signer', id: steps.signing(1).id },
      reason: 'wrong price',
    })
    expect(steps.aggregate.signings.map((each) => each.state)).toEqual(['signed', 'declined'])
    expect(steps.aggregate.envelope).toMatchObject({ state: 'declined', reason: 'wrong price' })
    expect(steps.aggregate.artifacts[0]?.standing).toBe('accepted')
    expect(declined.jobs).toEqual([{ kind: 'conclude' }])
    expect(JSON.stringify(declined.events)).not.toContain('wrong price')
  })

  it('twice is once; after another end it is refused', () => {
    const steps = open()
    const decline = { kind: 'decline', signing: steps.signing().id, actor: clerk } as const
    steps.run(decline)
    expect(steps.run(decline).moved).toBe(false)
    expect(steps.refused({ ...decline, signing: steps.signing(1).id })).toBe('signing.ended')
  })

  it('in the service counts, but not by a request that was superseded', () => {
    const steps = open({ ...localTraits, cancel: 'none' })
    const old = steps.request(0)
    steps.run({ kind: 'renew', signing: steps.signing().id, actor: clerk })
    expect(steps.request(0)).toMatchObject({ state: 'open', ending: 'superseded' })
    steps.run({ kind: 'observed', request: old.id, observation: { kind: 'declined' } })
    expect(steps.request(0)).toMatchObject({ state: 'closed', outcome: 'declined' })
    expect(steps.aggregate.envelope.state).toBe('sent')
    const other = steps.request(1)
    steps.run({ kind: 'observed', request: other.id, observation: { kind: 'declined' } })
    expect(steps.aggregate.envelope.state).toBe('declined')
  })
})

describe('voiding', () => {
  it('needs a reason and an envelope that goes on', () => {
    const steps = open()
    expect(steps.refused({ kind: 'void', actor: clerk, reason: '' })).toBe('reason.missing')
    steps.run({ kind: 'void', actor: clerk, reason: 'wrong price' })
    expect(steps.run({ kind: 'void', actor: clerk, reason: 'again' }).moved).toBe(false)
    expect(steps.aggregate.envelope.reason).toBe('wrong price')
    expect(steps.refused({ kind: 'send', actor: clerk })).toBe('envelope.ended')
    const completed = open()
    sign(completed, 0)
    sign(completed, 1)
    expect(completed.refused({ kind: 'void', actor: clerk, reason: 'late' })).toBe('envelope.ended')
  })

  it('keeps watching what it cannot stop, to its end', () => {
    const steps = open(watched)
    steps.run({ kind: 'void', actor: clerk, reason: 'wrong price' })
    expect(steps.request(0)).toMatchObject({ state: 'open', ending: 'cancelled' })
    const said = steps.run({
      kind: 'observed',
      request: steps.request(0).id,
      observation: { kind: 'said-signed' },
    })
    expect(said.jobs).toEqual([{ kind: 'collect', request: steps.request(0).id }])
    sign(steps, 0)
    expect(steps.aggregate.artifacts[0]).toMatchObject({ standing: 'late', verdict: passed })
    expect(steps.request(0)).toMatchObject({ state: 'closed', outcome: 'cancelled' })
    expect(steps.aggregate.envelope.state).toBe('voided')
  })

  it('of a draft ends it without any work', () => {
    const steps = beginSteps(sampleDraft())
    const voided = steps.run({ kind: 'void', actor: clerk, reason: 'wrong price' })
    expect(voided.jobs).toEqual([])
    expect(steps.aggregate.envelope.state).toBe('voided')
  })
})

describe('what a provider says', () => {
  it('moves a signing to viewed once, and repeats nothing', () => {
    const steps = open()
    const opened = {
      kind: 'observed',
      request: steps.request(0).id,
      observation: { kind: 'opened' },
    } as const
    expect(steps.run(opened).events.map((event) => event.type)).toEqual([
      'request.observed',
      'signing.viewed',
    ])
    expect(steps.run(opened)).toEqual({ moved: false, events: [], jobs: [] })
  })

  it('is never an outcome: said to be signed, it is fetched and judged', () => {
    const steps = open(watched)
    steps.run({
      kind: 'observed',
      request: steps.request(0).id,
      observation: { kind: 'said-signed' },
    })
    expect(steps.signing().state).toBe('sent')
  })

  it('of something that a person has to see is told once, however often it is seen', () => {
    const steps = open(watched)
    const flagged = {
      kind: 'observed',
      request: steps.request(0).id,
      observation: { kind: 'flagged', code: 'signature-missing', attention: 'provider' },
    } as const
    expect(steps.run(flagged).events.map((event) => event.type)).toEqual(['request.attention'])
    expect(steps.request(0).attention).toMatchObject({ code: 'signature-missing' })
    expect(steps.run(flagged)).toEqual({ moved: false, events: [], jobs: [] })
  })

  it('of a broken submission is kept in the audit each time and flagged once', () => {
    const steps = open()
    const rejected = {
      kind: 'observed',
      request: steps.request(0).id,
      observation: { kind: 'rejected', code: 'changed-id', attention: 'format' },
    } as const
    expect(steps.run(rejected).moved).toBe(true)
    const again = steps.run(rejected)
    expect(again.moved).toBe(false)
    expect(again.events.map((event) => event.type)).toEqual(['request.rejected'])
  })
})
