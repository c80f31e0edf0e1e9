import type { PolicyName } from '../policy/index.ts'

/** Main status of a validation, ETSI EN 319 102-1 §5.1.3 table 5. */
export type Indication = 'TOTAL-PASSED' | 'INDETERMINATE' | 'TOTAL-FAILED'

/** Sub-indications that make a validation TOTAL-FAILED, the one that says most first. */
export const failedSubIndications = [
  'FORMAT_FAILURE',
  'HASH_FAILURE',
  'SIG_CRYPTO_FAILURE',
  'REVOKED',
  'NOT_YET_VALID',
  'EXPIRED',
] as const

/** Sub-indications that leave a validation INDETERMINATE, the one that says most first. */
export const indeterminateSubIndications = [
  'SIGNED_DATA_NOT_FOUND',
  'NO_SIGNING_CERTIFICATE_FOUND',
  'NO_CERTIFICATE_CHAIN_FOUND',
  'CHAIN_CONSTRAINTS_FAILURE',
  'CERTIFICATE_CHAIN_GENERAL_FAILURE',
  'CRYPTO_CONSTRAINTS_FAILURE',
  'REVOKED_NO_POE',
  'REVOKED_CA_NO_POE',
  'OUT_OF_BOUNDS_NO_POE',
  'OUT_OF_BOUNDS_NOT_REVOKED',
  'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
  'NO_POE',
  'TIMESTAMP_ORDER_FAILURE',
  'SIG_CONSTRAINTS_FAILURE',
  'TRY_LATER',
] as const

/** Why a validation did not pass, ETSI EN 319 102-1 §5.1.3 table 6. */
export type SubIndication =
  | (typeof failedSubIndications)[number]
  | (typeof indeterminateSubIndications)[number]

/** What was looked at, in the order of kz-egov-mobile.md §16. */
export type CheckName =
  | 'format'
  | 'signing-certificate'
  | 'content-digest'
  | 'coverage'
  | 'signature-value'
  | 'algorithms'
  | 'curve-by-point'
  | 'embedded-values'
  | 'unsigned-attributes'
  | 'certificate-path'
  | 'time-stamp'
  | 'certificate-validity'
  | 'revocation'
  | 'key-usage'
  | 'certificate-policies'
  | 'level'
  | 'sandbox'
  | 'signing-time'

/** One thing looked at, its result, and by a code what was found. */
export type ReportCheck = {
  readonly name: CheckName
  readonly result: 'passed' | 'failed' | 'indeterminate'
  /** Codes, separated by spaces; `warning.…` on a passed check. */
  readonly detail?: string
}

/** Whom the certificate names; personal data. */
export type ReportSigner = {
  readonly subject: string
  readonly name: string
  readonly serialNumber: string
  readonly snils?: string
  readonly inn?: string
  readonly ogrn?: string
  readonly iin?: string
  readonly bin?: string
  readonly pinfl?: string
  readonly organisation?: string
  /** INN of the organisation, where `inn` is that of the person. */
  readonly organisationInn?: string
  readonly ogrnip?: string
  /** Kazakhstan: the most particular role, an OID. Russia and Uzbekistan: the position as worded. */
  readonly role?: string
}

/** What a signature is, by the level that it reaches (design §7). */
export type SignatureFormat =
  | 'CMS'
  | 'CAdES-B'
  | 'CAdES-T'
  | 'CAdES-LT'
  | 'XMLDSig'
  | 'XAdES-B'
  | 'PAdES-B'
  | 'raw'

/** One signature, judged. */
export type SignatureReport = {
  readonly indication: Indication
  readonly subIndication?: SubIndication
  readonly format: SignatureFormat
  readonly country: 'RU' | 'KZ' | 'UZ' | null
  readonly signatureAlgorithm: { readonly oid: string; readonly name: string }
  readonly digestAlgorithm: { readonly oid: string; readonly name: string }
  readonly cryptography: 'valid' | 'invalid' | 'unsupported'
  /** Digest of the content with the signer's algorithm, hex; empty when there was no content. */
  readonly contentDigest: string
  readonly level: 'qualified' | 'unqualified' | 'unknown'
  readonly signer: ReportSigner
  readonly chain: readonly {
    readonly subject: string
    readonly serialNumber: string
    readonly sha256: string
  }[]
  readonly anchor?: { readonly subject: string; readonly sha256: string }
  readonly revocation: readonly {
    readonly serialNumber: string
    readonly source: 'ocsp' | 'crl' | 'none'
    readonly status: string
    readonly thisUpdate?: string
  }[]
  /** The claimed time: nobody vouches for it. ISO 8601, UTC. */
  readonly signingTime?: string
  readonly timestamps: readonly { readonly genTime: string; readonly valid: boolean }[]
  readonly checks: readonly ReportCheck[]
  /** Signatures over this one (RFC 5652 §11.4): judged, and counted for nothing. */
  readonly counterSignatures?: readonly SignatureReport[]
}

/** The report of `muhr verify --json` (design §7), field by field. */
export type VerificationReport = {
  readonly indication: Indication
  readonly subIndication?: SubIndication
  /** Why nothing of the container could be read; then there are no signatures. */
  readonly code?: string
  readonly policy: PolicyName
  /** ISO 8601, UTC. */
  readonly validationTime: string
  /** Some certificate carries the test policy of a sandbox (design rule 9). */
  readonly sandbox: boolean
  readonly signatures: readonly SignatureReport[]
}
