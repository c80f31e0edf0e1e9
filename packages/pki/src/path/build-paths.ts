import { equalOctets } from '../asn1/bytes.ts'
import { checkSigned } from '../keys/check-signed.ts'
import { lacksParameters } from '../keys/verify-dsa.ts'
import { isSelfIssued, matchNames } from '../x509/match-names.ts'
import { equalNames } from '../x509/name.ts'
import type { Certificate } from '../x509/parse-certificate.ts'
import type { PathFailureCode, PathLimits } from './types.ts'

/** Where a search starts, and what it may use. */
export type PathSearch = {
  readonly certificate: Certificate
  /** Trusted certificates: each ends a chain, be it self-signed or not. */
  readonly anchors: readonly Certificate[]
  /** Other certificates at hand, trusted by nobody: from the container, from stores. */
  readonly intermediates?: readonly Certificate[]
  readonly limits?: PathLimits
}

/** A chain that led nowhere. */
export type DeadEnd = {
  /** Leaf first. */
  readonly chain: readonly Certificate[]
  readonly code: PathFailureCode
  readonly candidate?: Certificate
}

/** What a search yields, as it goes: chains that reach an anchor, and dead ends. */
export type PathFinding =
  | { readonly kind: 'chain'; readonly chain: readonly Certificate[] }
  | { readonly kind: 'dead-end'; readonly deadEnd: DeadEnd }

const defaultLimits = { maxLength: 16, maxSignatureChecks: 50 } as const

/** Do the key identifiers agree? `undefined` where either is absent. */
const keyIdentifierAgrees = (child: Certificate, issuer: Certificate): boolean | undefined => {
  const wanted = child.extensions.authorityKeyIdentifier?.keyIdentifier
  const found = issuer.extensions.subjectKeyIdentifier?.keyIdentifier
  return wanted === undefined || found === undefined ? undefined : wanted === found
}

/** Better candidates first: trusted, exact name, agreeing key identifier. */
const rank = (
  child: Certificate,
  { issuer, isAnchor }: { issuer: Certificate; isAnchor: boolean },
): number => {
  const agrees = keyIdentifierAgrees(child, issuer)
  return (
    (agrees === true ? 0 : agrees === undefined ? 4 : 8) +
    (isAnchor ? 0 : 2) +
    (equalNames(child.issuer, issuer.subject) ? 0 : 1)
  )
}

/** Is it the same name with the same key, by whatever certificate? */
const isSameAuthority = (left: Certificate, right: Certificate): boolean =>
  left.sha256 === right.sha256 ||
  (equalOctets(left.spki.bytes, right.spki.bytes) && equalNames(left.subject, right.subject))

/**
 * Searches chains from a certificate to the anchors, depth first, best candidates first (RFC 4158).
 * Issuers are found by name, and every key of that name is tried: CAs are re-issued under one name
 * (kz-egov-mobile.md §12.1), so the key identifier only orders the candidates. Only chains whose every
 * signature verifies are yielded; nothing else is judged here. A DSA key that waits for the parameters
 * of its own issuer is taken for right until `validatePath` knows them.
 *
 * Bounded: no certificate and no (name, key) twice in a chain, and the limits of {@link PathLimits}.
 */
export function* buildPaths({
  certificate,
  anchors,
  intermediates = [],
  limits = {},
}: PathSearch): Generator<PathFinding, void, void> {
  const { maxLength, maxSignatureChecks } = { ...defaultLimits, ...limits }
  const trusted = new Set(anchors.map(({ sha256 }) => sha256))
  const pool = [
    ...new Map([...anchors, ...intermediates].map((each) => [each.sha256, each])).values(),
  ]
  let signatureChecks = 0

  /** A certificate of another name that has the issuer's key: the chain breaks at the name. */
  const findMisnamed = (child: Certificate): Certificate | undefined => {
    const wanted = child.extensions.authorityKeyIdentifier?.keyIdentifier
    const candidates = pool.filter(
      ({ extensions }) =>
        wanted !== undefined && extensions.subjectKeyIdentifier?.keyIdentifier === wanted,
    )
    return candidates.slice(0, maxSignatureChecks - signatureChecks).find((candidate) => {
      signatureChecks += 1
      return checkSigned(child, candidate.spki).status === 'valid'
    })
  }

  function* extend(chain: readonly Certificate[]): Generator<PathFinding, void, void> {
    const child = chain.at(-1)
    if (child === undefined) {
      return
    }
    if (trusted.has(child.sha256)) {
      yield { kind: 'chain', chain }
      return
    }
    const candidates = pool
      .filter(
        (issuer) =>
          matchNames(child.issuer, issuer.subject) &&
          !chain.some((each) => isSameAuthority(each, issuer)),
      )
      .map((issuer) => ({ issuer, isAnchor: trusted.has(issuer.sha256) }))
    if (candidates.length > 1) {
      candidates.sort((left, right) => rank(child, left) - rank(child, right))
    }
    let hasIssuer = false
    let rejected: DeadEnd | undefined
    for (const { issuer } of candidates) {
      if (chain.length >= maxLength || signatureChecks >= maxSignatureChecks) {
        yield { kind: 'dead-end', deadEnd: { chain, code: 'search-limit' } }
        return
      }
      signatureChecks += 1
      const finding = checkSigned(child, issuer.spki)
      if (finding.status === 'valid' || lacksParameters(issuer.spki)) {
        hasIssuer = true
        yield* extend([...chain, issuer])
      } else {
        const code = rejectionCode(child, issuer, finding.status)
        rejected ??= { chain, candidate: issuer, code }
      }
    }
    if (!hasIssuer) {
      const misnamed = rejected === undefined ? findMisnamed(child) : undefined
      yield {
        kind: 'dead-end',
        deadEnd:
          misnamed === undefined || isSameAuthority(misnamed, child)
            ? deadEndOf(chain, { child, rejected })
            : { chain, candidate: misnamed, code: 'name-chaining' },
      }
    }
  }

  yield* extend([certificate])
}

const rejectionCode = (
  child: Certificate,
  issuer: Certificate,
  status: 'invalid' | 'refused',
): PathFailureCode => {
  if (keyIdentifierAgrees(child, issuer) === false) {
    return 'issuer-key-mismatch'
  }
  return status === 'invalid' ? 'signature-invalid' : 'algorithm-unsupported'
}

/**
 * A root that vouches for itself is an untrusted root, whoever else bears its name. Otherwise the
 * candidate that failed says most; without any there is a gap.
 */
const deadEndOf = (
  chain: readonly Certificate[],
  { child, rejected }: { child: Certificate; rejected: DeadEnd | undefined },
): DeadEnd =>
  isSelfIssued(child) && checkSigned(child, child.spki).status === 'valid'
    ? { chain, code: 'untrusted-root' }
    : (rejected ?? { chain, code: 'issuer-not-found' })
