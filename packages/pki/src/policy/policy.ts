import type { SchemeId } from '../keys/index.ts'
import type { AnchorOrigin } from '../trust/trust-store.ts'
import type { KeyUsage } from '../x509/index.ts'

/** The policies of this package, by the names that `--policy` takes. */
export type PolicyName = 'ru-63fz' | 'kz-1187' | 'kz-500' | 'uz-e-imzo' | 'etsi-basic' | 'sandbox'

/** Countries whose profiles policies know. */
export type PolicyCountry = 'KZ' | 'RU' | 'UZ'

/** A rule by the country of the certificate; `other` for all that have no line of their own. */
export type ByCountry<T> = Readonly<Partial<Record<PolicyCountry, T>>> & { readonly other: T }

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
  /**
   * Schemes that are believed only for signatures proven to be older than this (ISO 8601): by a
   * time-stamp, or by the validation time itself. Without proof the signature is open
   * (ETSI EN 319 102-1 §5.2.8, CRYPTO_CONSTRAINTS_FAILURE_NO_POE).
   */
  readonly schemesUntil: Readonly<Partial<Record<SchemeId, string>>>
  /**
   * Parameter sets whose keys are believed on whatever curve their point lies, though the set names
   * another (uz-eimzo-didox.md §3.3). A key of any other set leaves the signature open then.
   */
  readonly parameterSetsByPoint: readonly string[]
  /** RSA keys of signers below this are not believed. */
  readonly minRsaBits: number
  /** Must the signature cover attributes (contentType, messageDigest)? */
  readonly signedAttributes: Requirement
  readonly timeStamp: ByCountry<Requirement>
  /** Must a token name its TSA's certificate (RFC 3161 §2.4.2, ESSCertID)? By the TSA's country. */
  readonly timeStampSigningCertificate: ByCountry<Requirement>
  /** Policies under which a TSA must stamp, by the TSA's country; `null`: any. */
  readonly timeStampPolicies: ByCountry<readonly string[] | null>
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
  /** Key usages of which a document signer's certificate must show one. */
  readonly documentKeyUsages: ByCountry<readonly KeyUsage[]>
  /** Is a signer's certificate that states no key usage at all accepted? */
  readonly allowAbsentKeyUsage: boolean
  /**
   * Certificate policies of which a signer's certificate must state one: an OID, or an arc ending in a
   * dot. `if-available`: one that states none is accepted. `null`: not looked at.
   */
  readonly certificatePolicies: ByCountry<{
    readonly requirement: Requirement
    readonly oids: readonly string[]
  } | null>
  /**
   * What makes a certificate qualified (authority.md §2.4, §8, §9). `national-authorities`: a path through
   * a published national authority. `anchor-and-extensions`: that, and the extensions and the owner that
   * the law asks for; whether the accreditation of the CA is still in force is not seen, and the report
   * says so. `accreditation-list`: the list of accredited CAs, without which the level is unknown.
   */
  readonly qualification: ByCountry<
    'national-authorities' | 'anchor-and-extensions' | 'accreditation-list'
  >
  /** The level without which a signature does not pass; `any`: it is only reported. */
  readonly requiredLevel: 'any' | 'qualified'
  /** Anchors of which origins are believed. */
  readonly anchorOrigins: readonly AnchorOrigin[]
  /** Are certificates that carry the sandbox policy believed under any believed anchor? */
  readonly acceptsSandbox: boolean
}
