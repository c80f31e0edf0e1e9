import type { HttpRequestView, Reception, RequestView, SubmissionOutcome } from '@muhr/envelope'
import type { EgovHandle } from './advance.ts'
import { defaultConnection, type EgovConnection } from './connection.ts'
import { typedProvider } from './provider.ts'
import { addresses, ioAt, now, replyJson, requestView, sender } from './testing.ts'

export const withToken = { authorization: `Bearer ${addresses.bearer}` }

export type Call = {
  readonly http?: Partial<Omit<HttpRequestView, 'body'>> & { readonly body?: string }
  readonly request?: Partial<RequestView<EgovHandle>>
  readonly connection?: Partial<EgovConnection>
  readonly at?: string
}

export function call({
  http = {},
  request = {},
  connection = {},
  at = now,
}: Call): Promise<Reception> {
  if (typedProvider.receive === undefined) throw new Error('the adapter receives')

  return typedProvider.receive({
    connection: { ...defaultConnection, ...connection },
    sender,
    request: requestView(request),
    addresses,
    http: {
      method: http.method ?? 'GET',
      route: http.route ?? 'documents',
      query: http.query ?? '',
      headers: http.headers ?? withToken,
      body: new TextEncoder().encode(http.body ?? ''),
    },
    io: ioAt(at),
  })
}

export function put(body: string, more: Call = {}): Promise<Reception> {
  return call({ ...more, http: { method: 'PUT', ...more.http, body } })
}

export type SentDocument = { id: number; document: { file: { data: string } } }
export type Sent = { documentsToSign: SentDocument[]; status?: string }

/** Signs as the app does: what came from API #2, with other data. */
export async function signed(change: (sent: Sent) => void = () => {}): Promise<string> {
  const { reply } = await call({})
  const sent = (await replyJson(reply(undefined))) as Sent
  for (const { id, document } of sent.documentsToSign) {
    document.file.data = Buffer.from([0x30, id]).toString('base64')
  }
  change(sent)

  return JSON.stringify(sent)
}

export const statusOf = (reception: Reception, outcome?: SubmissionOutcome): number =>
  reception.reply(outcome).status
