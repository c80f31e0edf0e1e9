import { egovMobile, loadEgovMobileMessages } from '@muhr/provider-egov-mobile/web'
import { goskey, loadGoskeyMessages } from '@muhr/provider-goskey/web'
import type { Locale } from '../i18n/message.ts'
import type { LoadProviderTexts, ProviderDescriptor, ProviderTexts } from './contract.ts'

/** Every service that the pages know: one line each. */
const registry: readonly {
  readonly descriptor: ProviderDescriptor
  readonly loadTexts: LoadProviderTexts
}[] = [
  { descriptor: egovMobile, loadTexts: loadEgovMobileMessages },
  { descriptor: goskey, loadTexts: loadGoskeyMessages },
]

export const providerDescriptors: readonly ProviderDescriptor[] = registry.map(
  ({ descriptor }) => descriptor,
)

/** A service by its id; one that this page does not know is shown by its id. */
export function findProvider(id: string): ProviderDescriptor | undefined {
  return providerDescriptors.find((descriptor) => descriptor.id === id)
}

/** Name of a service as people call it. */
export function providerName(id: string): string {
  return findProvider(id)?.name ?? id
}

/** Texts of all services in one language, keys prefixed by the service: `egov-mobile:signer.open`. */
export async function loadProviderTexts(locale: Locale): Promise<ProviderTexts> {
  const parts = await Promise.all(
    registry.map(async ({ descriptor, loadTexts }) =>
      Object.entries(await loadTexts(locale)).map(
        ([key, text]) => [`${descriptor.id}:${key}`, text] as const,
      ),
    ),
  )

  return Object.fromEntries(parts.flat())
}
