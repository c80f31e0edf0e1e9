import { expectEnd, expectSequence, integerOf } from '../asn1/access.ts'
import { readDer } from '../asn1/read.ts'
import { isPkiError } from '../error.ts'

/** The two numbers of a DSA or ECDSA signature. */
export type DsaSignature = { readonly r: bigint; readonly s: bigint }

/** Above this neither r nor s of any key of ours lies. */
const maxOctets = 256

/**
 * Reads SEQUENCE { r INTEGER, s INTEGER } (Dss-Sig-Value and ECDSA-Sig-Value, RFC 3279 §2.2.2, §2.2.3),
 * strict DER. `undefined` for everything else: a signature of another form is only a wrong one.
 */
export const readDsaSignature = (bytes: Uint8Array): DsaSignature | undefined => {
  if (bytes.length > maxOctets) {
    return undefined
  }
  try {
    const parts = expectSequence(readDer(bytes))
    expectEnd(parts, 2)
    return { r: integerOf(parts[0]), s: integerOf(parts[1]) }
  } catch (error) {
    if (isPkiError(error)) {
      return undefined
    }
    throw error
  }
}
