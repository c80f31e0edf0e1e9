import { egovMobile, loadEgovMobileMessages } from '@muhr/provider-egov-mobile/web'
import { goskey, loadGoskeyClerkTexts, loadGoskeyMessages } from '@muhr/provider-goskey/web'
import type { Locale } from '../i18n/message.ts'
import type { LoadProviderTexts, ProviderDescriptor, ProviderTexts } from './contract.ts'

/** Every service that the pages know: one line each. */
const registry: readonly {
  readonly descriptor: ProviderDescriptor
  readonly loadTexts: LoadProviderTexts
  /** What only the application says: the signer page does not load it. */
  readonly loadClerkTexts?: LoadProviderTexts
}[] = [
  { descriptor: egovMobile, loadTexts: loadEgovMobileMessages },
  {
    descriptor: goskey,
    loadTexts: loadGoskeyMessages,
    loadClerkTexts: loadGoskeyClerkTexts,
  },
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

/** The phones of the sandbox, one for each app; `phoneUrl` is the common one's. */
export function sandboxPhones(
  phoneUrl: string | undefined,
): readonly { readonly name: string; readonly url: string }[] {
  if (phoneUrl === undefined) return []

  const urls = new Map<string, string>()
  for (const { name, opensBy, sandboxPage } of providerDescriptors) {
    const url = sandboxPage === undefined ? phoneUrl : new URL(sandboxPage, phoneUrl).href
    const hasPhone = sandboxPage !== undefined || opensBy !== 'itself'

    if (hasPhone && !urls.has(url)) urls.set(url, name)
  }

  return [...urls].map(([url, name]) => ({ name, url }))
}

/** The numbers that a method of a service asks for. */
export function identifiersOf(
  service: ProviderDescriptor | undefined,
  method: string,
): ProviderDescriptor['identifiers'] {
  return service?.methods.find(({ id }) => id === method)?.identifiers ?? service?.identifiers ?? []
}

/** Texts of all services in one language, keys prefixed by the service: `egov-mobile:signer.open`. */
export async function loadProviderTexts(
  locale: Locale,
  reader: 'signer' | 'clerk' = 'signer',
): Promise<ProviderTexts> {
  const parts = await Promise.all(
    registry.map(async ({ descriptor, loadTexts, loadClerkTexts }) => {
      const texts = await loadTexts(locale)
      const more = reader === 'clerk' ? await loadClerkTexts?.(locale) : undefined

      return Object.entries({ ...texts, ...more }).map(
        ([key, text]) => [`${descriptor.id}:${key}`, text] as const,
      )
    }),
  )

  return Object.fromEntries(parts.flat())
}
