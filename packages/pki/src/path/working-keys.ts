import { inheritParameters } from '../keys/verify-dsa.ts'
import type { Certificate } from '../x509/parse-certificate.ts'

/**
 * The chain with the working public key of each certificate (RFC 5280 §6.1.4 (d)–(f)): a DSA key without
 * parameters has those that it inherits. Leaf first, anchor last, as the chain came.
 */
export const withWorkingKeys = (chain: readonly Certificate[]): readonly Certificate[] => {
  const working: Certificate[] = []
  for (const certificate of chain.toReversed()) {
    const issuer = working[0]
    const spki =
      issuer === undefined ? certificate.spki : inheritParameters(certificate.spki, issuer.spki)
    working.unshift(spki === certificate.spki ? certificate : { ...certificate, spki })
  }
  return working
}
