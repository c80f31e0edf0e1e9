import { describe, expect, it } from 'vitest'
import type { ConnectionId } from '../ids.ts'
import type { NewRequest } from '../inputs.ts'
import {
  clerk,
  digestOf,
  passed,
  sampleDraft,
  sampleRecipient,
  sampleRequest,
} from '../testing/samples.ts'
import { beginSteps, planOf, type Steps, submissionOf } from '../testing/steps.ts'
import { instantAfter } from '../time.ts'

function sent(options: Parameters<typeof sampleDraft>[0] = {}): Steps {
  const steps = beginSteps(sampleDraft(options))
  steps.run({ kind: 'send', actor: clerk })

  return steps
}

/** Two ways to sign, as one recipient is allowed them. */
const twoWays = [
  { provider: 'sample', method: 'SAMPLE', connection: 'con_sample' as ConnectionId },
  { provider: 'other', method: 'OTHER', connection: 'con_other' as ConnectionId },
]

function otherWay(request: NewRequest, overrides: Partial<NewRequest> = {}): NewRequest {
  return {
    ...request,
    provider: 'other',
    method: 'OTHER',
    connection: 'con_other' as ConnectionId,
    ...overrides,
  }
}

describe('a plan', () => {
  it('is refused when it leaves out a document, or asks for one twice', () => {
    const steps = sent({ documents: 2 })
    const request = sampleRequest(steps.aggregate)
    const half = { ...request, contents: request.contents.slice(0, 1) }
    expect(steps.refused(planOf(steps, [half]))).toBe('plan.incomplete')
    expect(steps.refused(planOf(steps, [request, half]))).toBe('plan.incomplete')
    expect(steps.refused(planOf(steps, []))).toBe('plan.incomplete')
    const rest = { ...request, contents: request.contents.slice(1) }
    expect(steps.run(planOf(steps, [half, rest])).moved).toBe(true)
  })

  it('is refused when it goes a way that the sender did not allow', () => {
    const steps = sent()
    const request = sampleRequest(steps.aggregate)
    expect(steps.refused(planOf(steps, [otherWay(request)]))).toBe('plan.method-not-allowed')
  })

  it('is refused when a seal of it is due already', () => {
    const steps = sent()
    const seal = {
      purpose: 'package',
      key: 'attended' as const,
      items: [{ name: 'req.xml', sha256: digestOf('req'), size: 7, format: 'CMS' }],
    }
    const request = sampleRequest(steps.aggregate)
    const planWith = (due: typeof steps.now) =>
      planOf(steps, [{ ...request, seals: [{ ...seal, due }] }])
    expect(steps.refused(planWith(steps.now))).toBe('plan.seal-due')
    steps.run(planWith(instantAfter(steps.now, 1)))
    expect(steps.signing().state).toBe('sealing')
  })

  it('does nothing for another round than the one that is awaited', () => {
    const steps = sent()
    const plan = planOf(steps, [sampleRequest(steps.aggregate)])
    if (plan.kind !== 'planned') {
      throw new Error('a plan was made')
    }
    expect(steps.run({ ...plan, round: 2 }).moved).toBe(false)
    expect(steps.run(plan).moved).toBe(true)
    expect(steps.run(plan).moved).toBe(false)
  })

  it('shares a content between signings and derives another one anew', () => {
    const steps = sent({ recipients: [sampleRecipient(1), sampleRecipient(2)] })
    const request = sampleRequest(steps.aggregate)
    steps.run(planOf(steps, [request]))
    const derived = {
      ...request,
      contents: request.contents.map((each) => ({
        ...each,
        derivation: 'utf8-of-base64' as const,
        sha256: digestOf('derived'),
      })),
    }
    steps.run(planOf(steps, [derived], steps.signing(1).id))
    expect(steps.aggregate.contents).toHaveLength(2)
    steps.run({ kind: 'renew', signing: steps.signing(1).id, actor: clerk })
    steps.run(planOf(steps, [request], steps.signing(1).id))
    expect(steps.aggregate.contents).toHaveLength(2)
    expect(steps.request(2).contents).toEqual(steps.request(0).contents)
  })

  it('lets the first accepted method win and supersedes the others', () => {
    const steps = sent({ recipients: [sampleRecipient(1, { methods: twoWays })] })
    const request = sampleRequest(steps.aggregate)
    steps.run(planOf(steps, [request, otherWay(request)]))
    expect(steps.aggregate.requests.map((each) => each.state)).toEqual(['open', 'open'])
    steps.run(submissionOf(steps.request(1).id, steps.request(1).contents, 'a'))
    const [artifact] = steps.aggregate.artifacts
    steps.run({ kind: 'verified', artifact: artifact?.id ?? ('' as never), verdict: passed })
    expect(steps.aggregate.requests.map((each) => each.outcome)).toEqual(['superseded', 'signed'])
    expect(steps.aggregate.envelope.state).toBe('completed')
  })

  it('joins the parts of a split package, and is not signed by one of them', () => {
    const steps = sent({ documents: 2 })
    const request = sampleRequest(steps.aggregate)
    steps.run(
      planOf(
        steps,
        request.contents.map((content) => ({ ...request, contents: [content] })),
      ),
    )
    for (const [index, expected] of ['received', 'signed'].entries()) {
      const part = steps.request(index)
      steps.run(submissionOf(part.id, part.contents, `part ${index}`))
      const artifact = steps.aggregate.artifacts.at(-1)
      steps.run({ kind: 'verified', artifact: artifact?.id ?? ('' as never), verdict: passed })
      expect(steps.signing().state).toBe(expected)
      expect(steps.request(index).outcome).toBe('signed')
    }
  })

  it('fails the envelope when it is refused for good', () => {
    const steps = sent({ recipients: [sampleRecipient(1), sampleRecipient(2)] })
    const refusal = { kind: 'plan-refused', round: 1, code: 'iin.missing' } as const
    steps.run({ ...refusal, signing: steps.signing().id })
    expect(steps.aggregate.signings.map((each) => each.state)).toEqual(['failed', 'voided'])
    expect(steps.aggregate.envelope).toMatchObject({ state: 'failed', reason: 'iin.missing' })
  })

  it('tops up: a way that is alive is not asked again', () => {
    const steps = sent({ recipients: [sampleRecipient(1, { methods: twoWays })] })
    const request = sampleRequest(steps.aggregate)
    const called = otherWay(request, {
      opening: { kind: 'call' },
      traits: { cancel: 'none', idempotency: 'none', renewal: 'none' },
    })
    steps.run(planOf(steps, [request, called]))
    steps.run({ kind: 'renew', signing: steps.signing().id, actor: clerk })
    steps.run(planOf(steps, [request, called]))
    expect(steps.aggregate.requests.map((each) => [each.method, each.round])).toEqual([
      ['SAMPLE', 1],
      ['OTHER', 1],
      ['SAMPLE', 2],
    ])
  })
})

describe('a renewal', () => {
  it('supersedes the open request before the next is planned', () => {
    const steps = sent()
    steps.run(planOf(steps, [sampleRequest(steps.aggregate)]))
    const renewed = steps.run({ kind: 'renew', signing: steps.signing().id, actor: clerk })
    expect(steps.request()).toMatchObject({ state: 'closed', outcome: 'superseded' })
    expect(renewed.jobs).toEqual([{ kind: 'plan', signing: steps.signing().id, round: 2 }])
    expect(steps.signing().state).toBe('sent')
  })

  it('is refused while one is planned, in the air, for the waiting and for the ended', () => {
    const steps = sent({
      recipients: [sampleRecipient(1), sampleRecipient(2, { orderGroup: 2 })],
    })
    const renew = { kind: 'renew', signing: steps.signing().id, actor: clerk } as const
    expect(steps.refused(renew)).toBe('signing.planning')
    expect(steps.refused({ ...renew, signing: steps.signing(1).id })).toBe('signing.waiting')
    steps.run(planOf(steps, [sampleRequest(steps.aggregate, { opening: { kind: 'call' } })]))
    expect(steps.refused(renew)).toBe('request.in-flight')
    steps.run({ kind: 'void', actor: clerk, reason: 'wrong price' })
    expect(steps.refused(renew)).toBe('signing.ended')
  })

  it('is refused where the service does not let a request be replaced', () => {
    const steps = sent()
    const traits = { cancel: 'none', idempotency: 'none', renewal: 'none' } as const
    steps.run(planOf(steps, [sampleRequest(steps.aggregate, { traits })]))
    const renew = { kind: 'renew', signing: steps.signing().id, actor: clerk } as const
    expect(steps.refused(renew)).toBe('request.not-renewable')
  })
})
