import type { ServiceReply } from './http/message.ts'
import type { Session } from './session/session.ts'

/** Two documents of a session for tests; not exported by the package. */
export const contractBytes = new TextEncoder().encode(`%PDF-1.7 шарт ${'x'.repeat(200)}`)
export const annexBytes = new TextEncoder().encode('Қосымша мәтін')

export const testNow = new Date('2026-11-22T08:00:00.000Z')

/** An open session with two documents, as a company would set it up. */
export function testSession(changes: Partial<Session> = {}): Session {
  return {
    api1Url: 'https://muhr.example/cb/egov-mobile/k7Qm2xV9/mgovSign',
    api2Url: 'https://muhr.example/cb/egov-mobile/k7Qm2xV9/documents',
    description: 'Подписание документов',
    organisation: {
      nameRu: 'ТОО «Мысал»',
      nameKz: '«Мысал» ЖШС',
      nameEn: 'Mysal LLP',
      bin: '000140000018',
    },
    expiresAt: new Date('2026-11-22T08:05:00.000Z'),
    auth: { type: 'Token', token: '2dffe45dssvg' },
    signMethod: 'CMS_SIGN_ONLY',
    documents: [
      {
        id: 1,
        names: { nameRu: 'Договор', nameKz: 'Шарт', nameEn: 'Contract' },
        meta: [{ name: 'Дата создания', value: '2026-11-22' }],
        mime: 'application/pdf',
        sizeBytes: contractBytes.length,
        data: () => contractBytes,
      },
      {
        id: 2,
        names: { nameRu: 'Приложение', nameKz: 'Қосымша', nameEn: 'Annex' },
        meta: [],
        mime: 'text/plain',
        sizeBytes: annexBytes.length,
        data: () => annexBytes,
      },
    ],
    ...changes,
  }
}

export const withToken = { authorization: 'Bearer 2dffe45dssvg' } as const

/** All bytes of a reply, as text. */
export async function replyText({ body }: ServiceReply): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body instanceof Uint8Array ? [body] : body) chunks.push(chunk)

  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
}

/** The body of a reply, parsed. */
export async function replyJson(reply: ServiceReply): Promise<unknown> {
  return JSON.parse(await replyText(reply))
}
