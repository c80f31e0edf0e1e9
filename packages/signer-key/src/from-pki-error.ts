import { isPkiError } from '@muhr/pki'
import { SignerKeyError, type SignerKeyErrorCode } from './error.ts'

const codes: Readonly<Record<string, SignerKeyErrorCode>> = {
  'pkcs12.wrong-password': 'signer-key.wrong-pin',
  'key.wrong-password': 'signer-key.wrong-pin',
  'cryptopro.wrong-pin': 'signer-key.wrong-pin',
  'key-store.needs-password': 'signer-key.needs-pin',
  'key.mismatch': 'signer-key.certificate-mismatch',
  'cms.signer-mismatch': 'signer-key.certificate-mismatch',
  'cryptopro.needs-certificate': 'signer-key.no-certificate',
  'key.unsupported-algorithm': 'signer-key.not-gost-2012',
  'key.verify-only': 'signer-key.not-gost-2012',
  'key.too-short': 'signer-key.not-gost-2012',
}

const messages: Partial<Record<SignerKeyErrorCode, string>> = {
  'signer-key.wrong-pin': 'The PIN or password does not open the key.',
  'signer-key.needs-pin': 'The key is under a PIN or password, and none was given.',
  'signer-key.certificate-mismatch': 'The certificate was issued for another key.',
  'signer-key.no-certificate': 'The key has no certificate beside it.',
  'signer-key.not-gost-2012': 'The key is not one of GOST R 34.10-2012.',
}

/** An error of the reader of keys and containers in this room's words; others pass as they are. */
export function asSignerKeyError(error: unknown): unknown {
  if (!isPkiError(error)) {
    return error
  }
  const code = codes[error.code] ?? 'signer-key.unreadable'

  return new SignerKeyError({
    code,
    message: messages[code] ?? 'The file cannot be read as a key or certificate.',
    data: { reason: error.code },
    cause: error,
  })
}

/** Runs something of `@muhr/pki`; what it throws is told in this room's words. */
export function fromPki<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw asSignerKeyError(error)
  }
}
