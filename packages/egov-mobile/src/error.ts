import type { JsonFault } from '@muhr/http'
import { MuhrError } from '@muhr/identifiers'

/** Why a URL of the service cannot be given to the app. */
export type UrlFault =
  | 'not-absolute'
  | 'scheme'
  | 'space-or-control'
  | 'not-ascii'
  | 'fragment'
  | 'credentials'

/** The typed particulars of each code. Field names, limits and offsets only: never a value. */
export type EgovMobileErrorData = {
  readonly 'egov-mobile.invalid-url': { readonly field: string; readonly reason: UrlFault }
  readonly 'egov-mobile.invalid-launcher': {
    readonly reason: 'placeholder' | 'scheme' | 'not-absolute'
  }
  readonly 'egov-mobile.link-needs-encoding': { readonly character: string }
  readonly 'egov-mobile.invalid-session': { readonly field: string; readonly expected: string }
  readonly 'egov-mobile.method-not-supported': {
    readonly field: string
    readonly method: string
    readonly supported: readonly string[]
  }
  readonly 'egov-mobile.auth-not-supported': {
    readonly field: string
    readonly authType: string
    readonly supported: readonly string[]
  }
  readonly 'egov-mobile.document-size-mismatch': {
    readonly documentId: number
    readonly declaredBytes: number
    readonly readBytes: number
  }
  readonly 'egov-mobile.malformed-json': { readonly reason: JsonFault; readonly offset: number }
  readonly 'egov-mobile.unreadable-value': {
    readonly reason: 'empty' | 'alphabet' | 'padding' | 'armour' | 'data-url'
  }
}

/** Every code this package throws. */
export type EgovMobileErrorCode = keyof EgovMobileErrorData

/** The error of this package: a closed set of codes, each with its own typed `data`. */
export class EgovMobileError<
  Code extends EgovMobileErrorCode = EgovMobileErrorCode,
> extends MuhrError<Code, EgovMobileErrorData[Code]> {
  override readonly name = 'EgovMobileError'
}
