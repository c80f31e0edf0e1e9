import {
  type Asn1Node,
  asUniversal,
  expectEnd,
  expectSequence,
  isTagged,
  universalTag,
} from '../asn1/index.ts'
import { PkiError } from '../error.ts'
import { parseAlgorithmIdentifier } from '../keys/algorithm-identifier.ts'

/** CMSAlgorithmProtection (RFC 6211 §2), as far as a signature has it. */
export type AlgorithmProtection = { readonly digestOid: string; readonly signatureOid: string }

/** Reads CMSAlgorithmProtection of a signature. Throws `asn1.*`. */
export const parseAlgorithmProtection = (node: Asn1Node): AlgorithmProtection => {
  const parts = expectSequence(node)
  const [digest, signature] = parts
  expectEnd(parts, 2)
  if (!isTagged(signature, 'context', 1)) {
    throw new PkiError({
      code: 'asn1.unexpected-type',
      message: 'An algorithm protection names no signature algorithm.',
    })
  }
  return {
    digestOid: parseAlgorithmIdentifier(digest).oid,
    signatureOid: parseAlgorithmIdentifier(asUniversal(signature, universalTag.sequence)).oid,
  }
}
