import type { RecipientKind } from '../api/types.ts'
import type { Locale } from '../i18n/message.ts'

/** One thing by which a service or we know a person. */
export type PersonField = {
  readonly kind: RecipientKind
  readonly need: 'required' | 'optional'
  /** Text of the service that says what it is good for. */
  readonly hintKey?: string
}

/** By what a service knows a signer. */
export type AskedNumbers = readonly PersonField[]

/** What every service gives to the forms and lists: data, no markup. One unit per provider. */
export type ProviderDescriptor = {
  readonly id: string
  readonly name: string
  /** Fits under a seal in the list. */
  readonly shortName: string
  readonly country: 'RU' | 'KZ' | 'UZ'
  readonly identifiers: AskedNumbers
  /** Of each of these groups one at least must be given. */
  readonly oneOf?: readonly (readonly RecipientKind[])[]
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
    readonly oneOf?: readonly (readonly RecipientKind[])[]
  }[]
  /**
   * `itself`: the app finds its signer; `page`: the signer goes to a page of the service. Neither shows a
   * code, and none is renewed. Default: a code.
   */
  readonly opensBy?: 'code' | 'itself' | 'page'
  /** The service never says that a signer opened the documents, so no page has a step for it. */
  readonly isOpeningUntold?: true
  /** A request that was signed once takes no other signature, whatever the first one was. */
  readonly isSignedOnce?: true
  /** How each of its requests stands can be asked at any moment, and it says what proves nothing yet. */
  readonly isAsked?: true
  /** Path of its phone or page on the sandbox's console, where it is not the common phone. */
  readonly sandboxPage?: string
}

/** One setting of a connection, as its form asks for it. */
export type ConnectionField = {
  readonly name: string
  /**
   * `secret` is shown masked and stands until another is typed; `choice` and `choices` are among `options`; `signer-key` is the id of one of the organisation's keys;
   * `api-keys` is a list of `{ apiKey, name, signerKey?, expires? }` that may come out of a file.
   */
  readonly kind:
    | 'text'
    | 'long-text'
    | 'secret'
    | 'number'
    | 'flag'
    | 'choice'
    | 'choices'
    | 'signer-key'
    | 'api-keys'
  readonly options?: readonly (string | number)[]
  readonly need: 'required' | 'optional'
  /** What stands where nothing is given. */
  readonly usual?: string | number | boolean
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
