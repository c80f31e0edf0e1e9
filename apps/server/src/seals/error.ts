import { MuhrError } from '@muhr/identifiers'

/** The typed particulars of each code. */
export type SealErrorData = {
  /** The connection names a signer key that the organisation does not have, or none. */
  readonly 'seal.no-key': { readonly connection: string }
}

export type SealErrorCode = keyof SealErrorData

/** A seal that cannot be made. */
export class SealError<Code extends SealErrorCode = SealErrorCode> extends MuhrError<
  Code,
  SealErrorData[Code]
> {
  override readonly name = 'SealError'
}

/** There is no key that could make the seals of a connection. */
export function noKey(connection: string): SealError<'seal.no-key'> {
  return new SealError({
    code: 'seal.no-key',
    message: 'The connection has no signer key.',
    advice: 'Upload a signer key and choose it for the connection.',
    data: { connection },
  })
}
