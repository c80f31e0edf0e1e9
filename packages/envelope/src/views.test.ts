import { describe, expect, it } from 'vitest'
import type { ArtifactId, RequestId, SigningId } from './ids.ts'
import { clerk, digestOf, failed, passed, sampleDraft, sampleRequest } from './testing/samples.ts'
import { beginSteps, planOf, type Steps, submissionOf } from './testing/steps.ts'
import {
  openRequests,
  plannedView,
  requestView,
  signingProgress,
  submissionOutcome,
} from './views.ts'

function open(): Steps {
  const steps = beginSteps(sampleDraft({ documents: 2 }))
  steps.run({ kind: 'send', actor: clerk })
  steps.run(planOf(steps, [sampleRequest(steps.aggregate)]))

  return steps
}

describe('the view of a request', () => {
  it('shows a provider its contents in order, its recipient and nothing of others', () => {
    const steps = open()
    const view = requestView(steps.aggregate, steps.request().id)
    expect(view).toMatchObject({ closed: false, accepted: false, title: 'Договор поставки' })
    expect(view?.contents.map((each) => [each.position, each.document.fileName])).toEqual([
      [0, 'document-0.pdf'],
      [1, 'document-1.pdf'],
    ])
    expect(view?.recipient).toBe(steps.aggregate.recipients[0])
    expect(requestView(steps.aggregate, 'req_none' as RequestId)).toBeUndefined()
  })

  it('takes a submission to be as good as its worst signature', () => {
    const steps = open()
    const { id, contents } = steps.request()
    steps.run(submissionOf(id, contents, 'a'))
    const outcome = () => submissionOutcome(steps.aggregate, id, digestOf('submission a'))
    const listed = () => requestView(steps.aggregate, id)?.submissions.map((each) => each.outcome)
    expect([outcome(), listed()]).toEqual([{ kind: 'pending' }, ['pending']])
    steps.run({ kind: 'verified', artifact: 'art_1' as ArtifactId, verdict: passed })
    expect([outcome(), listed()]).toEqual([{ kind: 'pending' }, ['pending']])
    steps.run({ kind: 'verified', artifact: 'art_2' as ArtifactId, verdict: failed })
    expect(outcome()).toEqual({ kind: 'refused', code: 'SIG_CRYPTO_FAILURE', content: contents[1] })
    expect(listed()).toEqual(['refused'])
    expect(submissionOutcome(steps.aggregate, id, digestOf('none'))).toBeUndefined()
  })

  it('is accepted only when every content is', () => {
    const steps = open()
    steps.run(submissionOf(steps.request().id, steps.request().contents, 'a'))
    const isAccepted = () => requestView(steps.aggregate, steps.request().id)?.accepted
    steps.run({ kind: 'verified', artifact: 'art_1' as ArtifactId, verdict: passed })
    expect(isAccepted()).toBe(false)
    steps.run({ kind: 'verified', artifact: 'art_2' as ArtifactId, verdict: passed })
    expect(isAccepted()).toBe(true)
  })

  it('can be made before the request is, for the question of its first step', () => {
    const { documents, recipients } = sampleDraft()
    const [document] = documents
    const [recipient] = recipients
    if (document === undefined || recipient === undefined) {
      throw new Error('a sample has both')
    }
    const content = { document, sha256: document.sha256, size: document.size }
    const view = plannedView({ title: 't', method: 'M', recipient, contents: [content] })
    expect(view).toMatchObject({ handle: undefined, closed: false, contents: [{ position: 0 }] })
  })
})

describe('the progress of a signing', () => {
  it('names the best artifact of each document', () => {
    const steps = open()
    const { id } = steps.signing()
    expect(signingProgress(steps.aggregate, id)?.documents.map((each) => each.standing)).toEqual([
      'none',
      'none',
    ])
    steps.run(submissionOf(steps.request().id, steps.request().contents, 'a'))
    steps.run({ kind: 'verified', artifact: 'art_1' as ArtifactId, verdict: failed })
    steps.run(submissionOf(steps.request().id, steps.request().contents, 'b'))
    steps.run({ kind: 'verified', artifact: 'art_3' as ArtifactId, verdict: passed })
    expect(signingProgress(steps.aggregate, id)).toMatchObject({
      final: false,
      canAcceptHeld: false,
      canRenew: true,
      documents: [{ standing: 'accepted', artifact: 'art_3' }, { standing: 'pending' }],
    })
    expect(signingProgress(steps.aggregate, 'sgn_none' as SigningId)).toBeUndefined()
  })

  it('can be renewed exactly when a renewal is not refused', () => {
    const steps = open()
    const { id } = steps.signing()
    const canRenew = () => signingProgress(steps.aggregate, id)?.canRenew
    expect(canRenew()).toBe(true)
    steps.run({ kind: 'renew', signing: id, actor: clerk })
    expect(canRenew()).toBe(false)
    expect(steps.refused({ kind: 'renew', signing: id, actor: clerk })).toBe('signing.planning')
  })
})

describe('open requests', () => {
  it('are those that a provider may still speak of', () => {
    const steps = open()
    expect(openRequests(steps.aggregate)).toEqual([steps.request()])
    steps.run({ kind: 'void', actor: clerk, reason: 'wrong price' })
    expect(openRequests(steps.aggregate)).toEqual([])
  })
})
