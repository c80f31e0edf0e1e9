/**
 * Certification paths: search and validation of RFC 5280 §6.
 * @module
 */
export { buildPaths, type DeadEnd, type PathFinding, type PathSearch } from './build-paths.ts'
export {
  type CertificateRevocation,
  checkPathRevocation,
  type PathRevocationInput,
} from './check-path-revocation.ts'
export { findPath, findPaths } from './find-path.ts'
export type { ValidPolicy } from './policy-graph.ts'
export {
  createRevocationLookup,
  type RevocationLookup,
  type RevocationLookupInput,
} from './revocation-lookup.ts'
export type {
  PathCheck,
  PathCheckName,
  PathFailureCode,
  PathLimits,
  PathPolicies,
  PathRequirements,
  PathResult,
  PolicyInputs,
} from './types.ts'
export { validatePath } from './validate-path.ts'
export { withWorkingKeys } from './working-keys.ts'
