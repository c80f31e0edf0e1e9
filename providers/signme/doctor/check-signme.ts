import type { ProviderIo } from '@muhr/envelope'
import { isSignmeError, parseMd5 } from '@muhr/signme'
import type { SignmeDoctorKey } from '../messages/doctor/index.ts'
import { codeOf } from '../server/call-errors.ts'
import { createClients, type FetchSource } from '../server/clients.ts'
import type { SignmeConnection } from '../server/connection.ts'

/** What was looked at. */
export type SignmeCheck = 'host' | 'key' | 'push' | 'notification'

export type SignmeFinding = {
  readonly check: SignmeCheck
  readonly result: 'passed' | 'notice' | 'failed'
  /** Key of the text, in `messages/doctor/`. */
  readonly message: SignmeDoctorKey
  /** Which host or address: never a secret. */
  readonly detail?: string | undefined
  /** Code of Sign.Me or of the call (`signme.wrong-key`), where there was one. */
  readonly code?: string | undefined
}

/**
 * Looks at a connection as far as that has no effect: does the host answer, and does it take the key. The
 * call is that for a page that shows who signed a file (1.3), of a file that nobody has: it is the only one
 * that wants a key and tells nobody anything. And can its pushes find us, and which address its staff must
 * have been told.
 *
 * @param addresses ours: the public one, and that for notifications
 * @param fetchOf the HTTP of Node.js when absent
 */
export async function checkSignme(input: {
  readonly connection: SignmeConnection
  readonly io: ProviderIo
  readonly addresses: { readonly publicUrl: string; readonly notification: string }
  readonly fetchOf?: FetchSource
}): Promise<readonly SignmeFinding[]> {
  const { connection, addresses } = input
  const asked = await askForPage(input)

  return [
    ...asked,
    ...(isLoopback(addresses.publicUrl) && !isLoopback(connection.baseUrl)
      ? [{ check: 'push', result: 'failed', message: 'doctor.push.loopback' } as const]
      : []),
    ...(connection.notifies
      ? [
          {
            check: 'notification',
            result: 'notice',
            message: 'doctor.notification.address',
            detail: addresses.notification,
          } as const,
        ]
      : []),
  ]
}

async function askForPage({
  connection,
  io,
  fetchOf,
}: Parameters<typeof checkSignme>[0]): Promise<readonly SignmeFinding[]> {
  const detail = new URL(connection.baseUrl).host
  const host: SignmeFinding = {
    check: 'host',
    result: 'passed',
    message: 'doctor.host.passed',
    detail,
  }
  const { signme } = createClients(fetchOf).open(connection, io)
  try {
    await signme.createResultPage(parseMd5(Buffer.from(io.random(16)).toString('hex')), {
      signal: io.signal,
    })

    return [host, { check: 'key', result: 'passed', message: 'doctor.key.passed' }]
  } catch (error) {
    if (!isSignmeError(error)) throw error
    const code = codeOf(error)
    if (error.code === 'signme.unreachable') {
      return [{ ...host, result: 'failed', message: 'doctor.host.unreachable', code }]
    }
    const isRefused = code === 'signme.wrong-key' || code === 'signme.get-api-key'
    // A file that nobody has gives no page at some: the key was looked at before it.
    const isTaken = code === 'signme.request-not-created'

    return [
      host,
      {
        check: 'key',
        result: isRefused ? 'failed' : isTaken ? 'passed' : 'notice',
        message: isRefused
          ? 'doctor.key.refused'
          : isTaken
            ? 'doctor.key.passed'
            : 'doctor.key.unclear',
        code,
      },
    ]
  }
}

function isLoopback(url: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(url).hostname)
}
