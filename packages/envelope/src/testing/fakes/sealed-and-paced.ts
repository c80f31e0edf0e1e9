import type { Instant } from '../../ids.ts'
import type { SealKey } from '../../model.ts'
import type {
  CallResult,
  PreparedSeal,
  PrepareSealInput,
  Provider,
  ProviderIo,
  RequestView,
  WatchedRequest,
  WatchInput,
  WatchItem,
} from '../../provider.ts'
import { instantAfter } from '../../time.ts'
import type { Json } from '../../words.ts'
import type { ContractSubject } from '../contract/subject.ts'
import type { TestClock } from '../core/core-types.ts'
import { collectOrder } from './called-and-watched.ts'
import { fakeParts } from './fake-subject.ts'
import {
  createPacedService,
  credentialMs,
  type PacedRules,
  type RequestFile,
  type SealCheck,
  sealingOrganisation,
} from './paced-service.ts'
import { toySign } from './toy-crypto.ts'
import type { OrderNews } from './watched-service.ts'

type Connection = { readonly url: string; readonly keys: readonly string[] } & PacedRules
type Handle = { readonly key: string; readonly number: number }

export type PacedOptions = {
  readonly clock: TestClock
  readonly id?: string | undefined
  readonly sealKey?: SealKey | undefined
  /** Two keys that may each take two numbers in ten minutes, unless told otherwise. */
  readonly keys?: readonly string[] | undefined
  readonly rules?: PacedRules | undefined
  /** How the service looks at seals; those of the toy key are the only good ones when absent. */
  readonly isSealed?: SealCheck | undefined
}

const hourMs = 3_600_000
const noAnswer = { kind: 'unknown', code: 'no-answer' } as const

/**
 * A service that we call and watch, that wants seals (a request file built when it is sealed, beside
 * every document), a signed credential with every call, and that counts the numbers that each key takes.
 */
function createProvider(id: string): Provider<Connection, Handle> {
  return {
    describe: () => ({
      id,
      country: 'RU',
      methods: [{ method: 'PACKAGE', derivation: 'identity', format: 'raw', detached: true }],
      acts: 'watched',
      watch: 'cursor',
      traits: {
        cancel: 'none',
        idempotency: 'reserved',
        renewal: 'none',
        graceMs: hourMs,
        paced: true,
      },
      limits: { maxDocuments: 15, maxBytes: 1_000_000 },
    }),
    parseConnection: (settings) => {
      const given = settings as Partial<Connection> | null

      return typeof given?.url === 'string' && (given.keys?.length ?? 0) > 0
        ? { ok: true, connection: given as Connection }
        : {
            ok: false,
            refusals: [{ code: 'keys.missing', field: 'keys', advice: 'Name a key.' }],
          }
    },
    quota: ({ connection }) =>
      connection.keys.map((key) => ({
        id: key,
        limit: connection.limit,
        windowMs: connection.windowMs,
      })),
    plan: ({ method, documents }) => ({
      kind: 'planned',
      requests: [
        {
          method,
          contents: documents.map((each) => ({ document: each.id, derivation: 'identity' })),
          seals: [{ purpose: 'package', items: 'built' }],
        },
      ],
    }),
    prepareSeal,
    advance: ({ connection, request }) => ({
      kind: 'call',
      run: (io) => call({ connection, request, io }),
    }),
    present: () => ({ links: [] }),
    watch,
    collect: async ({ connection, request, io }) => {
      const headers = await headersOf({ connection, io }, request.bucket)

      return collectOrder({
        connection: { account: '', url: connection.url },
        request,
        io: { ...io, fetch: (input, init) => io.fetch(input, { ...init, headers: headers ?? {} }) },
      })
    },
  }
}

async function prepareSeal({
  request,
  dispatchAt,
  now,
}: PrepareSealInput<Connection, Handle>): Promise<PreparedSeal> {
  const file: RequestFile = { ref: request.id, until: instantAfter(dispatchAt, 23 * hourMs) }

  return {
    kind: 'prepared',
    items: [
      { name: 'request.json', format: 'raw', bytes: Buffer.from(JSON.stringify(file)) },
      ...request.contents.map((content) => ({
        name: content.document.fileName,
        format: 'raw',
        content: content.position,
      })),
    ],
    due: instantAfter(dispatchAt > now ? dispatchAt : now, 2 * hourMs),
    usableFrom: dispatchAt,
  }
}

type Calling = { readonly connection: Connection; readonly io: ProviderIo }
type CallingAbout = Calling & { readonly request: RequestView<Handle> }

/** Whose key it is, with the kept signature over it; undefined while a clerk must sign first. */
async function headersOf(
  { connection, io }: Calling,
  bucket: string | undefined,
): Promise<Record<string, string> | undefined> {
  const key = bucket ?? connection.keys[0] ?? ''
  const credential = await io.keptSeal({
    purpose: 'credential',
    bytes: Buffer.from(key),
    format: 'CMS',
    usableMs: credentialMs,
  })

  return credential === undefined
    ? undefined
    : { 'x-key': key, 'x-credential': Buffer.from(credential).toString('base64') }
}

async function call(calling: CallingAbout): Promise<CallResult<Handle>> {
  const { connection, request, io } = calling
  const headers = await headersOf(calling, request.bucket)
  if (headers === undefined) {
    return { kind: 'deferred', code: 'credential-wanted', until: 'seal' }
  }
  const isReserving = request.handle === undefined
  const response = await io
    .fetch(`${connection.url}/${isReserving ? 'reserve' : 'push'}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(isReserving ? {} : await packageOf(calling)),
    })
    .catch(() => undefined)
  if (response === undefined) {
    return noAnswer
  }
  if (response.status === 429) {
    return {
      kind: 'deferred',
      code: 'quota',
      at: instantAfter(io.now().toISOString() as Instant, connection.windowMs),
      exhausted: true,
    }
  }
  if (!response.ok) {
    return { kind: 'refused', code: `http-${response.status}` }
  }
  const order = (await response.json()) as OrderNews
  const handle = { key: String(order.number), number: order.number }

  return isReserving
    ? { kind: 'reserved', handle }
    : {
        kind: 'opened',
        handle,
        window: { opensAt: order.opensAt, expiresAt: order.expiresAt },
      }
}

async function packageOf({ request, io }: CallingAbout): Promise<Json> {
  const text = async (sha256: Parameters<ProviderIo['read']>[0]) =>
    Buffer.from(await io.read(sha256)).toString('base64')
  const seal = request.seals.find((each) => each.purpose === 'package')

  return {
    ref: request.id,
    number: request.handle?.number,
    documents: await Promise.all(request.contents.map((content) => text(content.sha256))),
    files: await Promise.all(
      (seal?.items ?? []).map(async (item, index) => ({
        name: item.name,
        data: await text(item.sha256),
        seal: await text(seal?.artifacts[index] ?? item.sha256),
      })),
    ),
  }
}

/** One page of changes; each is matched to its request by the number that it names. */
async function* watch(input: WatchInput<Connection, Handle>): AsyncIterable<WatchItem<Handle>> {
  const headers = await headersOf(input, undefined)
  if (headers === undefined) {
    return
  }
  const after = typeof input.cursor === 'number' ? input.cursor : 0
  const response = await input.io
    .fetch(`${input.connection.url}/updates?after=${after}`, { headers })
    .catch(() => undefined)
  if (response === undefined) {
    return
  }
  const { news } = (await response.json()) as { readonly news: readonly OrderNews[] }
  const known = await input.open.find([...new Set(news.map((each) => String(each.number)))])
  for (const each of news) {
    const request = known.find((row) => row.handle?.number === each.number)
    yield* request === undefined ? [] : observationOf(request, each)
    yield { kind: 'cursor', cursor: each.seq }
  }
  const unseen = await input.open.unseenSince(input.now, 100)
  yield { kind: 'looked', requests: unseen.map((row) => row.id) }
  yield { kind: 'next', at: instantAfter(input.now, 30_000) }
}

function observationOf(
  { id, handle }: WatchedRequest<Handle>,
  news: OrderNews,
): readonly WatchItem<Handle>[] {
  const about = { kind: 'observation', request: id, handle } as const
  switch (news.status) {
    case 'waiting':
      return handle === undefined
        ? []
        : [
            {
              ...about,
              observation: {
                kind: 'exists',
                handle,
                window: { opensAt: news.opensAt, expiresAt: news.expiresAt },
              },
            },
          ]
    case 'seen':
      return [{ ...about, observation: { kind: 'opened' } }]
    case 'signed':
      return [{ ...about, observation: { kind: 'said-signed' } }]
    case 'declined':
    case 'expired':
      return [{ ...about, observation: { kind: news.status } }]
    case 'cancelled':
      return [{ ...about, observation: { kind: 'refused', code: 'cancelled' } }]
  }
}

/** Makes the fake that wants seals and counts. */
export function createSealedAndPaced(options: PacedOptions): ContractSubject {
  const id = options.id ?? 'fake-paced'
  const rules = options.rules ?? { limit: 2, windowMs: 600_000 }
  const service = createPacedService({
    clock: options.clock,
    isSealed: options.isSealed,
    ...rules,
  })

  return {
    ...fakeParts(),
    provider: createProvider(id) as unknown as Provider,
    settings: {
      url: `https://${id}.test`,
      keys: options.keys ?? ['key-1', 'key-2'],
      ...rules,
    },
    badSettings: { settings: { url: `https://${id}.test`, keys: [] }, field: 'keys' },
    method: 'PACKAGE',
    network: service.fetch,
    counterpart: service.counterpart,
    sealItem: (bytes) => toySign(sealingOrganisation, bytes),
    sealKey: options.sealKey,
  }
}
