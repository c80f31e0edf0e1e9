import { signatureSchemes } from '../keys/index.ts'
import type { PathResult } from '../path/index.ts'
import { findPath } from '../path/index.ts'
import type { CertificateList, OcspResponse } from '../revocation/index.ts'
import type { TrustAnchor } from '../trust/index.ts'
import type { Certificate } from '../x509/index.ts'
import { checkEmbeddedCertificate } from './check-embedded-certificate.ts'
import { gatherRevocation } from './gather-revocation.ts'
import type { MaterialCollector } from './material.ts'
import type { SignatureChecker } from './signature-budget.ts'
import type {
  EmbeddedCertificateFact,
  PathFacts,
  RevocationFact,
  RevocationSources,
} from './types.ts'

/** What all parts of one verification share. */
export type VerificationContext = {
  readonly now: Date
  readonly anchors: readonly TrustAnchor[]
  /** Untrusted certificates at hand: stored ones and those of the containers read so far. */
  readonly certificates: readonly Certificate[]
  readonly ocsp: readonly OcspResponse[]
  readonly crls: readonly CertificateList[]
  readonly sources: RevocationSources
  readonly ocspFreshnessMs: number
  readonly clockSkewMs: number
  readonly material: MaterialCollector
  /** For what is inside containers beside the paths of their signers. */
  readonly checkSigned: SignatureChecker
}

/** Facts do not judge: every scheme that can be verified is followed, a policy says which count. */
const everyScheme = signatureSchemes.map(({ id }) => id)

/** The path of a certificate at a time, and the revocation of everything below its anchor. */
export const gatherPath = async (
  certificate: Certificate,
  { at, context }: { readonly at: Date; readonly context: VerificationContext },
): Promise<PathFacts> => {
  const result: PathResult = findPath(
    {
      certificate,
      anchors: context.anchors.map((anchor) => anchor.certificate),
      intermediates: context.certificates,
    },
    { at, allowedSchemes: everyScheme, minRsaBits: 1024 },
  )
  result.chain.forEach(context.material.addCertificate)
  const revocation: RevocationFact[] = []
  for (const [index, subject] of result.chain.entries()) {
    const issuer = result.chain[index + 1]
    if (issuer !== undefined) {
      const question = { at, context, ...(result.anchor === null ? {} : { anchor: result.anchor }) }
      revocation.push(await gatherRevocation({ certificate: subject, issuer }, question))
    }
  }
  return {
    at,
    result,
    anchor: context.anchors.find((anchor) => anchor.certificate.sha256 === result.anchor?.sha256),
    revocation,
  }
}

/** Looks at every certificate of a container, used or not. */
export const gatherEmbedded = (
  embedded: readonly Certificate[],
  context: VerificationContext,
): readonly EmbeddedCertificateFact[] =>
  embedded.map((certificate) => ({
    certificate,
    status: checkEmbeddedCertificate(certificate, {
      anchors: context.anchors.map((anchor) => anchor.certificate),
      atHand: context.certificates,
      checkSigned: context.checkSigned,
    }),
  }))
