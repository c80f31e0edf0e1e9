import type {
  HttpReply,
  Provider,
  ReceiveInput,
  Reception,
  RequestView,
  SubmissionOutcome,
} from '../../provider.ts'
import { instantAfter } from '../../time.ts'
import type {
  ContractSubject,
  SignerAct,
  SignerAnswer,
  SignerContact,
} from '../contract/subject.ts'
import { digestOf } from '../samples.ts'
import { fakeParts, fakePerson } from './fake-subject.ts'
import { toySign } from './toy-crypto.ts'

type Connection = { readonly windowMs: number }
type Handle = { readonly session: string }

const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' }

function jsonReply(status: number, body: object): HttpReply {
  return { status, headers, body: Buffer.from(JSON.stringify(body)) }
}

/** Most documents of one session. */
const mostDocuments = 2

function partsOf<T>(rows: readonly T[]): readonly (readonly T[])[] {
  return rows.length <= mostDocuments
    ? [rows]
    : [rows.slice(0, mostDocuments), ...partsOf(rows.slice(mostDocuments))]
}

/** A service that calls us, like eGov Mobile: it reads the documents and brings the signatures. */
const provider: Provider<Connection, Handle> = {
  describe: () => ({
    id: 'fake-calling-us',
    country: 'KZ',
    methods: [{ method: 'TOY', derivation: 'identity', format: 'raw', detached: true }],
    acts: 'service',
    watch: 'none',
    traits: { cancel: 'local', idempotency: 'reserved', renewal: 'on-demand' },
    limits: { maxDocuments: mostDocuments, maxBytes: 1_000_000 },
  }),
  parseConnection: (settings) => {
    const windowMs =
      typeof settings === 'object' && settings !== null && 'windowMs' in settings
        ? settings['windowMs']
        : undefined

    return typeof windowMs === 'number' && windowMs > 0
      ? { ok: true, connection: { windowMs } }
      : {
          ok: false,
          refusals: [{ code: 'window.invalid', field: 'windowMs', advice: 'Give it in ms.' }],
        }
  },
  plan: ({ method, documents }) => ({
    kind: 'planned',
    // A larger package is split: each part is a request of its own.
    requests: partsOf(documents).map((part) => ({
      method,
      contents: part.map((each) => ({ document: each.id, derivation: 'identity' })),
      seals: [],
    })),
  }),
  advance: ({ connection, now, request }) =>
    request.handle === undefined
      ? {
          kind: 'expose',
          handle: { session: 'by-token' },
          window: { opensAt: now, expiresAt: instantAfter(now, connection.windowMs) },
        }
      : { kind: 'await' },
  present: ({ addresses, request }) => ({
    qr: `toySign:${addresses.callback}/session#${addresses.bearer}`,
    links: [],
    expiresAt: request.window?.expiresAt,
  }),
  receive: async (input) => receive(input),
  refuse: () => jsonReply(404, { message: 'unknown session' }),
}

async function receive(input: ReceiveInput<Connection, Handle>): Promise<Reception> {
  const { request, http, io } = input
  const silent = { observations: [], candidates: [] }
  if (http.headers['authorization'] !== `Bearer ${input.addresses.bearer}`) {
    const observations = [{ kind: 'rejected', code: 'wrong-token' } as const]

    return { ...silent, observations, reply: () => jsonReply(401, { message: 'wrong token' }) }
  }
  const submission = digestOf(http.body)
  const isKnown =
    http.method === 'PUT' && request.submissions.some((each) => each.digest === submission)
  if (isOver(request, io.now()) && !isKnown) {
    const status = request.accepted ? 409 : 410

    return { ...silent, reply: () => jsonReply(status, { message: 'the session is over' }) }
  }
  if (http.method === 'GET') {
    const documents = await Promise.all(
      request.contents.map(async (content) => ({
        id: content.position + 1,
        data: Buffer.from(await io.read(content.sha256)).toString('base64'),
      })),
    )

    return {
      ...silent,
      observations: [{ kind: 'opened' }, { kind: 'fetched' }],
      reply: () => jsonReply(200, { documents }),
    }
  }

  return receivePut(request, http.body)
}

function isOver(request: RequestView<Handle>, now: Date): boolean {
  const end = request.window?.expiresAt

  return request.closed || (end !== undefined && now.toISOString() >= end)
}

type PutBody = {
  readonly status?: string
  readonly documents?: readonly { readonly id: number; readonly data: string }[]
}

function readPut(bytes: Uint8Array): PutBody | undefined {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as PutBody
  } catch {
    return undefined
  }
}

function receivePut(request: RequestView<Handle>, bytes: Uint8Array): Reception {
  const body = readPut(bytes)
  if (body === undefined) {
    return {
      observations: [{ kind: 'rejected', code: 'broken-body', attention: 'format' }],
      candidates: [],
      reply: () => jsonReply(400, { message: 'not JSON' }),
    }
  }
  if (body.status === 'CANCELED') {
    return {
      observations: [{ kind: 'declined' }],
      candidates: [],
      reply: () => jsonReply(200, { message: 'canceled' }),
    }
  }
  const candidates = request.contents.flatMap((content) => {
    const found = body.documents?.find((each) => each.id === content.position + 1)

    return found === undefined
      ? []
      : [
          {
            content: content.id,
            bytes: Buffer.from(found.data, 'base64'),
            format: 'raw' as const,
            detached: true,
          },
        ]
  })
  if (candidates.length !== request.contents.length) {
    return {
      observations: [{ kind: 'rejected', code: 'changed-id', attention: 'format' }],
      candidates: [],
      reply: () => jsonReply(403, { message: 'other documents' }),
    }
  }

  return { observations: [], candidates, submission: digestOf(bytes), reply: replyTo }
}

function replyTo(outcome: SubmissionOutcome | undefined): HttpReply {
  switch (outcome?.kind) {
    case 'accepted':
      return jsonReply(200, { message: 'success' })
    case 'held':
      return jsonReply(200, { message: 'held' })
    case 'late':
      return jsonReply(410, { message: 'the session is over' })
    default:
      return jsonReply(403, { message: outcome?.code ?? 'refused' })
  }
}

/** The citizen's app: knows the session by its QR text alone. */
function createApp(): (contact: SignerContact, act: SignerAct) => Promise<SignerAnswer> {
  const lastBody = new Map<string, string>()
  let nonces = 0

  return async ({ request, presentation, fetch }, act) => {
    const [url = '', token = ''] = (presentation.qr ?? '').replace('toySign:', '').split('#')
    const authorization = `Bearer ${act.kind === 'forge' ? 'forged' : token}`
    const call = (method: string, body?: string) =>
      fetch(url, { method, headers: { authorization }, ...(body === undefined ? {} : { body }) })
    const put = async (body: string): Promise<SignerAnswer> => {
      lastBody.set(request.id, body)

      return answerOf(await call('PUT', body))
    }
    try {
      if (act.kind === 'repeat') {
        const body = lastBody.get(request.id)

        return body === undefined ? 'unreachable' : await put(body)
      }
      const shown = await call('GET')
      if (act.kind === 'forge') {
        return answerOf(await call('PUT', JSON.stringify({ documents: [] })))
      }
      if (!shown.ok || act.kind === 'look') {
        return answerOf(shown)
      }
      if (act.kind === 'decline') {
        return await put(JSON.stringify({ status: 'CANCELED' }))
      }
      const { documents = [] } = (await shown.json()) as PutBody
      nonces += 1
      const signed = documents.map(({ id, data }) => {
        const bytes = Buffer.from(act.over === 'other' ? `other than ${data}` : data, 'base64')

        return { id, data: Buffer.from(toySign(fakePerson(act.person), bytes)).toString('base64') }
      })

      return await put(JSON.stringify({ documents: signed, nonce: nonces }))
    } catch (error) {
      if (error instanceof TypeError) {
        return 'unreachable'
      }
      throw error
    }
  }
}

function answerOf(response: Response): SignerAnswer {
  switch (response.status) {
    case 200:
      return 'accepted'
    case 404:
    case 410:
      return 'gone'
    case 409:
      return 'conflict'
    default:
      return 'refused'
  }
}

/** Makes the fake that is called by its service. */
export function createCallingUs(): ContractSubject {
  return {
    ...fakeParts(),
    provider: provider as unknown as Provider,
    settings: { windowMs: 300_000 },
    badSettings: { settings: { windowMs: 0 }, field: 'windowMs' },
    method: 'TOY',
    counterpart: { act: createApp() },
  }
}
