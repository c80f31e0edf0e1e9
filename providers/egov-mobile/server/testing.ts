import { createHash } from 'node:crypto'
import type {
  ConnectionId,
  ContentId,
  DocumentId,
  EnvelopeDocument,
  HttpReply,
  Instant,
  PlanInput,
  ProviderIo,
  Recipient,
  RecipientId,
  RequestAddresses,
  RequestId,
  RequestView,
  SenderView,
  Sha256Hex,
} from '@muhr/envelope'
import type { EgovHandle } from './advance.ts'
import { defaultConnection, type EgovConnection } from './connection.ts'

export const now = '2026-11-22T08:00:00.000Z' as Instant

export function sha256(bytes: Uint8Array): Sha256Hex {
  return createHash('sha256').update(bytes).digest('hex') as Sha256Hex
}

/** What stands in the store of the tests, by digest. */
export const stored: readonly Uint8Array[] = [
  new TextEncoder().encode('%PDF-1.7 шарт'),
  new TextEncoder().encode('Қосымша мәтін'),
]

export const sender: SenderView = {
  name: { ru: 'ТОО «Мысал»', kk: '«Мысал» ЖШС', en: 'Mysal LLP' },
  bin: '000140000018',
}

export function testRecipient(identifiers: Recipient['identifiers']): Recipient {
  return {
    id: 'rcp_1' as RecipientId,
    name: 'Үлгіұлы Сынақ',
    locale: 'kk',
    orderGroup: 1,
    identifiers,
    methods: [],
  }
}

export const recipient = testRecipient({ iin: '000140000017' })

export const documents: readonly EnvelopeDocument[] = stored.map((bytes, position) => ({
  id: `doc_${position}` as DocumentId,
  position,
  sha256: sha256(bytes),
  size: bytes.length,
  mediaType: position === 0 ? 'application/pdf' : 'text/plain; charset=utf-8',
  fileName: `file-${position}`,
  title: position === 0 ? { ru: 'Договор', kk: 'Шарт' } : {},
  meta: position === 0 ? [{ name: 'Дата создания', value: '2026-11-22' }] : [],
}))

export function planInput(
  changes: Partial<PlanInput<EgovConnection>> = {},
): PlanInput<EgovConnection> {
  return {
    connection: defaultConnection,
    connectionId: 'con_1' as ConnectionId,
    method: 'CMS_SIGN_ONLY',
    sender,
    recipient,
    documents,
    now,
    ...changes,
  }
}

export const addresses: RequestAddresses = {
  callback: 'https://muhr.example/cb/egov-mobile/k7Qm2xV9sT4pWb1c',
  signerPage: 'https://muhr.example/s/abc',
  bearer: 'b7Qm2xV9sT4pWb1cLh8Rz0Ny',
}

/** An open request over both documents, five minutes long. */
export function requestView(
  changes: Partial<RequestView<EgovHandle>> = {},
): RequestView<EgovHandle> {
  return {
    id: 'req_1' as RequestId,
    method: 'CMS_SIGN_ONLY',
    handle: { auth: 'Token', pdfMime: 'application/pdf' },
    window: { opensAt: now, expiresAt: '2026-11-22T08:05:00.000Z' as Instant },
    round: 1,
    closed: false,
    accepted: false,
    title: 'Подписание договора',
    recipient,
    contents: documents.map((document) => ({
      id: `cnt_${document.position}` as ContentId,
      position: document.position,
      document,
      sha256: document.sha256,
      size: document.size,
    })),
    submissions: [],
    seals: [],
    ...changes,
  }
}

/** The world of the tests: nothing is fetched, the clock stands. */
export function ioAt(moment: string = now): ProviderIo {
  return {
    fetch: () => Promise.reject(new Error('nothing is fetched here')),
    now: () => new Date(moment),
    random: (bytes) => new Uint8Array(bytes),
    read: (digest) => {
      const bytes = stored.find((each) => sha256(each) === digest)

      return bytes === undefined
        ? Promise.reject(new Error('not in the store'))
        : Promise.resolve(bytes)
    },
    open: async function* () {},
    md5: () => Promise.reject(new Error('not asked for here')),
    keptSeal: async () => undefined,
    signal: new AbortController().signal,
  }
}

/** The body of a reply as JSON. */
export async function replyJson({ body }: HttpReply): Promise<unknown> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body instanceof Uint8Array ? [body] : body) chunks.push(chunk)

  return JSON.parse(Buffer.concat(chunks).toString('utf8'))
}
