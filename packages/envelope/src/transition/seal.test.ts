import { describe, expect, it } from 'vitest'
import type { Instant, Sha256Hex } from '../ids.ts'
import { clerk, digestOf, sampleDraft, sampleRequest } from '../testing/samples.ts'
import { beginSteps, planOf, type Steps } from '../testing/steps.ts'
import { instantAfter } from '../time.ts'

const item = digestOf('req.xml')
const signature = digestOf('signature')

function sealing(key: 'attended' | 'unattended' = 'attended'): Steps {
  const steps = beginSteps(sampleDraft())
  steps.run({ kind: 'send', actor: clerk })
  planSeal(steps, key)

  return steps
}

function planSeal(steps: Steps, key: 'attended' | 'unattended'): void {
  const seal = {
    purpose: 'package',
    key,
    items: [{ name: 'req.xml', sha256: item, size: 7, format: 'CMS' }],
    due: instantAfter(steps.now, 60_000),
  }
  steps.run(planOf(steps, [sampleRequest(steps.aggregate, { seals: [seal] })]))
}

function made(steps: Steps, items: readonly Sha256Hex[] = [item], artifacts = [signature]) {
  const seal = steps.aggregate.seals.at(-1)

  return {
    kind: 'seal-made',
    seal: seal?.id ?? ('' as never),
    items,
    artifacts,
    actor: clerk,
  } as const
}

describe('a seal', () => {
  it('comes before the call: with the last one the call is recorded', () => {
    const steps = sealing()
    expect(steps.signing().state).toBe('sealing')
    expect(steps.request().state).toBe('planned')
    expect(steps.aggregate.attempts).toEqual([])
    const done = steps.run(made(steps))
    expect(steps.signing().state).toBe('dispatching')
    expect(done.jobs).toMatchObject([{ kind: 'attempt', action: 'dispatch' }])
  })

  it('is a job for an unattended key and an event for the clerk of an attended one', () => {
    const kinds = (steps: Steps) => steps.jobs.map((job) => job.kind)
    expect(kinds(sealing('unattended'))).toEqual(['plan', 'seal', 'tick'])
    const attended = sealing('attended')
    expect(kinds(attended)).toEqual(['plan', 'tick'])
    expect(attended.events.at(-2)).toMatchObject({
      type: 'seal.wanted',
      data: { key: 'attended', due: instantAfter(attended.now, 60_000) },
    })
  })

  it('is refused over other items, or without a signature for each', () => {
    const steps = sealing()
    expect(steps.refused(made(steps, [digestOf('other')]))).toBe('seal.mismatch')
    expect(steps.refused(made(steps, []))).toBe('seal.mismatch')
    expect(steps.refused(made(steps, [item], []))).toBe('seal.mismatch')
    expect(steps.run(made(steps)).moved).toBe(true)
  })

  it('made twice changes nothing, and made otherwise is refused', () => {
    const steps = sealing()
    steps.run(made(steps))
    expect(steps.run(made(steps))).toEqual({ moved: false, events: [], jobs: [] })
    expect(steps.refused(made(steps, [item], [digestOf('second')]))).toBe('seal.made')
  })

  it('past its due time is refused, and planned anew by the tick', () => {
    const steps = sealing()
    const late = made(steps)
    steps.pass(60_000)
    expect(steps.refused(late)).toBe('seal.stale')
    const ticked = steps.run({ kind: 'tick' })
    expect(steps.aggregate.seals.map((seal) => seal.state)).toEqual(['stale'])
    expect(steps.request()).toMatchObject({ state: 'closed', outcome: 'superseded' })
    expect(ticked.jobs).toEqual([{ kind: 'plan', signing: steps.signing().id, round: 2 }])
    expect(steps.signing()).toMatchObject({ state: 'sealing', planning: true })
    planSeal(steps, 'attended')
    expect(steps.refused(late)).toBe('seal.stale')
    expect(steps.run(made(steps)).moved).toBe(true)
  })

  it('goes stale with its envelope', () => {
    const steps = sealing()
    steps.run({ kind: 'void', actor: clerk, reason: 'wrong price' })
    expect(steps.refused(made(steps))).toBe('seal.stale')
  })
})

describe('a seal whose items are built when it is made', () => {
  function building(): Steps {
    const steps = beginSteps(sampleDraft())
    steps.run({ kind: 'send', actor: clerk })
    const seals = [{ purpose: 'package', items: 'built' }] as const
    steps.run(planOf(steps, [sampleRequest(steps.aggregate, { seals, opening: { kind: 'call' } })]))

    return steps
  }

  const newest = (steps: Steps) => steps.aggregate.seals.at(-1)?.id ?? ('' as never)

  function prepared(steps: Steps, overrides: { readonly usableFrom?: Instant } = {}) {
    return {
      kind: 'seal-prepared',
      seal: newest(steps),
      key: 'attended',
      signerKey: 'key_1',
      items: [{ name: 'req.xml', sha256: item, size: 7, format: 'CMS' }],
      due: instantAfter(steps.now, 60_000),
      ...overrides,
    } as const
  }

  it('is built by a job, then waits for its key, then lets the call be recorded', () => {
    const steps = building()
    expect(steps.jobs.at(-1)).toEqual({ kind: 'seal', seal: newest(steps) })
    expect(steps.refused(made(steps))).toBe('seal.stale')
    expect(steps.run(prepared(steps)).events).toMatchObject([
      { type: 'seal.wanted', data: { key: 'attended' } },
    ])
    expect(steps.signing().state).toBe('sealing')
    steps.run(made(steps))
    expect(steps.signing().state).toBe('dispatching')
    expect(steps.aggregate.attempts).toMatchObject([{ action: 'dispatch', state: 'recorded' }])
  })

  it('keeps the items of whoever built it first', () => {
    const steps = building()
    steps.run(prepared(steps))
    const other = [{ name: 'req.xml', sha256: digestOf('other'), size: 5, format: 'CMS' }]
    expect(steps.run({ ...prepared(steps), items: other }).moved).toBe(false)
    expect(steps.aggregate.seals[0]?.items[0]?.sha256).toBe(item)
  })

  it('needs items, each under its own name, and a due time ahead', () => {
    const steps = building()
    const ready = prepared(steps)
    expect(steps.refused({ ...ready, items: [] })).toBe('seal.items')
    expect(steps.refused({ ...ready, items: [...ready.items, ...ready.items] })).toBe('seal.items')
    expect(steps.refused({ ...ready, due: steps.now })).toBe('plan.seal-due')
  })

  it('past its due time is refused by name and built again for the same request', () => {
    const steps = building()
    steps.run(prepared(steps))
    const late = made(steps)
    steps.pass(60_000)
    const ticked = steps.run({ kind: 'tick' })
    expect(steps.aggregate.seals.map((seal) => seal.state)).toEqual(['stale', 'planned'])
    expect(ticked.jobs).toContainEqual({ kind: 'seal', seal: newest(steps) })
    expect(steps.request()).toMatchObject({ state: 'planned', attention: { code: 'seal.stale' } })
    expect(steps.refused(late)).toBe('seal.stale')
    steps.run(prepared(steps))
    steps.run(made(steps))
    expect(steps.request().attention).toBeUndefined()
    expect(steps.signing().state).toBe('dispatching')
  })

  it('that was made and went stale before its call left is built again, and the call dropped', () => {
    const steps = building()
    steps.run(prepared(steps))
    steps.run(made(steps))
    const attempt = steps.aggregate.attempts[0]?.id ?? ('' as never)
    steps.pass(60_000)
    steps.run({ kind: 'claim', attempt })
    expect(steps.aggregate.attempts).toMatchObject([{ state: 'refused', code: 'seal-stale' }])
    expect(steps.aggregate.seals.map((seal) => seal.state)).toEqual(['stale', 'planned'])
    steps.run(prepared(steps))
    steps.run(made(steps))
    expect(steps.aggregate.attempts.map((each) => each.state)).toEqual(['refused', 'recorded'])
  })

  it('is never built again once its call left', () => {
    const steps = building()
    steps.run(prepared(steps))
    steps.run(made(steps))
    steps.run({ kind: 'claim', attempt: steps.aggregate.attempts[0]?.id ?? ('' as never) })
    steps.pass(3_600_000)
    steps.run({ kind: 'tick' })
    expect(steps.aggregate.seals.map((seal) => seal.state)).toEqual(['made'])
  })

  it('lets no call leave before it may be used', () => {
    const steps = building()
    steps.run(prepared(steps, { usableFrom: instantAfter(steps.now, 30_000) }))
    steps.run(made(steps))
    const attempt = steps.aggregate.attempts[0]?.id ?? ('' as never)
    expect(steps.run({ kind: 'claim', attempt }).moved).toBe(false)
    steps.pass(30_000)
    expect(steps.run({ kind: 'claim', attempt }).moved).toBe(true)
  })

  it('that cannot be built fails the envelope with its reason, and nothing was called', () => {
    const steps = building()
    steps.run({ kind: 'seal-refused', seal: newest(steps), code: 'name.characters' })
    expect(steps.aggregate.envelope).toMatchObject({ state: 'failed', reason: 'name.characters' })
    expect(steps.aggregate.attempts).toEqual([])
  })

  it('whose key fails stays wanted, with a flag', () => {
    const steps = building()
    steps.run({ ...prepared(steps), key: 'unattended' })
    steps.run({ kind: 'seal-failed', seal: newest(steps), code: 'key.pin' })
    expect(steps.request().attention).toMatchObject({ kind: 'seal', code: 'key.pin' })
    steps.run(made(steps))
    expect(steps.request().attention).toBeUndefined()
  })

  it('goes stale with its envelope before it is built', () => {
    const steps = building()
    steps.run({ kind: 'void', actor: clerk, reason: 'wrong price' })
    expect(steps.aggregate.seals.map((seal) => seal.state)).toEqual(['stale'])
    expect(steps.run(prepared(steps)).moved).toBe(false)
  })
})
