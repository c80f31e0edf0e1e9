import type { Provider } from '@muhr/envelope'
import { advance, type EgovHandle } from './advance.ts'
import { capabilities } from './capabilities.ts'
import { type EgovConnection, parseConnection } from './connection.ts'
import { plan } from './plan.ts'
import { present } from './present.ts'
import { receive } from './receive.ts'
import { refuse } from './refuse.ts'

/** The adapter with its own types of connection and handle. */
export const typedProvider: Provider<EgovConnection, EgovHandle> = Object.freeze({
  describe: () => capabilities,
  parseConnection,
  plan,
  advance,
  present,
  receive,
  refuse,
})
