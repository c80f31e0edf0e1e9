/**
 * eGov Mobile as a provider of Muhr: the adapter between `@muhr/egov-mobile`, which knows the protocol,
 * and the domain, which knows envelopes.
 * @module
 */
import type { Provider } from '@muhr/envelope'
import { typedProvider } from './provider.ts'

export type { EgovHandle } from './advance.ts'
export {
  defaultConnection,
  type EgovConnection,
  linkLifeBounds,
  type SettingFault,
  settingFaults,
} from './connection.ts'
export type { PlanRefusalCode } from './plan.ts'
export { refusalOfVerdict, type ServiceEvent, stateTable } from './state-table.ts'

/**
 * The service calls us: API #1 and API #2 are opened, a PUT brings signatures. As the registry of
 * providers wants it: the core hands back only the connections and handles that this adapter made,
 * and does not look into them.
 */
export const egovMobileProvider = typedProvider as unknown as Provider
