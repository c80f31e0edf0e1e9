import { egovMobile, loadEgovMobileMessages } from '@muhr/provider-egov-mobile/web'
import { goskey, loadGoskeyClerkTexts, loadGoskeyMessages } from '@muhr/provider-goskey/web'
import { loadSignmeClerkTexts, loadSignmeMessages, signme } from '@muhr/provider-signme/web'
import type { MaskedRecipient, RecipientKind } from '../api/types.ts'
import type { Locale } from '../i18n/message.ts'
import type {
  AskedNumbers,
  LoadProviderTexts,
  ProviderDescriptor,
  ProviderTexts,
} from './contract.ts'
import type { ServiceText } from './service-words.ts'

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
  { descriptor: signme, loadTexts: loadSignmeMessages, loadClerkTexts: loadSignmeClerkTexts },
]

export const providerDescriptors: readonly ProviderDescriptor[] = registry.map(
  ({ descriptor }) => descriptor,
)

/** A service by its id; one that this page does not know is shown by its id. */
export function findProvider(id: string): ProviderDescriptor | undefined {
  return providerDescriptors.find((descriptor) => descriptor.id === id)
}

/** Name of a service as people call it in the language of the page; its own name where it has no other. */
export function providerName(text: ServiceText, id: string): string {
  return text(id, 'name') || (findProvider(id)?.name ?? id)
}

/** The same where there is little room: under a seal. */
export function providerShortName(text: ServiceText, id: string): string {
  return text(id, 'name.short') || (findProvider(id)?.shortName ?? id)
}

/** Whether a service shows the signer a code, which has a life and is renewed. */
export function showsCode(service: ProviderDescriptor | undefined): boolean {
  return (service?.opensBy ?? 'code') === 'code'
}

/** The phones and pages of the sandbox, one for each app; `phoneUrl` is the common one's. */
export function sandboxPhones(
  text: ServiceText,
  phoneUrl: string | undefined,
): readonly { readonly name: string; readonly url: string }[] {
  if (phoneUrl === undefined) return []

  const urls = new Map<string, string>()
  for (const { id, opensBy, sandboxPage } of providerDescriptors) {
    const url = sandboxPage === undefined ? phoneUrl : new URL(sandboxPage, phoneUrl).href
    const hasPhone = sandboxPage !== undefined || (opensBy ?? 'code') === 'code'

    if (hasPhone && !urls.has(url)) urls.set(url, providerName(text, id))
  }

  return [...urls].map(([url, name]) => ({ name, url }))
}

/** What was chosen for a recipient: the way to sign, and by which of its sets of numbers. */
export type MethodChoice = {
  readonly method: string
  readonly identifierSet?: string | undefined
}

/** The sets of numbers between which a method leaves the choice; none where there is one alone. */
export function identifierSetsOf(service: ProviderDescriptor | undefined, method: string) {
  return service?.methods.find(({ id }) => id === method)?.identifierSets ?? []
}

/** What a method of a service asks for of a person. */
export function identifiersOf(
  service: ProviderDescriptor | undefined,
  { method, identifierSet }: MethodChoice,
): AskedNumbers {
  const sets = identifierSetsOf(service, method)
  const set = sets.find(({ id }) => id === identifierSet) ?? sets[0]
  const own = service?.methods.find(({ id }) => id === method)?.identifiers

  return set?.identifiers ?? own ?? service?.identifiers ?? []
}

/** The set of numbers by which a signer of an earlier envelope was known; undefined: the usual one. */
export function identifierSetFor(
  service: ProviderDescriptor | undefined,
  method: string,
  known: MaskedRecipient,
): string | undefined {
  return identifierSetsOf(service, method).find(({ identifiers }) =>
    identifiers.every(({ kind, need }) => need === 'optional' || known[kind] !== undefined),
  )?.id
}

/** Groups of which a method wants one at least. */
export function oneOfGroups(
  service: ProviderDescriptor | undefined,
  method: string,
): readonly (readonly RecipientKind[])[] {
  return service?.methods.find(({ id }) => id === method)?.oneOf ?? service?.oneOf ?? []
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
