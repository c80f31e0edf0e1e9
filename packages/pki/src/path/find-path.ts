import { buildPaths, type DeadEnd, type PathSearch } from './build-paths.ts'
import type { PathFailureCode, PathRequirements, PathResult } from './types.ts'
import { validatePath } from './validate-path.ts'

const defaultMaxPaths = 20

/** The dead end that says most: a broken signature before a gap, a long chain before a short one. */
const telling: readonly PathFailureCode[] = [
  'signature-invalid',
  'name-chaining',
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
 * Every chain from a certificate to an anchor, judged, in the order of the search, as many as
 * `limits.maxPaths` allows; then, when none reached an anchor, the most telling dead end.
 */
export function* findPaths(
  search: PathSearch,
  requirements: PathRequirements,
): Generator<PathResult, void, void> {
  const maxPaths = search.limits?.maxPaths ?? defaultMaxPaths
  let deadEnd: DeadEnd | undefined
  let paths = 0
  for (const finding of buildPaths(search)) {
    if (finding.kind === 'dead-end') {
      deadEnd = deadEnd === undefined ? finding.deadEnd : moreTelling(deadEnd, finding.deadEnd)
      continue
    }
    yield validatePath(finding.chain, requirements)
    paths += 1
    if (paths >= maxPaths) {
      break
    }
  }
  if (paths === 0 && deadEnd !== undefined) {
    yield { status: 'invalid', anchor: null, checks: [], ...deadEnd }
  }
}

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
  let best: PathResult | undefined
  for (const result of findPaths(search, requirements)) {
    if (result.status === 'valid') {
      return result
    }
    best = best === undefined || failures(result) < failures(best) ? result : best
  }
  const nothing = { chain: [search.certificate], anchor: null, checks: [] }
  return best ?? { status: 'invalid', code: 'issuer-not-found', ...nothing }
}
