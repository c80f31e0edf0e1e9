import type { ToolAnswer } from '../command/run-tool.ts'
import { SignerKeyError, type SignerKeyErrorCode } from '../error.ts'

/** Return values of PKCS#11 (v2.40 §5.1) that `pkcs11-tool` prints by name. */
const known: Readonly<Record<string, readonly [SignerKeyErrorCode, string]>> = {
  CKR_PIN_INCORRECT: ['signer-key.wrong-pin', 'The PIN does not open the token.'],
  CKR_PIN_LEN_RANGE: ['signer-key.wrong-pin', 'The PIN does not open the token.'],
  CKR_PIN_INVALID: ['signer-key.wrong-pin', 'The PIN does not open the token.'],
  CKR_PIN_LOCKED: ['signer-key.pin-blocked', 'The token is locked.'],
  CKR_USER_NOT_LOGGED_IN: ['signer-key.needs-pin', 'The token wants a PIN.'],
  CKR_TOKEN_NOT_PRESENT: ['signer-key.key-not-found', 'The token is not inserted.'],
  CKR_TOKEN_NOT_RECOGNIZED: ['signer-key.key-not-found', 'The token is not recognised.'],
  CKR_DEVICE_REMOVED: ['signer-key.key-not-found', 'The token was taken out.'],
  CKR_KEY_HANDLE_INVALID: ['signer-key.key-not-found', 'The token has no such key.'],
  CKR_OBJECT_HANDLE_INVALID: ['signer-key.key-not-found', 'The token has no such object.'],
  CKR_KEY_TYPE_INCONSISTENT: [
    'signer-key.not-gost-2012',
    'The key on the token is of another algorithm than its certificate.',
  ],
}

/**
 * Refuses a run of `pkcs11-tool` that did not do what it was asked. Throws `signer-key.wrong-pin`,
 * `signer-key.pin-blocked`, `signer-key.needs-pin`, `signer-key.key-not-found`,
 * `signer-key.not-gost-2012`, `signer-key.tool-failed`.
 */
export function judgePkcs11Answer({ exitCode, text }: ToolAnswer): void {
  if (exitCode === 0) {
    return
  }
  const returned = /\bCKR_[A-Z0-9_]{1,60}\b/.exec(text)?.[0]
  const [code, message] = known[returned ?? ''] ?? [
    'signer-key.tool-failed',
    'The signing program failed.',
  ]
  throw new SignerKeyError({ code, message, data: { exitCode, errorCode: returned ?? null } })
}
