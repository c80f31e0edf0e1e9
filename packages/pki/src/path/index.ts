/**
 * Certification paths: search and validation of RFC 5280 §6.
 * @module
 */
export { buildPaths, type DeadEnd, type PathFinding, type PathSearch } from './build-paths.ts'
export { findPath } from './find-path.ts'
export type {
  PathCheck,
  PathCheckName,
  PathFailureCode,
  PathLimits,
  PathRequirements,
  PathResult,
} from './types.ts'
export { validatePath } from './validate-path.ts'
