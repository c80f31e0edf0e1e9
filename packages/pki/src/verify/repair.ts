import { indexOfOctets } from '../asn1/index.ts'
import type { SignedObject } from '../keys/index.ts'
import type { Certificate } from '../x509/index.ts'
import { isNearCopy } from './near-copy.ts'
import type { SignatureChecker } from './signature-budget.ts'

/** The signed part with some octets in it written over by others of the same length. */
const rewritten = (
  { tbsBytes }: SignedObject,
  { damaged, right }: { readonly damaged: Uint8Array; readonly right: Uint8Array },
): Uint8Array | undefined => {
  const position = isNearCopy(damaged, right) ? indexOfOctets(tbsBytes, damaged) : -1
  if (position < 0) {
    return undefined
  }
  const repaired = Uint8Array.from(tbsBytes)
  repaired.set(right, position)
  return repaired
}

/**
 * The proof that a name inside a signed object was damaged: with the octet put right, the signature of
 * this issuer holds. Names of unrelated authorities that differ in one octet do not pass it.
 */
export const isRepairable = (
  object: SignedObject,
  {
    damaged,
    right,
    issuer,
    checkSigned,
  }: {
    /** The name as it stands in the object. */
    readonly damaged: Uint8Array
    /** The name as it should be. */
    readonly right: Uint8Array
    readonly issuer: Certificate
    readonly checkSigned: SignatureChecker
  },
): boolean => {
  const tbsBytes = rewritten(object, { damaged, right })
  return (
    tbsBytes !== undefined &&
    checkSigned(
      { tbsBytes, signatureAlgorithm: object.signatureAlgorithm, signature: object.signature },
      issuer.spki,
    ).status === 'valid'
  )
}
