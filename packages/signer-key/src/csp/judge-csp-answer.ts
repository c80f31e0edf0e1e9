import type { ToolAnswer } from '../command/run-tool.ts'
import { SignerKeyError, type SignerKeyErrorCode } from '../error.ts'

/** Codes that `[ErrorCode: 0x…]` of the programs shows (winerror.h), as far as something can be done. */
const known: Readonly<Record<string, readonly [SignerKeyErrorCode, string]>> = {
  // SCARD_W_WRONG_CHV
  '8010006b': ['signer-key.wrong-pin', 'The PIN does not open the container.'],
  // ERROR_INVALID_PASSWORD
  '00000056': ['signer-key.wrong-pin', 'The PIN does not open the container.'],
  '80070056': ['signer-key.wrong-pin', 'The PIN does not open the container.'],
  // SCARD_W_CHV_BLOCKED
  '8010006c': ['signer-key.pin-blocked', 'The token is locked.'],
  // NTE_SILENT_CONTEXT, SCARD_W_CANCELLED_BY_USER: it wanted to ask somebody.
  '80090022': ['signer-key.needs-pin', 'The container wants a PIN.'],
  '8010006e': ['signer-key.needs-pin', 'The container wants a PIN.'],
  // CRYPT_E_NOT_FOUND, NTE_BAD_KEYSET, NTE_NO_KEY, NTE_KEYSET_NOT_DEF, CRYPT_E_NO_KEY_PROPERTY
  '80092004': ['signer-key.key-not-found', 'CSP has no such certificate.'],
  '80090016': ['signer-key.key-not-found', 'CSP does not find the container of the key.'],
  '8009000d': ['signer-key.key-not-found', 'CSP does not find the key.'],
  '80090019': ['signer-key.key-not-found', 'CSP does not find the container of the key.'],
  '8009200b': ['signer-key.key-not-found', 'The certificate is not linked to a key.'],
  // SCARD_W_REMOVED_CARD, SCARD_E_NO_SMARTCARD
  '80100069': ['signer-key.key-not-found', 'The token is not inserted.'],
  '8010000c': ['signer-key.key-not-found', 'The token is not inserted.'],
  // ERROR_FUNCTION_FAILED of the licence check
  '8007065b': ['signer-key.tool-licence', 'The licence of CryptoPro CSP has ended.'],
}

/**
 * Refuses a run that did not sign, by the code that the program printed. Codes are compared, words never:
 * they come in the language of the system.
 * Throws `signer-key.wrong-pin`, `signer-key.pin-blocked`, `signer-key.needs-pin`,
 * `signer-key.key-not-found`, `signer-key.tool-licence`, `signer-key.tool-failed`.
 */
export function judgeCspAnswer({ exitCode, text }: ToolAnswer): void {
  const errorCode = /ErrorCode: 0x([0-9a-f]{8})/i.exec(text)?.[1]?.toLowerCase()
  if (exitCode === 0 && (errorCode === undefined || errorCode === '00000000')) {
    return
  }
  const [code, message] = known[errorCode ?? ''] ?? [
    'signer-key.tool-failed',
    'The signing program failed.',
  ]
  throw new SignerKeyError({
    code,
    message,
    data: { exitCode, errorCode: errorCode === undefined ? null : `0x${errorCode}` },
  })
}
