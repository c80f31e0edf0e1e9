import { describe, expect, it } from 'vitest'
import type { EnvelopeAggregate } from '../model.ts'
import { clerk, failed, passed, sampleDraft, sampleRequest } from '../testing/samples.ts'
import { beginSteps, planOf, submissionOf } from '../testing/steps.ts'
import { checkForward } from './check-forward.ts'
import { checkInvariants } from './check-invariants.ts'

function completed(): EnvelopeAggregate {
  const steps = beginSteps(sampleDraft())
  steps.run({ kind: 'send', actor: clerk })
  steps.run(planOf(steps, [sampleRequest(steps.aggregate)]))
  steps.run(submissionOf(steps.request().id, steps.request().contents, 'a'))
  steps.pass(1)
  const [artifact] = steps.aggregate.artifacts
  steps.run({ kind: 'verified', artifact: artifact?.id ?? ('' as never), verdict: passed })

  return steps.aggregate
}

type Rows = Exclude<keyof EnvelopeAggregate, 'envelope'>

/** The aggregate with every row of a part changed. */
function tamper<Part extends Rows>(
  part: Part,
  change: Partial<EnvelopeAggregate[Part][number]>,
): EnvelopeAggregate {
  const aggregate = completed()

  return { ...aggregate, [part]: aggregate[part].map((row) => ({ ...row, ...change })) }
}

describe('the invariants', () => {
  it('hold of a completed envelope', () => {
    expect(checkInvariants(completed())).toEqual([])
  })

  it.each<[string, EnvelopeAggregate]>([
    ['though not every signing is signed', tamper('signings', { state: 'voided' })],
    ['without a verified artifact over each document', { ...completed(), artifacts: [] }],
    [
      'without a verified artifact over each document',
      tamper('artifacts', { standing: 'refused' }),
    ],
    ['against its verdict', tamper('artifacts', { verdict: failed })],
    ['against its verdict', tamper('artifacts', { verdict: { ...passed, identity: 'unknown' } })],
    ['without a verdict', tamper('artifacts', { verdict: undefined })],
    ['late though it came in time', tamper('artifacts', { standing: 'late' })],
    [
      'is sent though every signing has ended',
      { ...completed(), envelope: { ...completed().envelope, state: 'sent', endedAt: undefined } },
    ],
    ['its end time does not say so', envelopeWith({ endedAt: undefined })],
    ['was never sent', envelopeWith({ sentAt: undefined })],
    ['plans though it is not open', tamper('signings', { planning: true })],
    ['its outcome does not say so', tamper('requests', { outcome: undefined })],
    ['is not being ended', tamper('requests', { state: 'unknown', outcome: undefined })],
    ['closing it is ours alone', tamper('requests', { state: 'open', outcome: undefined })],
    ['that its recipient is not allowed', tamper('requests', { method: 'OTHER' })],
    ['over contents that are not stored', { ...completed(), contents: [] }],
    ['belongs to no round of its signing', tamper('requests', { round: 9 })],
    ['has holes between its order groups', tamper('recipients', { orderGroup: 2 })],
    ['has documents out of order', tamper('documents', { position: 1 })],
    ['has not one signing for each recipient', { ...completed(), signings: [] }],
    ['has no document', { ...completed(), documents: [] }],
    [
      'accepted by a person without',
      tamper('signings', { acceptedBy: { actor: clerk, reason: ' ', at: '' as never } }),
    ],
  ])('find an envelope that is broken: %s', (sign, aggregate) => {
    expect(checkInvariants(aggregate).join('\n')).toContain(sign)
  })

  it('name no person and no document', () => {
    const broken = JSON.stringify(checkInvariants({ ...completed(), signings: [], artifacts: [] }))
    expect(broken).not.toContain('Сынақ')
    expect(broken).not.toContain('Договор')
  })
})

function envelopeWith(change: Partial<EnvelopeAggregate['envelope']>): EnvelopeAggregate {
  const aggregate = completed()

  return { ...aggregate, envelope: { ...aggregate.envelope, ...change } }
}

describe('two states that follow each other', () => {
  const next = (change: Partial<EnvelopeAggregate>): EnvelopeAggregate => {
    const aggregate = completed()
    const version = aggregate.envelope.version + 1

    return { ...aggregate, envelope: { ...aggregate.envelope, version }, ...change }
  }
  const before = completed()

  it('may be alike', () => {
    expect(checkForward(before, before)).toEqual([])
    const same = {
      ...before,
      envelope: { ...before.envelope, version: before.envelope.version + 1 },
    }
    expect(checkForward(before, same)).toEqual([])
  })

  it.each<[string, Partial<EnvelopeAggregate>]>([
    ['disappeared', { artifacts: [] }],
    ['changed its documents', { documents: [] }],
    ['from signed to sent', { signings: tamper('signings', { state: 'sent' }).signings }],
    ['changed after its end', { signings: tamper('signings', { round: 2 }).signings }],
    [
      'from closed to open',
      { requests: tamper('requests', { state: 'open', outcome: undefined }).requests },
    ],
    ['from signed to expired', { requests: tamper('requests', { outcome: 'expired' }).requests }],
    ['forgot its handle', { requests: tamper('requests', { handle: undefined }).requests }],
    [
      'from accepted to refused',
      { artifacts: tamper('artifacts', { standing: 'refused' }).artifacts },
    ],
    ['lost its verdict', { artifacts: tamper('artifacts', { verdict: undefined }).artifacts }],
    [
      'is not what was received',
      { artifacts: tamper('artifacts', { sha256: '0' as never }).artifacts },
    ],
  ])('are found when something %s', (sign, change) => {
    const { signings, requests, ...rest } = before
    const base = { ...rest, signings, requests }
    expect(
      checkForward(base, { ...base, envelope: next({}).envelope, ...change }).join(),
    ).toContain(sign)
  })

  it('must be one version apart', () => {
    expect(checkForward(before, { ...before, signings: [...before.signings] }).join()).toContain(
      'version',
    )
  })
})
