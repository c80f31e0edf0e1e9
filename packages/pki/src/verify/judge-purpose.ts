import { ruleFor, type VerificationPolicy } from '../policy/index.ts'
import { extKeyUsageOid } from '../x509/index.ts'
import { failed, indeterminate, type Outcome, passed } from './outcome.ts'
import type { SignerFacts } from './types.ts'

/** Purposes of services: what such a key signs is no document of anybody's. */
const servicePurposes: readonly string[] = [
  extKeyUsageOid.serverAuth,
  extKeyUsageOid.timeStamping,
  extKeyUsageOid.ocspSigning,
]

/** Key purpose (kz-egov-mobile.md §12.4): a key for authentication signs no documents. */
export const judgeKeyUsage = (
  { certificate, identity }: SignerFacts,
  policy: VerificationPolicy,
): readonly Outcome[] => {
  if (certificate === undefined) {
    return []
  }
  const { keyUsage, extKeyUsage } = certificate.extensions
  // RFC 5280 §4.2.1.12: used for one of the purposes indicated, and for no other.
  if (extKeyUsage?.oids.every((oid) => servicePurposes.includes(oid))) {
    return [failed('key-usage', 'CHAIN_CONSTRAINTS_FAILURE', 'key-purpose-foreign')]
  }
  if (keyUsage === undefined) {
    return policy.allowAbsentKeyUsage
      ? [passed('key-usage')]
      : [failed('key-usage', 'CHAIN_CONSTRAINTS_FAILURE', 'key-usage-absent')]
  }
  const wanted = ruleFor(policy.documentKeyUsages, identity?.country)
  return wanted.some((usage) => keyUsage.usages.includes(usage))
    ? [passed('key-usage')]
    : [failed('key-usage', 'CHAIN_CONSTRAINTS_FAILURE', `key-usage-needs ${wanted.join(' ')}`)]
}

/** An OID, or an arc that ends in a dot. */
export const isUnder = (oid: string, oids: readonly string[]): boolean =>
  oids.some((wanted) => (wanted.endsWith('.') ? oid.startsWith(wanted) : oid === wanted))

/** The certificate policies that the rules of a country ask of a signer (RFC 5280 §4.2.1.4). */
export const judgeCertificatePolicies = (
  { certificate, identity }: SignerFacts,
  policy: VerificationPolicy,
): readonly Outcome[] => {
  const name = 'certificate-policies'
  const rule = ruleFor(policy.certificatePolicies, identity?.country)
  if (certificate === undefined || rule === null) {
    return []
  }
  const stated = (certificate.extensions.certificatePolicies?.policies ?? []).map(({ oid }) => oid)
  if (stated.length === 0) {
    return rule.requirement === 'required'
      ? [indeterminate(name, 'CHAIN_CONSTRAINTS_FAILURE', 'certificate-policies-absent')]
      : []
  }
  return stated.some((oid) => isUnder(oid, rule.oids))
    ? [passed(name)]
    : [failed(name, 'CHAIN_CONSTRAINTS_FAILURE', 'certificate-policies-foreign')]
}
