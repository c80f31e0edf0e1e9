import { type AttemptId, type ConnectionId, requestView } from '@muhr/envelope'
import { type ContractSubject, createCalledAndWatched } from '@muhr/envelope/testing'
import { loadAggregate } from '../../envelopes/load-aggregate.ts'
import { handleJob } from '../../jobs/handle-job.ts'
import { samplePdf } from '../sample-pdf.ts'
import type { TestInstallation } from '../start-test-installation.ts'
import { createRandom } from './random.ts'

/** A service that we call, and that takes every call for a new order. */
export type CalledService = ContractSubject & { readonly id: string }

export function createCalledService(): CalledService {
  const id = 'watched-blind'
  const clock = {
    now: () => new Date().toISOString() as ReturnType<CalledClock['now']>,
    pass: () => undefined,
  }

  return {
    ...createCalledAndWatched({ clock, id, idempotency: 'none', cancel: 'none' }),
    id,
  }
}

type CalledClock = Parameters<typeof createCalledAndWatched>[0]['clock']

/** Real addresses go out as they are, those of the fake arrive at it. */
export function routeFetch(service: CalledService, real: typeof fetch): typeof fetch {
  return (input, init) => {
    const url = input instanceof Request ? input.url : String(input)

    return new URL(url).hostname === `${service.id}.test` && service.network !== undefined
      ? service.network(input, init)
      : real(input, init)
  }
}

/** Gives the demo organisation an account at the fake. */
export async function connectService(
  muhr: TestInstallation,
  service: CalledService,
): Promise<ConnectionId> {
  const id = muhr.server.app.ids.next('connection')
  await muhr.sql(
    `insert into connections (id, organisation_id, provider, name, settings, policy)
      select $1, id, $2, 'fake', $3, 'sandbox' from organisations limit 1`,
    [id, service.id, JSON.stringify(service.settings)],
  )

  return id as ConnectionId
}

/**
 * Sends envelopes through a service that is not idempotent, with jobs delivered again and again, at
 * once, on two servers, and answers lost. What comes back is what the service's own journal says: how
 * often the worst request was asked for, and how many calls went unanswered.
 */
export async function runCalls(
  muhr: TestInstallation,
  service: CalledService,
  options: { readonly seed: number; readonly rounds: number },
): Promise<{ readonly mostAsked: number; readonly unknown: number; readonly open: number }> {
  const random = createRandom(options.seed)
  const { app } = muhr.server
  let mostAsked = 0
  let unknown = 0
  let open = 0
  for (let round = 0; round < options.rounds; round += 1) {
    if (random.chance(0.4)) {
      service.counterpart.loseReplies?.(1)
    }
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
      send: true,
    })
    const attempts = async () =>
      (await loadAggregate(app.db, { envelope: body.id }))?.attempts.map(({ id }) => id) ?? []
    const deliver = (attempt: AttemptId) =>
      handleJob(app, { envelope: body.id, job: { kind: 'attempt', attempt, action: 'dispatch' } })
    for (const attempt of await attempts()) {
      await Promise.all(Array.from({ length: 1 + random.int(3) }, () => deliver(attempt)))
      await deliver(attempt)
    }
    await muhr.api.until(body.id, ({ signings }) =>
      ['open', 'unknown'].includes(signings[0]?.requests[0]?.state ?? ''),
    )
    const aggregate = await loadAggregate(app.db, { envelope: body.id })
    for (const request of aggregate?.requests ?? []) {
      const view = aggregate && requestView(aggregate, request.id)
      mostAsked = Math.max(
        mostAsked,
        view === undefined ? 0 : (service.counterpart.asked?.(view) ?? 0),
      )
      unknown += request.state === 'unknown' ? 1 : 0
      open += request.state === 'open' ? 1 : 0
    }
  }

  return { mostAsked, unknown, open }
}
