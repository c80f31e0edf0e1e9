import {
  type CertificateRevocation,
  checkPathRevocation,
  findPaths,
  type PathFailureCode,
  type PathRequirements,
  type PathResult,
  type RevocationFailureCode,
} from '@muhr/pki'
import type { PathRequest } from './parse-path-arguments.ts'
import type { PathFiles } from './read-path-files.ts'

/** Why a path is not valid: of the path itself, or of the revocation of one of its certificates. */
export type PathOutcomeCode =
  | PathFailureCode
  | RevocationFailureCode
  | 'revoked'
  | 'unknown'
  | 'no-revocation-data'

/** A path, its revocation, and what both come to. */
export type PathOutcome = {
  readonly status: 'valid' | 'invalid' | 'indeterminate'
  readonly code?: PathOutcomeCode
  readonly validationTime: Date
  readonly path: PathResult
  /** Of every certificate below the anchor, leaf first; empty when nobody asked. */
  readonly revocation: readonly CertificateRevocation[]
}

/** Something is missing: no certificate was found to be wrong. All other codes say that one is. */
const openCodes: readonly PathFailureCode[] = ['issuer-not-found', 'search-limit']

/** Bounds of one run: a person waits for it, and may have named a pile of certificates. */
const limits = { maxLength: 32, maxSignatureChecks: 300, maxPaths: 30 } as const

const statusOf = ({ fact }: CertificateRevocation): PathOutcomeCode | 'good' =>
  fact === undefined ? 'no-revocation-data' : fact.status === 'unusable' ? fact.code : fact.status

/** A revoked certificate is a fact however little is known of the others; then the first gap counts. */
function judgeRevocation(
  revocation: readonly CertificateRevocation[],
): Pick<PathOutcome, 'status' | 'code'> {
  const codes = revocation.map(statusOf)
  const [gap] = codes.filter((code) => code !== 'good')
  if (codes.includes('revoked')) {
    return { status: 'invalid', code: 'revoked' }
  }

  return gap === undefined ? { status: 'valid' } : { status: 'indeterminate', code: gap }
}

const rank = { valid: 0, indeterminate: 1, invalid: 2 } as const

const failures = ({ path }: PathOutcome): number =>
  path.checks.filter(({ result }) => result === 'failed').length

const isBetter = (left: PathOutcome, right: PathOutcome): boolean =>
  rank[left.status] < rank[right.status] ||
  (rank[left.status] === rank[right.status] && failures(left) < failures(right))

/**
 * Validates by RFC 5280 §6 alone: old algorithms that can still be verified are warnings, since no
 * signature policy is asked for here. Every chain is tried until one is valid, revocation included; of
 * those that are not, the one of which most is right is told.
 */
export function judgePath(
  { leaf, anchors, certificates, crls, ocsp }: PathFiles,
  { request, now }: { readonly request: PathRequest; readonly now: Date },
): PathOutcome {
  const requirements: PathRequirements = {
    at: request.at ?? now,
    policies: request.policies,
    weakAlgorithms: 'warning',
  }
  const judge = (path: PathResult): PathOutcome => {
    const about = { validationTime: requirements.at, path, revocation: [] }
    if (path.status === 'invalid') {
      const status = openCodes.includes(path.code) ? 'indeterminate' : 'invalid'

      return { ...about, status, code: path.code }
    }
    const revocation = request.checksRevocation
      ? checkPathRevocation({
          chain: path.chain,
          certificates,
          crls,
          ocsp,
          requirements,
          clockSkewMs: 0,
        })
      : []

    return { ...about, revocation, ...judgeRevocation(revocation) }
  }
  let best: PathOutcome | undefined
  const search = { certificate: leaf, anchors, intermediates: certificates, limits }
  for (const path of findPaths(search, requirements)) {
    const outcome = judge(path)
    if (outcome.status === 'valid') {
      return outcome
    }
    best = best === undefined || isBetter(outcome, best) ? outcome : best
  }

  return (
    best ??
    judge({ status: 'invalid', code: 'search-limit', chain: [leaf], anchor: null, checks: [] })
  )
}
