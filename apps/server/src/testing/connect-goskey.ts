import { ensureGoskey, goskeySandboxOf } from '../instance/prepare-goskey.ts'
import type { TestInstallation } from './start-test-installation.ts'

/**
 * Connects an organisation to the simulated Goskey, or changes its connection: by the API-Keys of so many
 * employees of the sandbox's sender, the first ones. Organisations that are connected so share their quotas.
 */
export async function connectGoskey(
  muhr: TestInstallation,
  organisation: string,
  { employees }: { readonly employees: number },
): Promise<void> {
  const sandbox = goskeySandboxOf(muhr.ready)
  const apiKeys = sandbox.organisation.apiKeys.slice(0, employees)
  await ensureGoskey(muhr.server.app, organisation, {
    ...sandbox,
    organisation: { ...sandbox.organisation, apiKeys },
  })
}
