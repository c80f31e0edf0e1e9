import type { RequestId } from '@muhr/envelope'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { loadConnection } from '../connections/load-connection.ts'
import { providerIo } from '../envelopes/provider-io.ts'
import { sameToken } from '../instance/tokens.ts'
import { hintRequests } from '../watching/hint-requests.ts'
import { openRequestsOf } from '../watching/open-requests.ts'
import { type Door, headOf, message, sendHttpReply } from './handle-callback.ts'
import { readCallbackBody } from './read-callback-body.ts'

const noticeTimeoutMs = 30_000

/** Longest body of a notice, bytes: it says where to look, nothing more. */
export const noticeLimitBytes = 64 * 1024

export type NoticeRequest = { Params: { provider: string; name: string } }

/**
 * A service calls the address of a connection. Its provider tells which requests may have news; each is
 * asked about once. Nothing that the call says is believed.
 */
export async function handleNotice(
  { app, journal }: Door,
  request: FastifyRequest<NoticeRequest>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { provider, name } = request.params
  const [id = '', token = ''] = name.split('.')
  const connection = sameToken(app.tokens.connection(id), token)
    ? await loadConnection(app, id)
    : undefined
  if (connection?.provider.notice === undefined || connection.provider.describe().id !== provider) {
    await journal.record({ provider, reason: 'unknown-request' })

    return sendHttpReply(reply, message(404, 'Not found'))
  }
  const body = await readCallbackBody(request.body, {
    limit: noticeLimitBytes,
    announced: Number(request.headers['content-length'] ?? Number.NaN),
  })
  if (body === 'too-large' || body === 'broken') {
    return sendHttpReply(reply, message(body === 'broken' ? 400 : 413, 'The body is not read.'))
  }
  const notice = await connection.provider.notice({
    connection: connection.settings,
    http: { ...headOf(request), body },
    open: openRequestsOf(app.db, connection.id),
    io: providerIo(app, connection, AbortSignal.timeout(noticeTimeoutMs)),
  })
  const { rows } = await sql<{ id: RequestId; envelope_id: string }>`
    select id, envelope_id from requests
    where id = any(${[...notice.requests]}::text[]) and connection_id = ${connection.id}`.execute(
    app.db,
  )
  await hintRequests(
    app,
    rows.map((row) => ({ envelope: row.envelope_id, request: row.id })),
  )

  return sendHttpReply(reply, notice.reply)
}
