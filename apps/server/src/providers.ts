import type { Provider } from '@muhr/envelope'
import { egovMobile } from '@muhr/provider-egov-mobile/server'

/** Every provider that this server knows: one line each. */
export function createProviders(): ReadonlyMap<string, Provider> {
  // The core carries settings and handles as the JSON that the adapter made of them, unread.
  const all = [egovMobile as unknown as Provider]

  return new Map(all.map((provider) => [provider.describe().id, provider]))
}
