import { isSignerKeyError } from '@muhr/signer-key'
import { Problem } from '../http/problems.ts'

/** A batch that was signed, built again, or is past its time. */
export function staleSeal(): Problem {
  return new Problem('seal.stale', 'This batch is out of date, or was signed already.')
}

/** What the key or a signature is refused for, by its code; any other error as it is. */
export function refuseSeal(error: unknown): never {
  if (!isSignerKeyError(error)) {
    throw error
  }
  if (error.code === 'signer-key.batch-stale') {
    throw staleSeal()
  }
  const isSignature = /^signer-key\.(seal-|batch-items$)/.test(error.code)
  throw new Problem(isSignature ? 'seal.signature' : 'seal.key', error.message, {
    fields: [
      { field: isSignature ? 'items' : 'signerKey', code: error.code, advice: error.advice },
    ],
    cause: error,
  })
}
