import type { Presentation, Provider, RequestView } from '@muhr/envelope'
import { advance } from './advance.ts'
import { cancel } from './cancel.ts'
import { capabilities } from './capabilities.ts'
import { createClients, type FetchSource } from './clients.ts'
import { collect } from './collect.ts'
import { parseConnection, type SignmeConnection } from './connection.ts'
import type { SignmeHandle } from './handle.ts'
import { look } from './look.ts'
import { notice } from './notice.ts'
import { plan } from './plan.ts'
import { receive } from './receive.ts'
import { watch } from './watch.ts'

/**
 * The adapter with its own types of connection and handle.
 * @param fetchOf the HTTP of Node.js when absent
 */
export function createTypedProvider(
  fetchOf?: FetchSource,
): Provider<SignmeConnection, SignmeHandle> {
  const clients = createClients(fetchOf)

  return Object.freeze({
    describe: () => capabilities,
    parseConnection,
    secretSettings: ['key', 'proxy'],
    plan,
    advance: (input) => advance(clients, input),
    present: ({ connection, request }) => present(connection, request),
    frames: (connection) => (isFramed(connection) ? [new URL(connection.baseUrl).origin] : []),
    receive,
    notice,
    watch: (input) => watch(clients, input),
    look: (input) => look(clients, input),
    collect: (input) => collect(clients, input),
    cancel: (input) => cancel(clients, input),
  } satisfies Provider<SignmeConnection, SignmeHandle>)
}

/**
 * A page that leads the browser back would lead it into the frame, where our page lets nobody show it; one
 * that calls us stays where it is.
 */
function isFramed({ returnBy }: SignmeConnection): boolean {
  return returnBy === 'push'
}

/** The page of Sign.Me on which the signer signs (§4.1, §4.6). */
function present(
  connection: SignmeConnection,
  { handle }: RequestView<SignmeHandle>,
): Presentation {
  if (handle?.reference === undefined) return { links: [] }
  const page = handle.kind === 'file' ? 'sjson' : 'multijson'
  const url = `${connection.baseUrl}/signapi/${page}/${handle.reference}`

  return {
    links: [{ kind: 'page', url }],
    ...(isFramed(connection) ? { frame: url } : {}),
    isBearer: true,
  }
}
