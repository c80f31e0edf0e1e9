/**
 * Simulators of the national services, with a test PKI. Real keys, real CMS, real HTTP, real faults; nothing
 * made here can pass as real.
 * @module
 */
export * from './egov-mobile/index.ts'
export { SandboxError, type SandboxErrorCode, type SandboxErrorData } from './error.ts'
export { CRL_FAULTS, OCSP_FAULTS, type TrustFaults, TSA_FAULTS } from './faults.ts'
export { type FidelityRow, fidelityRows } from './fidelity.ts'
export { SECRET_HEADER } from './http/guard.ts'
export type { JournalEntry } from './journal.ts'
export { CITIZEN_PASSWORD, type CitizenState } from './pki/profile.ts'
export { RUSSIAN_PIN, type RussianState } from './pki/russian-profile.ts'
export {
  DEFAULT_PORTS,
  type Sandbox,
  type SandboxAccount,
  type SandboxKey,
  type SandboxOptions,
  type SandboxPorts,
  type SandboxReady,
  startSandbox,
} from './start-sandbox.ts'
