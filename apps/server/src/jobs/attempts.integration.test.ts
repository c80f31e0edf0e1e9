import { requestView } from '@muhr/envelope'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { changeEnvelope } from '../envelopes/change-envelope.ts'
import { loadAggregate } from '../envelopes/load-aggregate.ts'
import {
  connectService,
  createCalledService,
  routeFetch,
  runCalls,
} from '../testing/histories/calls.ts'
import { samplePdf, startTestInstallation, type TestInstallation } from '../testing/index.ts'
import { planSigning } from './plan-signing.ts'
import { sweepOwed } from './sweep-owed.ts'

describe('a call that has an effect', () => {
  const service = createCalledService()
  let muhr: TestInstallation

  beforeAll(async () => {
    vi.stubGlobal('fetch', routeFetch(service, fetch))
    muhr = await startTestInstallation({ providers: [service.provider] })
    await connectService(muhr, service)
  })
  afterAll(async () => {
    await muhr?.stop()
    vi.unstubAllGlobals()
  })

  it('leaves once, however often its job is delivered and whatever answers are lost', async () => {
    const { mostAsked, unknown, open } = await runCalls(muhr, service, { seed: 1, rounds: 12 })
    expect(mostAsked).toBe(1)
    expect(unknown).toBeGreaterThan(0)
    expect(open).toBeGreaterThan(0)
  })

  it('is not made again when its process fell after the claim: the request is unknown', async () => {
    const { body: document } = await muhr.api.upload(samplePdf())
    const { body } = await muhr.api.create({
      title: 'Үлгі шарт',
      documents: [{ id: document.id }],
      recipients: [
        {
          name: 'Үлгіұлы Сынақ',
          identifiers: { pinfl: '12345678900017' },
          methods: [{ provider: service.id, method: service.method }],
        },
      ],
    })
    // A process of its own, whose jobs reach nobody: it claims, and is gone.
    const { app } = muhr.server
    const fallen = { ...app, queue: { ...app.queue, enqueue: async () => undefined } }
    const sent = await changeEnvelope(fallen, body.id, { kind: 'send', actor: { kind: 'system' } })
    const signing = sent.kind === 'changed' ? sent.next.signings[0] : undefined
    await planSigning(fallen, body.id, { signing: signing?.id ?? '', round: 1 })
    const planned = await loadAggregate(app.db, { envelope: body.id })
    const [attempt] = planned?.attempts ?? []
    if (attempt === undefined) {
      throw new Error('what is called has an attempt before the call')
    }
    expect(attempt.state).toBe('recorded')
    await changeEnvelope(fallen, body.id, { kind: 'claim', attempt: attempt.id })

    await muhr.passTime(80_000)
    await sweepOwed(app)
    const after = await muhr.api.until(
      body.id,
      ({ signings }) => signings[0]?.requests[0]?.state === 'unknown',
    )
    expect(after.signings[0]?.requests[0]?.attention?.kind).toBe('provider')
    expect(after.display.attention).toBe('unknown')
    const now = await loadAggregate(app.db, { envelope: body.id })
    const view = now?.requests[0] && requestView(now, now.requests[0].id)
    expect(view && service.counterpart.asked?.(view)).toBe(0)
  })
})
