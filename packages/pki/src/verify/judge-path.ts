import { isPkiError } from '../error.ts'
import { resolveScheme } from '../keys/index.ts'
import type { PathFailureCode } from '../path/index.ts'
import { hasEnded, isSandboxPolicy, type VerificationPolicy } from '../policy/index.ts'
import type { Certificate } from '../x509/index.ts'
import { failed, indeterminate, type Outcome, passed } from './outcome.ts'
import type { CheckName, SubIndication } from './report.ts'
import type { PathFacts } from './types.ts'

/** Codes that say that something is missing; all others say that something is wrong. */
const openCodes: Readonly<Partial<Record<PathFailureCode, SubIndication>>> = {
  'issuer-not-found': 'NO_CERTIFICATE_CHAIN_FOUND',
  'issuer-key-mismatch': 'NO_CERTIFICATE_CHAIN_FOUND',
  'name-chaining': 'NO_CERTIFICATE_CHAIN_FOUND',
  'untrusted-root': 'NO_CERTIFICATE_CHAIN_FOUND',
  'search-limit': 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
  expired: 'OUT_OF_BOUNDS_NO_POE',
  'algorithm-unsupported': 'CRYPTO_CONSTRAINTS_FAILURE',
}

const wrongCodes: Readonly<Partial<Record<PathFailureCode, SubIndication>>> = {
  'signature-invalid': 'NO_CERTIFICATE_CHAIN_FOUND',
  'algorithm-weak': 'CRYPTO_CONSTRAINTS_FAILURE',
  'not-yet-valid': 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
}

/** Schemes of the signatures in a chain that a policy does not list, or no longer at that time. */
const weakSchemes = (
  chain: readonly Certificate[],
  { policy, at }: { policy: VerificationPolicy; at: Date },
): readonly string[] =>
  chain.flatMap((certificate, index) => {
    const issuer = chain[index + 1]
    if (issuer === undefined) {
      return []
    }
    try {
      const { id } = resolveScheme({
        spki: issuer.spki,
        signatureOid: certificate.signatureAlgorithm.oid,
      })
      return policy.infrastructureSchemes.includes(id) && !hasEnded(policy, { scheme: id, at })
        ? []
        : [id]
    } catch (error) {
      if (isPkiError(error)) {
        return [error.code]
      }
      throw error
    }
  })

/**
 * The path to an anchor at the reference time (RFC 5280 §6, ETSI EN 319 102-1 §5.2.6). The validity
 * period of the leaf is left to its own rule; that of an authority above it is part of the path.
 */
export const judgePath = (
  name: CheckName,
  { path, policy }: { readonly path: PathFacts | undefined; readonly policy: VerificationPolicy },
): readonly Outcome[] => {
  if (path === undefined) {
    return []
  }
  const { result, anchor } = path
  const [leaf] = result.chain
  if (result.anchor === null) {
    const code = result.status === 'invalid' ? result.code : 'issuer-not-found'
    const open = openCodes[code]
    return [
      open === undefined
        ? failed(name, wrongCodes[code] ?? 'NO_CERTIFICATE_CHAIN_FOUND', code)
        : indeterminate(name, open, code),
    ]
  }
  if (anchor === undefined || !policy.anchorOrigins.includes(anchor.origin)) {
    return [indeterminate(name, 'NO_CERTIFICATE_CHAIN_FOUND', 'anchor-not-believed')]
  }
  const failures = result.checks.flatMap((check) =>
    check.result === 'failed' && !(check.name === 'validity' && check.certificate === leaf?.sha256)
      ? [check.code]
      : [],
  )
  const weak = weakSchemes(result.chain, { policy, at: path.at })
  const outcomes = [...new Set(failures)].map((code) =>
    openCodes[code] === undefined
      ? failed(name, wrongCodes[code] ?? 'CHAIN_CONSTRAINTS_FAILURE', code)
      : indeterminate(name, openCodes[code], code),
  )
  if (weak.length > 0) {
    outcomes.push(failed(name, 'CRYPTO_CONSTRAINTS_FAILURE', `algorithm-weak ${weak.join(' ')}`))
  }
  return outcomes.length === 0 ? [passed(name)] : outcomes
}

/** Does the certificate carry the policy of a Muhr sandbox? */
export const isSandboxCertificate = (certificate: Certificate): boolean =>
  (certificate.extensions.certificatePolicies?.policies ?? []).some(({ oid }) =>
    isSandboxPolicy(oid),
  )

/** Sandbox proof never passes as real (design rule 9): only under its policy, or by a person's word. */
export const judgeSandbox = (
  name: CheckName,
  { path, policy }: { readonly path: PathFacts | undefined; readonly policy: VerificationPolicy },
): readonly Outcome[] => {
  const chain = path?.result.chain ?? []
  if (!chain.some(isSandboxCertificate)) {
    return []
  }
  return policy.acceptsSandbox || path?.anchor?.origin === 'explicit'
    ? [passed(name, 'sandbox-certificate')]
    : [failed(name, 'CHAIN_CONSTRAINTS_FAILURE', 'sandbox-certificate')]
}
