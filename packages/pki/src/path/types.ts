import type { SchemeId } from '../keys/schemes.ts'
import type { Certificate } from '../x509/parse-certificate.ts'

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
  /** A CA constrains names, and we do not interpret that. */
  | 'name-constraints-unsupported'
  /** Subject and issuer do not chain by name. */
  | 'name-chaining'
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

/** One thing looked at in one certificate. */
export type PathCheck = {
  readonly name: PathCheckName
  /** SHA-256 of the certificate, hex. */
  readonly certificate: string
} & (
  | { readonly result: 'passed' }
  | { readonly result: 'failed'; readonly code: PathFailureCode; readonly detail?: string }
)

/** A chain judged by RFC 5280 §6 at a time. Everything in it is data; nothing throws. */
export type PathResult = {
  /** Leaf first; the anchor last, when the chain reached one. */
  readonly chain: readonly Certificate[]
  readonly anchor: Certificate | null
  readonly checks: readonly PathCheck[]
} & (
  | { readonly status: 'valid' }
  | {
      readonly status: 'invalid'
      /** The first failure, from the anchor to the leaf. */
      readonly code: PathFailureCode
      /** `signature-invalid`, `issuer-key-mismatch`: the issuer whose key did not verify. */
      readonly candidate?: Certificate
    }
)

/** Bounds of a search, each with its default. */
export type PathLimits = {
  /** Certificates in a chain, leaf and anchor included. Default 10. */
  readonly maxLength?: number
  /** Signatures verified in one search, remembered ones included. Default 50. */
  readonly maxSignatureChecks?: number
  /** Complete chains judged. Default 20. */
  readonly maxPaths?: number
}

/** What a chain must satisfy beside RFC 5280. */
export type PathRequirements = {
  /** When the certificates must be valid: now, or the time of a proof of existence. */
  readonly at: Date
  /** Schemes that signatures in the chain may use. Default: all but those with a broken digest. */
  readonly allowedSchemes?: readonly SchemeId[]
  /** Least modulus of RSA keys in the chain, the leaf's own included. Default 2048 bits. */
  readonly minRsaBits?: number
}
