import type { SchemeId } from '../keys/schemes.ts'
import type { Certificate } from '../x509/parse-certificate.ts'

/** CRLReason of RFC 5280 §5.3.1, by number (7 is not used). */
export const revocationReasons = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  null,
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
] as const

export type RevocationReason = Exclude<(typeof revocationReasons)[number], null>

/** Why an answer says nothing about a certificate. */
export type RevocationFailureCode =
  /** Not DER, or not the structure that it should be. */
  | 'unreadable'
  /** OCSP `tryLater`: ask again, conclude nothing. */
  | 'try-later'
  /** OCSP answered with another error status, or with a type of answer that is not basic. */
  | 'responder-failed'
  | 'unsupported-response'
  /** The key that should have signed did not. */
  | 'signature-invalid'
  /** Signed by an algorithm that is never verified, or was not allowed. */
  | 'algorithm-unsupported'
  | 'algorithm-weak'
  /** The certificate of the key that signed is not at hand. */
  | 'responder-not-found'
  /** It is, but the issuer of the certificate in question gave it no right to answer. */
  | 'responder-not-authorised'
  /** The responder's own certificate is revoked. */
  | 'responder-revoked'
  /** The answer is about other certificates. */
  | 'other-certificate'
  | 'nonce-mismatch'
  | 'nonce-missing'
  /** thisUpdate lies in the future. */
  | 'not-yet-valid'
  /** nextUpdate has passed, or thisUpdate is older than allowed. */
  | 'stale'
  | 'unknown-critical-extension'
  /** The list is of another issuer. */
  | 'issuer-mismatch'
  /** Its issuer's key may not sign lists. */
  | 'no-crl-sign'
  /** No certificate of the list's issuer is at hand that is valid under the same anchor. */
  | 'signer-not-found'
  /** The list covers a scope that the certificate is not in. */
  | 'scope-mismatch'
  /** A delta list without the base that it continues. */
  | 'delta-without-base'
  /** Lists of some reasons were found, and together they do not cover all. */
  | 'reasons-incomplete'

/** Where a fact comes from. */
export type RevocationSource = {
  readonly source: 'ocsp' | 'crl'
  readonly thisUpdate?: Date
  readonly nextUpdate?: Date
  /** OCSP: when the responder signed. */
  readonly producedAt?: Date
  /** Who signed the answer, when its signature verified. */
  readonly signer?: Certificate
  readonly scheme?: SchemeId
  /** OCSP: the signer carries ocsp-nocheck, so nobody is to ask about its own revocation. */
  readonly signerNoCheck?: boolean
  /** CRL: a delta list was taken into account. */
  readonly delta?: boolean
}

/** What one answer says about one certificate: data for a policy to judge, never an exception. */
export type RevocationFact = RevocationSource &
  (
    | { readonly status: 'good' }
    | {
        readonly status: 'revoked'
        readonly revokedAt: Date
        readonly reason: RevocationReason
        /** CRL: when the key is known to have become untrustworthy. */
        readonly invalidityDate?: Date
      }
    | { readonly status: 'unknown' }
    | {
        readonly status: 'unusable'
        readonly code: RevocationFailureCode
        readonly detail?: string
      }
  )

/** When an answer counts as fresh. */
export type Freshness = {
  /** When the answer is used: now, or the time at which it was stored. */
  readonly at: Date
  /** Oldest thisUpdate. Default for OCSP without nextUpdate 10 minutes; otherwise none. */
  readonly maxAgeMs?: number | undefined
  /** How far clocks may differ. Default 60 000 ms. */
  readonly clockSkewMs?: number | undefined
}

/** Default of {@link Freshness.clockSkewMs}. */
export const defaultClockSkewMs = 60_000

/** The code of an answer that is too early or too late, or none. */
export const staleness = (
  { thisUpdate, nextUpdate }: { readonly thisUpdate: Date; readonly nextUpdate?: Date },
  { at, maxAgeMs, clockSkewMs = defaultClockSkewMs }: Freshness,
): 'not-yet-valid' | 'stale' | undefined => {
  if (thisUpdate.getTime() > at.getTime() + clockSkewMs) {
    return 'not-yet-valid'
  }
  const isPast = nextUpdate !== undefined && nextUpdate.getTime() < at.getTime() - clockSkewMs
  const isOld =
    maxAgeMs !== undefined && thisUpdate.getTime() < at.getTime() - maxAgeMs - clockSkewMs
  return isPast || isOld ? 'stale' : undefined
}
