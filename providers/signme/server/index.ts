/**
 * Sign.Me as a provider of Muhr: the adapter between `@muhr/signme`, which knows the protocol, and the
 * domain, which knows envelopes.
 * @module
 */
import type { Provider } from '@muhr/envelope'
import { createTypedProvider } from './provider.ts'

export {
  parseConnection,
  type SignmeConnection,
  settingFaults,
  settingNames,
} from './connection.ts'
export type { SignmeHandle } from './handle.ts'
export { type SignmeMethod, signmeMethods } from './methods.ts'
export { stateTable } from './state-table.ts'

/** We call the service and watch it; it tells us when to look. One for a process. */
export const signmeProvider = createTypedProvider() as unknown as Provider
