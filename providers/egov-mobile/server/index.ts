/**
 * eGov Mobile as a provider of Muhr: the adapter between `@muhr/egov-mobile`, which knows the protocol,
 * and the domain, which knows envelopes.
 * @module
 */
import type { Provider } from '@muhr/envelope'
import { advance, type EgovHandle } from './advance.ts'
import { capabilities } from './capabilities.ts'
import { type EgovConnection, parseConnection } from './connection.ts'
import { plan } from './plan.ts'
import { present } from './present.ts'
import { receive } from './receive.ts'
import { refuse } from './refuse.ts'

export type { EgovHandle } from './advance.ts'
export { defaultConnection, type EgovConnection, linkLifeBounds } from './connection.ts'
export type { PlanRefusalCode } from './plan.ts'
export { refusalOfVerdict, type ServiceEvent, stateTable } from './state-table.ts'

/** The service calls us: API #1 and API #2 are opened, a PUT brings signatures. */
export const egovMobile: Provider<EgovConnection, EgovHandle> = Object.freeze({
  describe: () => capabilities,
  parseConnection,
  plan,
  advance,
  present,
  receive,
  refuse,
})
