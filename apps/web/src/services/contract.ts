import type { IdentifierKind } from '../api/types.ts'
import type { Locale } from '../i18n/message.ts'

/** The numbers by which a service knows a signer. */
export type AskedNumbers = readonly {
  readonly kind: IdentifierKind
  readonly need: 'required' | 'optional'
}[]

/** What every service gives to the forms and lists: data, no markup. One unit per provider. */
export type ProviderDescriptor = {
  readonly id: string
  readonly name: string
  /** Fits under a seal in the list. */
  readonly shortName: string
  readonly country: 'RU' | 'KZ' | 'UZ'
  readonly identifiers: AskedNumbers
  readonly methods: readonly {
    readonly id: string
    readonly nameKey: string
    readonly hintKey: string
    /** Numbers of this method, where they are not those of the service. */
    readonly identifiers?: AskedNumbers
    /** Where the method knows signers by one set of numbers or by another: which there are, the usual first. */
    readonly identifierSets?: readonly {
      readonly id: string
      readonly nameKey: string
      readonly hintKey: string
      readonly identifiers: AskedNumbers
    }[]
  }[]
  /** `itself`: the app finds its signer, so no code is shown and none renewed. Default: a code. */
  readonly opensBy?: 'code' | 'itself'
  /** The service never says that a signer opened the documents, so no page has a step for it. */
  readonly isOpeningUntold?: true
  /** Path of its phone page on the sandbox's console, where it is not the common one. */
  readonly sandboxPage?: string
}

/** One setting of a connection, as its form asks for it. */
export type ConnectionField = {
  readonly name: string
  /**
   * `choice` and `choices` are among `options`; `signer-key` is the id of one of the organisation's keys;
   * `api-keys` is a list of `{ apiKey, name, signerKey?, expires? }` that may come out of a file.
   */
  readonly kind: 'text' | 'number' | 'flag' | 'choice' | 'choices' | 'signer-key' | 'api-keys'
  readonly options?: readonly (string | number)[]
  readonly need: 'required' | 'optional'
  /** What stands where nothing is given. */
  readonly usual?: string | number
  /** Seldom changed: shown folded. */
  readonly isRare?: boolean
}

/**
 * The form of a service's connection. Texts: `connection.NAME`, `connection.NAME.hint`, of a choice
 * `connection.NAME.OPTION`; `fault.CODE` says what is wrong with a setting.
 */
export type ConnectionForm = {
  readonly fields: readonly ConnectionField[]
  readonly texts: ProviderTexts
}

/** Texts of one service in one language. `picker.hint` and `clerk.nearby` every service has. */
export type ProviderTexts = Readonly<Record<string, string>>
export type LoadProviderTexts = (locale: Locale) => Promise<ProviderTexts>
