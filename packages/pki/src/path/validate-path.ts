import { checkSigned } from '../keys/check-signed.ts'
import { type SchemeId, signatureSchemes } from '../keys/schemes.ts'
import type { SubjectPublicKeyInfo } from '../keys/spki.ts'
import { inheritParameters } from '../keys/verify-dsa.ts'
import { isSelfIssued, matchNames } from '../x509/match-names.ts'
import type { Certificate } from '../x509/parse-certificate.ts'
import {
  checkBasicConstraints,
  checkConstraintSyntax,
  checkCriticalExtensions,
  checkKeyCertSign,
  checkPathLength,
  checkRsaStrength,
  checkValidity,
  type Verdict,
} from './check-certificate.ts'
import { addNameConstraints, checkNames, unconstrainedNames } from './name-constraints.ts'
import { enterPolicies, finishPolicies, leavePolicies, startPolicies } from './process-policies.ts'
import type { PathCheck, PathCheckName, PathRequirements, PathResult } from './types.ts'

/** Schemes that chains may use unless told otherwise: the digest is not broken. */
const defaultSchemes: readonly SchemeId[] = signatureSchemes
  .filter(({ historic }) => !historic)
  .map(({ id }) => id)

/** Signature of a child under its issuer's working key, and whether its scheme was allowed. */
const checkSignature = (
  child: Certificate,
  { key, allowed }: { key: SubjectPublicKeyInfo; allowed: readonly SchemeId[] },
): { signature: Verdict; algorithm: Verdict } => {
  const finding = checkSigned(child, key)
  if (finding.status === 'refused') {
    const refusal = { code: 'algorithm-unsupported', detail: finding.code } as const
    return { signature: refusal, algorithm: refusal }
  }
  return {
    signature: finding.status === 'valid' ? undefined : { code: 'signature-invalid' },
    algorithm: allowed.includes(finding.scheme.id)
      ? undefined
      : { code: 'algorithm-weak', detail: finding.scheme.id },
  }
}

/**
 * Judges one chain by RFC 5280 §6.1, policies by the graph of RFC 9618: signatures with the working key
 * (DSA parameters are inherited), names, validity of each certificate at the reference time (periods need
 * not nest, kz-egov-mobile.md §12.1), basicConstraints, path length, keyCertSign, critical extensions,
 * name constraints, policies. Purpose and usage of the leaf are for the caller, who knows what it signed.
 *
 * The anchor is judged as a certificate too, stricter than §6.1.1 (d) asks: its period counts, and what it
 * says of path length and names (RFC 5937); its policies do not. `chain` is leaf first and ends with the
 * anchor; every check of every certificate is reported, and the code is the first failure from the anchor
 * down.
 */
export const validatePath = (
  chain: readonly Certificate[],
  requirements: PathRequirements,
): PathResult => {
  const { at, allowedSchemes = defaultSchemes, minRsaBits = 2048, policies = {} } = requirements
  const { weakAlgorithms = 'failed' } = requirements
  const checks: PathCheck[] = []
  const record = (certificate: Certificate, name: PathCheckName, verdict: Verdict): void => {
    const about = { name, certificate: certificate.sha256 }
    const isWarning = verdict?.code === 'algorithm-weak' && weakAlgorithms === 'warning'
    checks.push(
      verdict === undefined
        ? { ...about, result: 'passed' }
        : { ...about, result: isWarning ? 'warning' : 'failed', ...verdict },
    )
  }
  const anchor = chain.at(-1) ?? null
  let key: SubjectPublicKeyInfo | undefined
  let names = addNameConstraints(unconstrainedNames, requirements.nameConstraints ?? {})
  let policy = startPolicies(chain.length - 1, policies)
  let found: PathResult['policies']
  for (const [index, certificate] of [...chain.entries()].toReversed()) {
    const issuer = chain[index + 1]
    const below = chain.slice(0, index)
    const isLast = index === 0
    if (issuer !== undefined && key !== undefined) {
      const verdicts = checkSignature(certificate, { key, allowed: allowedSchemes })
      record(certificate, 'signature', verdicts.signature)
      record(certificate, 'algorithm', verdicts.algorithm)
      record(
        certificate,
        'name-chaining',
        matchNames(certificate.issuer, issuer.subject) ? undefined : { code: 'name-chaining' },
      )
    }
    record(certificate, 'validity', checkValidity(certificate, at))
    record(certificate, 'algorithm', checkRsaStrength(certificate, minRsaBits))
    record(certificate, 'critical-extensions', checkCriticalExtensions(certificate))
    const isExempt = issuer === undefined || (!isLast && isSelfIssued(certificate))
    record(
      certificate,
      'name-constraints',
      checkConstraintSyntax(certificate) ?? (isExempt ? undefined : checkNames(certificate, names)),
    )
    if (issuer !== undefined) {
      const entered = enterPolicies(policy, { certificate, isLast })
      const left = isLast ? undefined : leavePolicies(entered.state, certificate)
      const end = isLast
        ? finishPolicies(entered.state, { certificate, inputs: policies })
        : undefined
      record(certificate, 'policy', entered.failure ?? left?.failure ?? end?.failure)
      policy = left?.state ?? entered.state
      found = end?.policies
    }
    if (below.length > 0) {
      const isAnchor = certificate === anchor
      record(certificate, 'basic-constraints', checkBasicConstraints(certificate, { isAnchor }))
      record(certificate, 'key-cert-sign', checkKeyCertSign(certificate))
      record(certificate, 'path-length', checkPathLength(certificate, below))
      names = addNameConstraints(names, certificate.extensions.nameConstraints ?? {})
    }
    key = key === undefined ? certificate.spki : inheritParameters(certificate.spki, key)
  }
  const [failure] = checks.flatMap((check) => (check.result === 'failed' ? [check] : []))
  const about = { chain, anchor, checks, ...(found === undefined ? {} : { policies: found }) }
  return failure === undefined
    ? { status: 'valid', ...about }
    : { status: 'invalid', code: failure.code, ...about }
}
