import type { VerificationPolicy } from '../policy/index.ts'
import { checkEmbeddedRevocation } from './check-embedded-revocation.ts'
import type { ContainerReading } from './container-format.ts'
import { readContainer } from './container-formats.ts'
import { gatherEmbedded, type VerificationContext } from './context.ts'
import { gatherSigner } from './gather-signer.ts'
import { createMaterialCollector, type VerificationMaterial } from './material.ts'
import { readableCertificates, readableCrls, readableOcsp } from './parse-material.ts'
import { createSignatureBudget } from './signature-budget.ts'
import type { SignerFacts, VerificationFacts, VerificationInput } from './types.ts'

/** Facts, and all that was used to find them. */
export type GatheredFacts = {
  readonly facts: VerificationFacts
  readonly material: VerificationMaterial
}

/** What a verification is given beside the signature and its content. */
export type VerificationSetting = Omit<
  VerificationInput,
  'container' | 'content' | 'xmlProfile'
> & {
  readonly policy: VerificationPolicy
}

/** Finds out what a policy may ask about a container that is already read. */
export const gatherFactsOfReading = async (
  container: ContainerReading,
  { now, policy, trust, at, stored = {}, sources = {} }: VerificationSetting,
): Promise<GatheredFacts> => {
  const validationTime = at ?? now
  const material = createMaterialCollector()
  if (!container.readable) {
    const facts: VerificationFacts = { now, validationTime, container, signers: [] }
    return { facts, material: material.collected() }
  }
  const { kind, values, signatures } = container
  const context: VerificationContext = {
    now,
    anchors: trust.anchors.filter(({ origin }) => policy.anchorOrigins.includes(origin)),
    certificates: [...values.certificates, ...readableCertificates(stored.certificates ?? [])],
    ocsp: readableOcsp([...values.ocsp, ...(stored.ocsp ?? [])]),
    crls: readableCrls([...values.crls, ...(stored.crls ?? [])]),
    sources,
    ocspFreshnessMs: policy.ocspFreshnessMs,
    clockSkewMs: policy.clockSkewMs,
    material,
    checkSigned: createSignatureBudget(),
  }
  const signers: SignerFacts[] = []
  for (const signature of signatures) {
    signers.push(await gatherSigner(signature, { context, validationTime }))
  }
  values.certificates.forEach(material.addCertificate)
  return {
    facts: {
      now,
      validationTime,
      container: {
        readable: true,
        kind,
        embeddedCertificates: gatherEmbedded(values.certificates, context),
        embeddedRevocation: checkEmbeddedRevocation(values, context),
      },
      signers,
    },
    material: material.collected(),
  }
}

/**
 * Finds out everything about a signature container that a policy may ask: structure, digests,
 * signature values, paths, revocation, time-stamps. Nothing is judged, and nothing is fetched but
 * through `sources`. Of the policy only what to look for is used: which anchors may be believed, and
 * how fresh an answer must be before another is asked for.
 *
 * Throws `container.not-a-signature`, `container.unsupported-format`, nothing for whatever a signature
 * holds.
 */
export const gatherFacts = async (
  input: VerificationInput & { readonly policy: VerificationPolicy },
): Promise<GatheredFacts> => {
  const { container, content, xmlProfile = 'any', ...setting } = input
  return gatherFactsOfReading(await readContainer({ container, content, xmlProfile }), setting)
}
