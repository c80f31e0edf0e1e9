import type { RevocationFact } from '../revocation/types.ts'
import type { Certificate } from '../x509/parse-certificate.ts'
import { createRevocationLookup, pairsOf, type RevocationLookupInput } from './revocation-lookup.ts'

/** What the revocation of a path is looked up in. */
export type PathRevocationInput = Omit<RevocationLookupInput, 'anchor'> & {
  /** Leaf first, anchor last: the chain of a valid path. */
  readonly chain: readonly Certificate[]
}

/** What is known of the revocation of one certificate. */
export type CertificateRevocation = {
  readonly certificate: Certificate
  /** The word that counts: a revocation, else good, else why the best answer says nothing. */
  readonly fact: RevocationFact | undefined
}

/**
 * Looks up the revocation of every certificate of a path below its anchor (RFC 5280 §6.1.3 (a)(3), §6.3,
 * RFC 6960), leaf first. Lists may be signed by other keys of the issuer's name or, where a distribution
 * point names one, by another authority, when that certificate is valid under the same anchor and is
 * itself not revoked; its own list may vouch for it (§6.3.3 (f)). A delegated responder without
 * ocsp-nocheck must not be revoked.
 *
 * Bounded: a hundred look-ups for one path. Never throws for anything that data can hold.
 */
export const checkPathRevocation = ({
  chain,
  certificates = [],
  ...input
}: PathRevocationInput): readonly CertificateRevocation[] => {
  const anchor = chain.at(-1)
  if (anchor === undefined) {
    return []
  }
  const { lookUp } = createRevocationLookup({
    ...input,
    anchor,
    certificates: [...chain, ...certificates],
  })
  return pairsOf(chain).map((subject, index) => ({
    certificate: chain[index] ?? subject.certificate,
    fact: lookUp(subject),
  }))
}
