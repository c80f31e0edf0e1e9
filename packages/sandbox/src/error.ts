import { MuhrError } from '@muhr/identifiers'

/** Every reason for which the sandbox itself refuses. Refusals of the simulated phone are `PhoneError`. */
export type SandboxErrorCode =
  | 'sandbox.port-taken'
  | 'sandbox.pki-unreadable'
  | 'sandbox.pki-expired'
  | 'sandbox.not-found'
  | 'sandbox.bad-request'
  | 'sandbox.too-large'
  | 'sandbox.forbidden-host'
  | 'sandbox.forbidden-origin'
  | 'sandbox.wrong-secret'
  | 'sandbox.unknown-account'
  | 'sandbox.unknown-phone'

export type SandboxErrorData = {
  readonly port?: number
  readonly field?: string
  readonly file?: string
  readonly expected?: string
}

/** A refusal of the sandbox, in the form of every error of the house. */
export class SandboxError extends MuhrError<SandboxErrorCode, SandboxErrorData> {
  override readonly name = 'SandboxError'
}

/** The HTTP status that goes with a code. */
export const SANDBOX_STATUS: Readonly<Record<SandboxErrorCode, number>> = {
  'sandbox.port-taken': 500,
  'sandbox.pki-unreadable': 500,
  'sandbox.pki-expired': 500,
  'sandbox.not-found': 404,
  'sandbox.bad-request': 400,
  'sandbox.too-large': 413,
  'sandbox.forbidden-host': 421,
  'sandbox.forbidden-origin': 403,
  'sandbox.wrong-secret': 401,
  'sandbox.unknown-account': 404,
  'sandbox.unknown-phone': 404,
}
