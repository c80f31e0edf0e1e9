import type { Provider } from '@muhr/envelope'
import { egovMobileProvider } from '@muhr/provider-egov-mobile/server'

/** Every provider that this server knows: one line each. */
export function createProviders(): ReadonlyMap<string, Provider> {
  return new Map([egovMobileProvider].map((provider) => [provider.describe().id, provider]))
}
