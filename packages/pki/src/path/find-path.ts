import { buildPaths, type DeadEnd, type PathSearch } from './build-paths.ts'
import type { PathFailureCode, PathRequirements, PathResult } from './types.ts'
import { validatePath } from './validate-path.ts'

const defaultMaxPaths = 20

/** The dead end that says most: a broken signature before a gap, a long chain before a short one. */
const telling: readonly PathFailureCode[] = [
  'signature-invalid',
  'algorithm-unsupported',
  'issuer-key-mismatch',
  'search-limit',
  'untrusted-root',
  'issuer-not-found',
]

const moreTelling = (left: DeadEnd, right: DeadEnd): DeadEnd => {
  const difference = telling.indexOf(left.code) - telling.indexOf(right.code)
  const isRightBetter =
    difference > 0 || (difference === 0 && right.chain.length > left.chain.length)
  return isRightBetter ? right : left
}

const failures = ({ checks }: PathResult): number =>
  checks.filter(({ result }) => result === 'failed').length

/**
 * Finds a valid chain from a certificate to an anchor, or says why there is none: the complete chain
 * with the fewest failures if any reached an anchor, else the most telling dead end (design rule 4:
 * facts, which a policy judges later). Never throws for anything that certificates say.
 *
 * @example
 * const path = findPath({ certificate: leaf, anchors, intermediates }, { at: new Date() })
 * if (path.status === 'valid') use(path.chain)
 */
export const findPath = (search: PathSearch, requirements: PathRequirements): PathResult => {
  const maxPaths = search.limits?.maxPaths ?? defaultMaxPaths
  let best: PathResult | undefined
  let deadEnd: DeadEnd | undefined
  let paths = 0
  for (const finding of buildPaths(search)) {
    if (finding.kind === 'dead-end') {
      deadEnd = deadEnd === undefined ? finding.deadEnd : moreTelling(deadEnd, finding.deadEnd)
      continue
    }
    const result = validatePath(finding.chain, requirements)
    if (result.status === 'valid') {
      return result
    }
    best = best === undefined || failures(result) < failures(best) ? result : best
    paths += 1
    if (paths >= maxPaths) {
      break
    }
  }
  const end = deadEnd ?? { chain: [search.certificate], code: 'issuer-not-found' as const }
  return best ?? { status: 'invalid', anchor: null, checks: [], ...end }
}
