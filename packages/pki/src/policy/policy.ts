import type { SchemeId } from '../keys/index.ts'
import type { AnchorOrigin } from '../trust/trust-store.ts'
import type { KeyUsage } from '../x509/index.ts'

/** The policies of this package, by the names that `--policy` takes. */
export type PolicyName = 'kz-1187' | 'kz-500' | 'etsi-basic' | 'sandbox'

/**
 * `required`: without it the signature is INDETERMINATE. `if-available`: used when it is there, and
 * then it must be good.
 */
export type Requirement = 'required' | 'if-available'

/** What a judgement asks of the facts. Data only: the rules that read it are in `verify/`. */
export type VerificationPolicy = {
  readonly name: PolicyName
  /** Where the rules come from. */
  readonly source: string
  /** Signature schemes that may sign documents. */
  readonly signerSchemes: readonly SchemeId[]
  /** Schemes that certificates, time-stamps and revocation answers may use. */
  readonly infrastructureSchemes: readonly SchemeId[]
  /** RSA keys of signers below this are not believed. */
  readonly minRsaBits: number
  /** Must the signature cover attributes (contentType, messageDigest)? */
  readonly signedAttributes: Requirement
  readonly timeStamp: Requirement
  readonly revocation: {
    readonly signer: Requirement
    /** Certificates between the signer's and the anchor. */
    readonly authorities: Requirement
    readonly timeStampAuthority: Requirement
  }
  /** An OCSP answer older than this before the reference time says nothing about it. */
  readonly ocspFreshnessMs: number
  /** Clocks may differ by this much. */
  readonly clockSkewMs: number
  /** Further from the time-stamp than this, the claimed signing time is worth a warning. */
  readonly maxSigningTimeDriftMs: number
  /**
   * Key usages of which a document signer's certificate must show one, by the country of the
   * certificate. An absent extension is accepted only where `allowAbsentKeyUsage`.
   */
  readonly documentKeyUsages: Readonly<Partial<Record<'KZ' | 'RU' | 'UZ', readonly KeyUsage[]>>> & {
    readonly other: readonly KeyUsage[]
  }
  readonly allowAbsentKeyUsage: boolean
  /** Anchors of which origins are believed. */
  readonly anchorOrigins: readonly AnchorOrigin[]
  /** Are certificates that carry the sandbox policy believed under any believed anchor? */
  readonly acceptsSandbox: boolean
}
