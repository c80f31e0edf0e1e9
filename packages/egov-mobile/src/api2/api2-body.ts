import type { MetaPair, Names } from '../session/session.ts'
import type { SignMethod, SimpleSignMethod } from '../sign-method.ts'

/** `version` of API #2; 1 by default [seed, section 5]. */
export const api2Version = 1

/** The JSON of API #2 as the seed spells it, for all five methods; GET sends it, PUT returns it. */
export type Api2Body = {
  readonly signMethod: SignMethod
  readonly version: number
  readonly documentsToSign: readonly Api2Document[]
}

/** One element of `documentsToSign`. */
export type Api2Document = Names & {
  readonly id: number
  /** Only inside `MIX_SIGN`. */
  readonly signMethod?: SimpleSignMethod
  readonly meta?: readonly MetaPair[]
  /** Only for `XML`, and then no `document`. */
  readonly documentXml?: string
  /** For the CMS methods and `SIGN_BYTES_ARRAY`. */
  readonly document?: { readonly file: { readonly mime: string; readonly data: string } }
}
