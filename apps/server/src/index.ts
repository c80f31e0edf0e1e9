/**
 * The server: HTTP API, jobs, database.
 * @module
 */
export type { AppContext } from './app-context.ts'
export { type Config, loadConfig } from './config/index.ts'
export { createLog } from './create-log.ts'
export { startEmbeddedPostgres } from './database/launcher/index.ts'
export type { DatabaseAddress } from './database/open-database.ts'
export {
  type AddedOrganisation,
  addOrganisation,
  type NewOrganisation,
} from './instance/add-organisation.ts'
export { createNewLoginLink } from './instance/new-login-link.ts'
export { goskeySandboxOf } from './instance/prepare-goskey.ts'
export { accessFile, prepareSandbox, type SandboxAccess } from './instance/prepare-sandbox.ts'
export { signmeSandboxOf } from './instance/prepare-signme.ts'
export { openStoredSignerKey } from './signer-keys/open-stored-signer-key.ts'
export { type RunningServer, startServer } from './start-server.ts'
export { version } from './version.ts'
