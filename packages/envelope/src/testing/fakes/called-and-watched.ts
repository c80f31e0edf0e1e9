import type { Instant, RequestId } from '../../ids.ts'
import type { RequestTraits } from '../../model.ts'
import type {
  CallResult,
  Provider,
  ProviderIo,
  RequestView,
  WatchInput,
  WatchItem,
} from '../../provider.ts'
import type { Json } from '../../words.ts'
import type { ContractSubject } from '../contract/subject.ts'
import type { TestClock } from '../core/core-types.ts'
import { digestOf } from '../samples.ts'
import { fakeParts } from './fake-subject.ts'
import { createWatchedService, type OrderNews } from './watched-service.ts'

type Connection = { readonly account: string; readonly url: string }
type Handle = { readonly number: number }

export type WatchedOptions = {
  readonly clock: TestClock
  /** Name of the provider; several of them may stand side by side. */
  readonly id?: string | undefined
  readonly idempotency: RequestTraits['idempotency']
  readonly cancel: 'call' | 'none'
}

/**
 * A service that we call and watch, like Goskey or Sign.Me. `reserved`: a number first, then the upload
 * under it, which may be repeated. `none`: one call that makes a new order each time.
 */
function createProvider(options: WatchedOptions): Provider<Connection, Handle> {
  return {
    describe: () => ({
      id: options.id ?? 'fake-watched',
      country: 'RU',
      methods: [{ method: 'ORDER', derivation: 'identity', format: 'raw', detached: true }],
      acts: 'watched',
      watch: 'cursor',
      traits: {
        cancel: options.cancel,
        idempotency: options.idempotency,
        renewal: 'none',
        graceMs: 3_600_000,
      },
      limits: { maxDocuments: 4, maxBytes: 1_000_000 },
    }),
    parseConnection: (settings) => {
      const given = settings as { readonly account?: Json; readonly url?: Json } | null
      const account = given?.account
      const url = given?.url

      return typeof account === 'string' && account !== '' && typeof url === 'string'
        ? { ok: true, connection: { account, url } }
        : {
            ok: false,
            refusals: [{ code: 'account.missing', field: 'account', advice: 'Name the account.' }],
          }
    },
    plan: ({ method, documents }) => ({
      kind: 'planned',
      requests: [
        {
          method,
          contents: documents.map((each) => ({ document: each.id, derivation: 'identity' })),
          seals: [],
        },
      ],
    }),
    advance: ({ connection, request }) => ({
      kind: 'call',
      run: (io) =>
        options.idempotency === 'reserved' && request.handle === undefined
          ? reserve({ connection, io })
          : push({ connection, request, io }),
    }),
    present: () => ({ links: [] }),
    watch,
    collect: collectOrder,
    cancel,
  }
}

type Calling = { readonly connection: Connection; readonly io: ProviderIo }
type CallingAbout = Calling & { readonly request: RequestView<Handle> }

/** The answer, or undefined when it was lost on the way. */
async function post(
  { connection, io }: Calling,
  path: string,
  body: object,
): Promise<Response | undefined> {
  try {
    return await io.fetch(`${connection.url}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
  } catch {
    return undefined
  }
}

const noAnswer = { kind: 'unknown', code: 'no-answer' } as const

async function reserve(calling: Calling): Promise<CallResult<Handle>> {
  const response = await post(calling, '/reserve', {})
  if (response === undefined) {
    return noAnswer
  }
  const { number } = (await response.json()) as Handle

  return { kind: 'reserved', handle: { number } }
}

async function push(calling: CallingAbout): Promise<CallResult<Handle>> {
  const { request, io } = calling
  const documents = await Promise.all(
    request.contents.map(async (content) =>
      Buffer.from(await io.read(content.sha256)).toString('base64'),
    ),
  )
  const response = await post(calling, '/push', {
    ref: request.id,
    person: request.recipient.identifiers.pinfl,
    documents,
    ...(request.handle === undefined ? {} : { number: request.handle.number }),
  })
  if (response === undefined) {
    return noAnswer
  }
  if (!response.ok) {
    return { kind: 'refused', code: `http-${response.status}` }
  }
  const order = (await response.json()) as Handle & {
    readonly opensAt: Instant
    readonly expiresAt: Instant
  }

  return {
    kind: 'opened',
    handle: { number: order.number },
    window: { opensAt: order.opensAt, expiresAt: order.expiresAt },
  }
}

async function* watch(input: WatchInput<Connection, Handle>): AsyncIterable<WatchItem<Handle>> {
  const after = typeof input.cursor === 'number' ? input.cursor : 0
  const response = await input.io
    .fetch(`${input.connection.url}/updates?after=${after}`)
    .catch(() => undefined)
  if (response === undefined) {
    return
  }
  const { news } = (await response.json()) as { readonly news: readonly OrderNews[] }
  for (const each of news) {
    const request = each.ref as RequestId
    const handle = { number: each.number }
    switch (each.status) {
      case 'waiting':
        yield {
          kind: 'observation',
          request,
          observation: {
            kind: 'exists',
            handle,
            window: { opensAt: each.opensAt, expiresAt: each.expiresAt },
          },
        }
        break
      case 'seen':
        yield { kind: 'observation', request, handle, observation: { kind: 'opened' } }
        break
      case 'signed':
        yield { kind: 'observation', request, handle, observation: { kind: 'said-signed' } }
        break
      case 'declined':
      case 'expired':
        yield { kind: 'observation', request, handle, observation: { kind: each.status } }
        break
      case 'cancelled':
        yield {
          kind: 'observation',
          request,
          handle,
          observation: { kind: 'refused', code: 'cancelled' },
        }
        break
    }
    yield { kind: 'cursor', cursor: each.seq }
  }
}

/** Fetches the signatures of an order, one for each document. */
export async function collectOrder({
  connection,
  request,
  io,
}: CallingAbout): ReturnType<NonNullable<Provider['collect']>> {
  const response = await io.fetch(`${connection.url}/orders/${request.handle?.number}/signatures`)
  const text = await response.text()
  const { signatures } = JSON.parse(text) as { readonly signatures: readonly string[] }

  return {
    submission: digestOf(text),
    candidates: request.contents.flatMap((content) => {
      const data = signatures[content.position]

      return data === undefined
        ? []
        : [
            {
              content: content.id,
              bytes: Buffer.from(data, 'base64'),
              format: 'raw' as const,
              detached: true,
            },
          ]
    }),
  }
}

async function cancel(calling: CallingAbout): ReturnType<NonNullable<Provider['cancel']>> {
  const response = await post(calling, `/orders/${calling.request.handle?.number}/cancel`, {})
  switch (response?.status) {
    case undefined:
      return 'unknown'
    case 200:
      return 'cancelled'
    case 409:
      return 'too-late'
    default:
      return 'unsupported'
  }
}

/** Where the service of a fake listens. */
export function watchedUrl({ id }: Pick<WatchedOptions, 'id'>): string {
  return `https://${id ?? 'fake-watched'}.test`
}

/** Makes the fake that we call and watch. */
export function createCalledAndWatched(options: WatchedOptions): ContractSubject {
  const service = createWatchedService(options)

  return {
    ...fakeParts(),
    provider: createProvider(options) as unknown as Provider,
    settings: { account: 'toy', url: watchedUrl(options) },
    badSettings: { settings: { account: '', url: watchedUrl(options) }, field: 'account' },
    method: 'ORDER',
    network: service.fetch,
    counterpart: service.counterpart,
  }
}
