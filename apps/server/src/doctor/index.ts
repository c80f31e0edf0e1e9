/**
 * What `muhr doctor` looks at on the server's side.
 * @module
 */
export { checkArithmetic } from './check-arithmetic.ts'
export { checkConnections } from './check-connections.ts'
export { checkDataFolder } from './check-data-folder.ts'
export { checkDatabase } from './check-database.ts'
export { checkPages } from './check-pages.ts'
export { checkProviders } from './check-providers.ts'
export { checkSecretKey, checkSignerKeys } from './check-signer-keys.ts'
export { checkTrust } from './check-trust.ts'
export { checkTrustServices } from './check-trust-services.ts'
export { type Finding, failure, patienceMs } from './finding.ts'
