import type { ContentId } from '../../ids.ts'
import type { Provider, RequestView } from '../../provider.ts'
import { instantAfter } from '../../time.ts'
import type { Json } from '../../words.ts'
import type {
  ContractSubject,
  SignerAct,
  SignerAnswer,
  SignerContact,
} from '../contract/subject.ts'
import { digestOf } from '../samples.ts'
import { fakeParts, fakePerson } from './fake-subject.ts'
import { toySign } from './toy-crypto.ts'

type Connection = { readonly sealDueMs: number; readonly windowMs: number }
type Handle = { readonly page: true }

type Signed = { readonly content: ContentId; readonly data: string }

/**
 * A ceremony on our own page, like NCALayer or E-IMZO: the browser signs; before that the sending
 * organisation's clerk seals the outgoing documents with an attended key. What is signed is the base64
 * text of the document, as some plug-ins do.
 */
const provider: Provider<Connection, Handle> = {
  describe: () => ({
    id: 'fake-browser',
    country: 'UZ',
    methods: [{ method: 'PLUGIN', derivation: 'utf8-of-base64', format: 'raw', detached: true }],
    acts: 'browser',
    watch: 'none',
    traits: { cancel: 'local', idempotency: 'reserved', renewal: 'on-demand' },
    limits: { maxDocuments: 4, maxBytes: 1_000_000 },
  }),
  parseConnection: (settings) => {
    const given = settings as { readonly sealDueMs?: Json; readonly windowMs?: Json } | null
    const sealDueMs = given?.sealDueMs
    const windowMs = given?.windowMs

    return typeof sealDueMs === 'number' && typeof windowMs === 'number'
      ? { ok: true, connection: { sealDueMs, windowMs } }
      : {
          ok: false,
          refusals: [{ code: 'due.invalid', field: 'sealDueMs', advice: 'Give it in ms.' }],
        }
  },
  plan: ({ connection, method, documents, now }) => ({
    kind: 'planned',
    requests: [
      {
        method,
        contents: documents.map((each) => ({ document: each.id, derivation: 'utf8-of-base64' })),
        seals: [
          {
            purpose: 'outgoing-document',
            key: 'attended',
            items: documents.map((each, content) => ({
              content,
              name: each.fileName,
              format: 'raw',
            })),
            due: instantAfter(now, connection.sealDueMs),
          },
        ],
      },
    ],
  }),
  advance: ({ connection, now, request }) =>
    request.handle === undefined
      ? {
          kind: 'expose',
          handle: { page: true },
          window: { opensAt: now, expiresAt: instantAfter(now, connection.windowMs) },
        }
      : { kind: 'await' },
  present: ({ addresses, request }) => ({
    links: [{ kind: 'signer-page', url: addresses.signerPage }],
    expiresAt: request.window?.expiresAt,
  }),
  accept: ({ request, submission }) => accept(request, submission.body),
}

function accept(
  request: RequestView<Handle>,
  body: Json,
): ReturnType<NonNullable<Provider['accept']>> {
  const signed = (body as { readonly signed?: readonly Signed[] } | null)?.signed ?? []
  const candidates = request.contents.flatMap((content) => {
    const found = signed.find((each) => each.content === content.id)

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

  return candidates.length === request.contents.length
    ? { kind: 'candidates', candidates, submission: digestOf(JSON.stringify(body)) }
    : { kind: 'refused', code: 'incomplete' }
}

/** The signer's browser with its plug-in: knows the ceremony by the link of our page alone. */
function createBrowser(): (contact: SignerContact, act: SignerAct) => Promise<SignerAnswer> {
  const lastBody = new Map<string, string>()
  let nonces = 0

  return async ({ request, presentation, fetch }, act) => {
    const link = presentation.links.find((each) => each.kind === 'signer-page')?.url ?? ''
    const page = act.kind === 'forge' ? `${link}x` : link
    const post = async (url: string, body: string): Promise<SignerAnswer> => {
      const response = await fetch(url, { method: 'POST', body })
      const { outcome } = (await response.json()) as { readonly outcome: string }

      return answerOf(outcome)
    }
    const submit = (body: string) => {
      lastBody.set(request.id, body)

      return post(page, body)
    }
    try {
      if (act.kind === 'repeat') {
        const body = lastBody.get(request.id)

        return body === undefined ? 'unreachable' : await submit(body)
      }
      const response = await fetch(page)
      if (act.kind === 'decline') {
        return await post(`${page}/decline`, JSON.stringify({ reason: 'no' }))
      }
      if (act.kind === 'look') {
        return response.ok ? 'accepted' : 'gone'
      }
      // A page that was opened in time may be sent too late: it signs what it has shown.
      const shown = response.status === 404 ? [] : ((await response.json()) as readonly Signed[])
      const over = act.kind === 'sign' ? act.over : undefined
      nonces += 1
      const signed = shown.map(({ content, data }) => {
        const text = Buffer.from(over === 'other' ? `other than ${data}` : data, 'base64')
        const bytes = Buffer.from(text.toString('utf8'))

        return {
          content,
          data: Buffer.from(toySign(fakePerson(act.person), bytes)).toString('base64'),
        }
      })

      return await submit(JSON.stringify({ submission: { signed, nonce: nonces } }))
    } catch (error) {
      if (error instanceof TypeError) {
        return 'unreachable'
      }
      throw error
    }
  }
}

function answerOf(outcome: string): SignerAnswer {
  switch (outcome) {
    case 'accepted':
    case 'held':
      return 'accepted'
    case 'late':
    case 'gone':
      return 'gone'
    case 'conflict':
      return 'conflict'
    default:
      return 'refused'
  }
}

/** Makes the fake whose signer's browser signs, after an attended seal. */
export function createBrowserAttended(): ContractSubject {
  return {
    ...fakeParts(),
    provider: provider as unknown as Provider,
    settings: { sealDueMs: 86_400_000, windowMs: 900_000 },
    badSettings: { settings: {}, field: 'sealDueMs' },
    method: 'PLUGIN',
    sealItem: (bytes) => toySign({ bin: '000140000007' }, bytes),
    counterpart: { act: createBrowser() },
  }
}
