import { isPkiError } from '../error.ts'
import { digestByOid, signatureSchemes } from '../keys/index.ts'
import type { AlgorithmFact } from './types.ts'

/** A digest algorithm with its readable name, or with its OID where we know none. */
export const digestName = (oid: string): AlgorithmFact => {
  try {
    return { oid, name: digestByOid(oid).name }
  } catch (error) {
    if (isPkiError(error)) {
      return { oid, name: oid }
    }
    throw error
  }
}

/** A signature algorithm with the name of the scheme that it belongs to, or with its OID. */
export const signatureName = (oid: string): AlgorithmFact => ({
  oid,
  name: signatureSchemes.find(({ signatureOid }) => signatureOid === oid)?.name ?? oid,
})
