/**
 * Goskey as a provider of Muhr: the adapter between `@muhr/epgu`, which knows the protocol, and the
 * domain, which knows envelopes.
 * @module
 */
import type { Provider } from '@muhr/envelope'
import { createTypedProvider } from './provider.ts'

export { bucketOf, digestOf } from './buckets.ts'
export {
  type EmployeeKey,
  type GoskeyConnection,
  parseConnection,
  pollBounds,
  type SettingFault,
  settingFaults,
  settingNames,
} from './connection.ts'
export type { GoskeyHandle } from './handle.ts'
export { type GoskeyMethod, goskeyMethodNames, goskeyMethods } from './methods.ts'
export { refusalCodes, stateTable } from './state-table.ts'

/**
 * We call the service and watch it. As the registry of providers wants it: the core hands back only the
 * connections and handles that this adapter made, and does not look into them. One for a process.
 */
export const goskeyProvider = createTypedProvider() as unknown as Provider
