import type { Provider } from '@muhr/envelope'
import { advance } from './advance.ts'
import { quota } from './buckets.ts'
import { capabilities } from './capabilities.ts'
import { collect } from './collect.ts'
import { type GoskeyConnection, parseConnection } from './connection.ts'
import { createGateways } from './gateways.ts'
import type { GoskeyHandle } from './handle.ts'
import { plan } from './plan.ts'
import { prepareSeal } from './prepare-seal.ts'
import { watch } from './watch.ts'

/** The adapter with its own types of connection and handle; its tokens live as long as it does. */
export function createTypedProvider(): Provider<GoskeyConnection, GoskeyHandle> {
  const gateways = createGateways()

  return Object.freeze({
    describe: () => capabilities,
    parseConnection,
    secretSettings: ['apiKeys[].apiKey'],
    plan,
    prepareSeal,
    quota,
    advance: (input) => advance(gateways, input),
    present: ({ connection, request }) => ({
      links: [],
      expiresAt: request.window?.expiresAt,
      sender: connection.organisationName,
    }),
    watch: (input) => watch(gateways, input),
    collect: (input) => collect(gateways, input),
  } satisfies Provider<GoskeyConnection, GoskeyHandle>)
}
