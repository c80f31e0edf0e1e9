/**
 * Verification policies as data.
 * @module
 */
export { ruleFor } from './by-country.ts'
export { isSandboxPolicy, sandboxPolicyOid } from './oids.ts'
export { type OutcomeCode, type OutcomeEffect, outcomeCodes, outcomesOf } from './outcome-codes.ts'
export { policies, policyByName, policyNames } from './policies.ts'
export type {
  ByCountry,
  PolicyCountry,
  PolicyName,
  Requirement,
  VerificationPolicy,
} from './policy.ts'
export { hasEnded } from './scheme-end.ts'
