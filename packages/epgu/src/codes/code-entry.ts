/**
 * What somebody has to do about a refusal of ESIA, or of the gateway.
 * - `fix-signing`: the signature, or the certificate it is made with, is not what the service wants
 * - `fix-config`: a key, host, service code or mnemonic of the connection is wrong
 * - `ask-admin`: somebody with rights in the organisation's cabinets has to act
 * - `renew-key`: a new API-Key has to be issued
 * - `operator`: only the operator of the service can help
 * - `fix-request`: this request is malformed
 * - `retry-later`: the same call may succeed later
 */
export type Action =
  | 'fix-signing'
  | 'fix-config'
  | 'ask-admin'
  | 'renew-key'
  | 'operator'
  | 'fix-request'
  | 'retry-later'

/** What is known of one code of a service. */
export type CodeEntry = {
  readonly action: Action
  /** What the code says, in English. */
  readonly meaning: string
  readonly advice: string
}
