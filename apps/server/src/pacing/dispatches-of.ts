import type { EnvelopeAggregate, Instant, Recipient } from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'
import type { Queryable } from '../database/open-database.ts'
import { expectedDispatches, type WantedCall } from './expect-dispatch.ts'

type Expecting = Pick<AppContext, 'providers' | 'secrets' | 'now'> & { readonly db: Queryable }

/** When the requests of an envelope are expected to leave that a quota makes wait; others are absent. */
export async function dispatchesOf(
  app: Expecting,
  aggregate: EnvelopeAggregate,
): Promise<ReadonlyMap<string, Instant>> {
  const waiting = aggregate.requests.filter(
    (request) =>
      request.traits.paced === true &&
      request.handle === undefined &&
      request.ending === undefined &&
      request.state !== 'closed',
  )
  const found = new Map<string, Instant>()
  for (const [provider, requests] of Map.groupBy(waiting, (request) => request.provider)) {
    const more = requests.map(
      (request): WantedCall => ({
        request: request.id,
        organisation: aggregate.envelope.organisation,
        envelope: aggregate.envelope.id,
        connection: request.connection,
        method: request.method,
      }),
    )
    const expected = await expectedDispatches(app, provider, more)
    for (const { id } of requests) {
      const at = expected.get(id)
      if (at !== undefined) {
        found.set(id, at)
      }
    }
  }

  return found
}

export type ExpectedDispatch = {
  /** Place of the recipient in the wish, from 0. */
  readonly recipient: number
  readonly provider: string
  readonly method: string
  readonly expectedAt: Instant
}

/**
 * When the first requests of an envelope would leave if it were sent now, before anything of it is
 * stored: one for each recipient of the first order group and each method at a service that counts.
 */
export async function wishedDispatches(
  app: Expecting,
  wish: {
    readonly organisation: string
    readonly recipients: readonly Pick<Recipient, 'methods' | 'orderGroup'>[]
  },
): Promise<readonly ExpectedDispatch[]> {
  const first = Math.min(...wish.recipients.map((recipient) => recipient.orderGroup))
  const wanted = wish.recipients.flatMap((recipient, index) =>
    recipient.orderGroup === first
      ? recipient.methods
          .filter(({ provider }) => app.providers.get(provider)?.describe().traits.paced === true)
          .map((way) => ({ ...way, recipient: index, request: `wished ${index} ${way.method}` }))
      : [],
  )
  const dispatches: ExpectedDispatch[] = []
  for (const [provider, calls] of Map.groupBy(wanted, (call) => call.provider)) {
    const expected = await expectedDispatches(
      app,
      provider,
      calls.map(({ request, connection, method }) => ({
        request,
        organisation: wish.organisation,
        envelope: 'wished',
        connection,
        method,
      })),
    )
    for (const { request, recipient, method } of calls) {
      const expectedAt = expected.get(request)
      dispatches.push(
        ...(expectedAt === undefined ? [] : [{ recipient, provider, method, expectedAt }]),
      )
    }
  }

  return dispatches
}
