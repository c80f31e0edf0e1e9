import { MuhrError } from '@muhr/identifiers'
import type { EsiaErrorData } from './esia/error-data.ts'
import type { GatewayErrorData } from './gateway/error-data.ts'
import type { GoskeyErrorData } from './goskey/error-data.ts'

/** The typed particulars of each code of this package. Never an API-Key, signature, token or SNILS. */
export type EpguErrorData = EsiaErrorData & GatewayErrorData & GoskeyErrorData

/** Every code this package throws. */
export type EpguErrorCode = keyof EpguErrorData

/** The error of this package: a closed set of codes, each with its own typed `data`. */
export class EpguError<Code extends EpguErrorCode = EpguErrorCode> extends MuhrError<
  Code,
  EpguErrorData[Code]
> {
  override readonly name = 'EpguError'
}

/** Whether something thrown is an error of this package with that code; narrows `data`. */
export function isEpguError<Code extends EpguErrorCode>(
  error: unknown,
  code: Code,
): error is EpguError<Code> {
  return error instanceof EpguError && error.code === code
}
