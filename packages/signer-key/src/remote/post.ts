import { SignerKeyError } from '../error.ts'
import { readRemoteAnswer } from './read-remote-answer.ts'
import {
  defaultServiceTimeoutMs,
  type RemoteSettings,
  readServiceAddress,
} from './remote-settings.ts'

/** Network of the caller: the address was configured by the organisation. */
export type RemoteIo = { readonly fetch: typeof fetch }

/**
 * Sends one request to a signing service and reads its container, all within the time limit.
 * Throws `signer-key.service-*`, `signer-key.aborted`, and the codes that a service names.
 */
export async function post(
  settings: RemoteSettings,
  request: {
    readonly body: string | ReadableStream<Uint8Array>
    readonly io: RemoteIo
    readonly signal: AbortSignal | undefined
  },
): Promise<Uint8Array> {
  const timeout = AbortSignal.timeout(settings.timeoutMs ?? defaultServiceTimeoutMs)
  const { signal } = request
  // `duplex` is what Node asks for where the body is a stream; the DOM's types lack it.
  const init: RequestInit & { readonly duplex: 'half' } = {
    method: 'POST',
    redirect: 'manual',
    duplex: 'half',
    headers: {
      authorization: `Bearer ${settings.secret}`,
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: request.body,
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
  }
  try {
    const response = await request.io.fetch(readServiceAddress(settings.url), init)

    return await readRemoteAnswer(response)
  } catch (error) {
    if (error instanceof SignerKeyError) {
      throw error
    }
    if (signal?.aborted === true) {
      throw new SignerKeyError({
        code: 'signer-key.aborted',
        message: 'The seal is not wanted any more.',
      })
    }
    throw timeout.aborted
      ? new SignerKeyError({
          code: 'signer-key.service-timeout',
          message: 'The signing service did not answer in time.',
        })
      : new SignerKeyError({
          code: 'signer-key.service-unreachable',
          message: 'The signing service cannot be reached.',
        })
  }
}
