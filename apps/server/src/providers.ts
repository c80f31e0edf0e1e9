import type { Provider } from '@muhr/envelope'
import { egovMobileProvider } from '@muhr/provider-egov-mobile/server'
import { goskeyProvider } from '@muhr/provider-goskey/server'
import { signmeProvider } from '@muhr/provider-signme/server'

// The workbench starts orders of the same portal in the name of the same employees.
export { bucketOf as orderBucketOf } from '@muhr/provider-goskey/server'

/** Every provider that this server knows: one line each. */
const installed: readonly Provider[] = [egovMobileProvider, goskeyProvider, signmeProvider]

/** The registry by the provider's own name. */
export function createProviders(): ReadonlyMap<string, Provider> {
  return new Map(installed.map((provider) => [provider.describe().id, provider]))
}
