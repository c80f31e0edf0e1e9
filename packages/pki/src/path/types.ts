import type { SchemeId } from '../keys/schemes.ts'
import type { NameConstraints } from '../x509/constraint-extensions.ts'
import type { Certificate } from '../x509/parse-certificate.ts'
import type { ValidPolicy } from './policy-graph.ts'

/** Why a certificate has no valid path, or a path is not valid. */
export type PathFailureCode =
  /** No certificate at hand bears the issuer's name. */
  | 'issuer-not-found'
  /** Some do, but with another key identifier, and none of their keys verifies. */
  | 'issuer-key-mismatch'
  /** One does, with the named key identifier or none to compare, and its key does not verify. */
  | 'signature-invalid'
  /** The search ended at a self-signed certificate that is no anchor. */
  | 'untrusted-root'
  /** A signature in the chain is of an algorithm, key or combination that is never verified. */
  | 'algorithm-unsupported'
  /** A signature in the chain is of a scheme, or an RSA key of a size, that was not allowed. */
  | 'algorithm-weak'
  | 'expired'
  | 'not-yet-valid'
  /** An issuer is no CA: basicConstraints absent or without cA. */
  | 'not-a-ca'
  | 'no-key-cert-sign'
  | 'path-length-exceeded'
  | 'unknown-critical-extension'
  /** A name lies in none of the subtrees that a CA permits for its form. */
  | 'name-not-permitted'
  /** A name lies in a subtree that a CA excludes. */
  | 'name-excluded'
  /** A CA constrains a form of names in a way that cannot be processed, and such a name stands below. */
  | 'name-constraints-unsupported'
  /** Subject and issuer do not chain by name. */
  | 'name-chaining'
  /** A policy is required (by the caller or a CA), and the path is valid under none that is wanted. */
  | 'policy-required'
  /** A CA maps anyPolicy, or to it. */
  | 'policy-mapping-invalid'
  /** A certificate asserts one policy twice. */
  | 'policy-malformed'
  /** The bounds of the search were reached before a path was found. */
  | 'search-limit'

/** What {@link PathCheck} looks at. */
export type PathCheckName =
  | 'signature'
  | 'algorithm'
  | 'name-chaining'
  | 'validity'
  | 'basic-constraints'
  | 'key-cert-sign'
  | 'path-length'
  | 'critical-extensions'
  | 'name-constraints'
  | 'policy'

/** One thing looked at in one certificate. */
export type PathCheck = {
  readonly name: PathCheckName
  /** SHA-256 of the certificate, hex. */
  readonly certificate: string
} & (
  | { readonly result: 'passed' }
  | {
      /** `warning`: a weakness that the caller asked to be told of and not to be refused for. */
      readonly result: 'failed' | 'warning'
      readonly code: PathFailureCode
      readonly detail?: string
    }
)

/** Under which policies a path is valid: RFC 5280 §6.1.6, RFC 9618 §5.5. anyPolicy is 2.5.29.32.0. */
export type PathPolicies = {
  /** A policy was required. */
  readonly explicit: boolean
  /** authority_constrained_policy_set. */
  readonly authority: readonly ValidPolicy[]
  /** user_constrained_policy_set: those of them that the caller asked for. */
  readonly user: readonly ValidPolicy[]
}

/** A chain judged by RFC 5280 §6 at a time. Everything in it is data; nothing throws. */
export type PathResult = {
  /** Leaf first; the anchor last, when the chain reached one. */
  readonly chain: readonly Certificate[]
  readonly anchor: Certificate | null
  readonly checks: readonly PathCheck[]
  /** Of a chain that reached an anchor. */
  readonly policies?: PathPolicies
} & (
  | { readonly status: 'valid' }
  | {
      readonly status: 'invalid'
      /** The first failure, from the anchor to the leaf. */
      readonly code: PathFailureCode
      /**
       * `signature-invalid`, `issuer-key-mismatch`: the issuer whose key did not verify. `name-chaining`:
       * the certificate of another name whose key did.
       */
      readonly candidate?: Certificate
    }
)

/** Bounds of a search, each with its default. */
export type PathLimits = {
  /** Certificates in a chain, leaf and anchor included. Default 16. */
  readonly maxLength?: number
  /** Signatures verified in one search, remembered ones included. Default 50. */
  readonly maxSignatureChecks?: number
  /** Complete chains judged. Default 20. */
  readonly maxPaths?: number
}

/** Inputs (c), (e)–(g) of RFC 5280 §6.1.1. Without them any policy will do and none is required. */
export type PolicyInputs = {
  /** user-initial-policy-set, OIDs. Default: anyPolicy. */
  readonly initialPolicySet?: readonly string[]
  /** initial-explicit-policy: the path must be valid under one of the set. Default false. */
  readonly requireExplicitPolicy?: boolean
  /** initial-policy-mapping-inhibit. Default false. */
  readonly inhibitPolicyMapping?: boolean
  /** initial-any-policy-inhibit. Default false. */
  readonly inhibitAnyPolicy?: boolean
}

/** What a chain must satisfy beside RFC 5280. */
export type PathRequirements = {
  /** When the certificates must be valid: now, or the time of a proof of existence. */
  readonly at: Date
  /** Schemes that signatures in the chain may use. Default: all but those with a broken digest. */
  readonly allowedSchemes?: readonly SchemeId[]
  /** Least modulus of RSA keys in the chain, the leaf's own included. Default 2048 bits. */
  readonly minRsaBits?: number
  /** What a scheme outside the allowed or a short RSA key is. Default `failed`. */
  readonly weakAlgorithms?: 'failed' | 'warning'
  readonly policies?: PolicyInputs
  /** initial-permitted-subtrees and initial-excluded-subtrees, RFC 5280 §6.1.1 (h), (i). */
  readonly nameConstraints?: NameConstraints
}
