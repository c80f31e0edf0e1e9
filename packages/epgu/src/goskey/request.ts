import type { GoskeyServiceName, RequestProfile } from './services.ts'

/** Whom the documents are sent to. All values as typed; {@link checkRequest} judges them. */
export type GoskeyRecipient =
  | {
      readonly kind: 'person'
      /** `000-000-000 00` */
      readonly snils?: string
      /** ESIA id of the person. Profile 1.9 takes either SNILS or OID. */
      readonly oid?: string
    }
  | {
      readonly kind: 'russian-organisation'
      readonly snils?: string
      readonly oid?: string
      /** OGRN, 13 digits, or OGRNIP, 15. Goskey also takes 11. */
      readonly ogrn: string
    }
  | {
      readonly kind: 'foreign-organisation'
      /** Number of the record of accreditation of a branch, 11 digits. */
      readonly rafp: string
      /** INN of the signer, 12 digits. */
      readonly inn: string
    }

export type RequestAttribute = { readonly name: string; readonly value: string }

/** Everything that req.xml says but its documents. */
export type GoskeyRequest = {
  readonly service: GoskeyServiceName
  readonly profile: RequestProfile
  readonly recipient: GoskeyRecipient
  /** Title of the package, shown to the recipient. */
  readonly description: string
  /** Where the app leads after signing. */
  readonly backlink?: string
  /** End of the signing time; in the future, at most 24 h after the seal is made. */
  readonly expiresAt: Date
  /**
   * Profile 1.9 needs `orgName` and `orgINN`, profile 1.8 `mnemonics`, `serviceName` and `orgName`.
   */
  readonly attributes: readonly RequestAttribute[]
}
