import { MuhrError } from '@muhr/identifiers'

/** The typed particulars of each code. */
export type SealErrorData = {
  /** The connection names a signer key that the organisation does not have. */
  readonly 'seal.no-key': { readonly key: string }
  /** The key gave another number of signatures than there are items. */
  readonly 'seal.incomplete': { readonly key: string; readonly made: number; readonly of: number }
  /** No CMS, or one that does not verify over the item. */
  readonly 'seal.signature': { readonly item: string }
  /** A signature by another key than the one that was asked. */
  readonly 'seal.other-key': { readonly item: string }
}

export type SealErrorCode = keyof SealErrorData

/** A seal that cannot be made, or signatures that do not count. */
export class SealError<Code extends SealErrorCode = SealErrorCode> extends MuhrError<
  Code,
  SealErrorData[Code]
> {
  override readonly name = 'SealError'
}
