import type { HttpReply, Observation, ReceiveInput, Reception } from '@muhr/envelope'
import { parseReturn, type Returned } from '@muhr/signme'
import type { SignmeConnection } from './connection.ts'
import { namelessHandle, type SignmeHandle } from './handle.ts'

/**
 * A `GET:` push, or the browser of the signer who comes back (§6.1, §6.2). Anybody could write it, so it
 * changes nothing and only makes us ask. That it came to the address of this request, which nobody but
 * Sign.Me was told, proves one thing: the request is there, though its answer may have been lost.
 */
export async function receive({
  request,
  addresses,
  http,
  io,
}: ReceiveInput<SignmeConnection, SignmeHandle>): Promise<Reception> {
  if (http.method !== 'GET') return { ...nothing, reply: () => plain(405, { allow: 'GET' }) }
  const returned = parseReturn(http.query)
  if (returned === undefined) return { ...nothing, reply: () => plain(400) }
  const observations: readonly Observation[] = request.closed
    ? []
    : [
        ...(request.handle === undefined
          ? [{ kind: 'exists', handle: namelessHandle(request, io.now()) } as const]
          : []),
        ...(isRejection(returned) && request.handle?.reference === undefined ? [unproven] : []),
      ]

  return {
    observations,
    candidates: [],
    look: true,
    reply: () =>
      http.route === 'back' ? plain(303, { location: addresses.signerPage }) : plain(200),
  }
}

/** Of a request without a name nobody can ask whether it is so: a person has to. */
const unproven = { kind: 'flagged', code: 'signme.said-rejected', attention: 'provider' } as const

function isRejection(returned: Returned): boolean {
  return !returned.signed && returned.reason === 'rejected'
}

const nothing = { observations: [], candidates: [] } as const

function plain(status: number, headers: Readonly<Record<string, string>> = {}): HttpReply {
  return {
    status,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      ...headers,
    },
    body: Buffer.from(status === 200 ? 'ok' : ''),
  }
}
