/**
 * Verification policies as data.
 * @module
 */
export { sandboxPolicyOid } from './oids.ts'
export { policies, policyByName, policyNames } from './policies.ts'
export type { PolicyName, Requirement, VerificationPolicy } from './policy.ts'
