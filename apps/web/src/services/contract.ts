import type { IdentifierKind } from '../api/types.ts'
import type { Locale } from '../i18n/message.ts'

/** What every service gives to the forms and lists: data, no markup. One unit per provider. */
export type ProviderDescriptor = {
  readonly id: string
  readonly name: string
  /** Fits under a seal in the list. */
  readonly shortName: string
  readonly country: 'RU' | 'KZ' | 'UZ'
  readonly identifiers: readonly {
    readonly kind: IdentifierKind
    readonly need: 'required' | 'optional'
  }[]
  readonly methods: readonly {
    readonly id: string
    readonly nameKey: string
    readonly hintKey: string
  }[]
}

/** Texts of one service in one language. `picker.hint` and `clerk.nearby` every service has. */
export type ProviderTexts = Readonly<Record<string, string>>
export type LoadProviderTexts = (locale: Locale) => Promise<ProviderTexts>
