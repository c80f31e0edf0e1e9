import type { ByCountry, Requirement, VerificationPolicy } from './policy.ts'

/** What a code does to a signature. */
export type OutcomeEffect = 'failed' | 'indeterminate' | 'passed'

/** One thing that a judgement may find, by the code that the report shows. */
export type OutcomeCode = {
  /** The check that shows it. */
  readonly check: string
  /** The code, or its beginning where particulars follow. */
  readonly code: string
  /** Sub-indication of ETSI EN 319 102-1 §5.1.3 that it leads to, where it does not pass. */
  readonly subIndication: string
  /**
   * `failed`: TOTAL-FAILED under every policy. `indeterminate`: INDETERMINATE under every policy. A
   * function: as the policy says.
   */
  readonly effect: OutcomeEffect | ((policy: VerificationPolicy) => OutcomeEffect)
}

const openIf = (isAsked: boolean): OutcomeEffect => (isAsked ? 'indeterminate' : 'passed')

const isRequired = (rules: ByCountry<Requirement>): boolean =>
  Object.values(rules).includes('required')

/**
 * Every code of a judgement (ETSI EN 319 102-1 §5.1.3, tables 5 and 6). Proven faults fail under every
 * policy; whatever is missing, or not accepted, leaves a signature open; what a policy does not ask for
 * passes with a word.
 */
export const outcomeCodes: readonly OutcomeCode[] = Object.freeze(
  (
    [
      [
        'format',
        'FORMAT_FAILURE',
        'failed',
        [
          'signed-attributes.',
          'content-type.',
          'message-digest.missing',
          'algorithm.parameters',
          'algorithm.unprotected',
          'content.looks-like-attributes',
          'digest-algorithm.',
          'xml.',
          'raw.',
        ],
      ],
      [
        'format',
        'SIG_CONSTRAINTS_FAILURE',
        (policy) => openIf(policy.signedAttributes === 'required'),
        ['signed-attributes-required'],
      ],
      [
        'signing-certificate',
        'FORMAT_FAILURE',
        'failed',
        [
          'signer-not-embedded',
          'signer-ambiguous',
          'signer-damaged',
          'signing-certificate.mismatch',
        ],
      ],
      [
        'signing-certificate',
        'NO_SIGNING_CERTIFICATE_FOUND',
        'indeterminate',
        ['certificate-absent'],
      ],
      [
        'signing-certificate',
        'CRYPTO_CONSTRAINTS_FAILURE',
        'indeterminate',
        ['signing-certificate.unsupported'],
      ],
      [
        'content-digest',
        'HASH_FAILURE',
        'failed',
        ['message-digest-mismatch', 'attached-content-differs'],
      ],
      ['content-digest', 'SIGNED_DATA_NOT_FOUND', 'indeterminate', ['content-absent']],
      ['content-digest', 'CRYPTO_CONSTRAINTS_FAILURE', 'indeterminate', ['digest-unsupported']],
      ['coverage', 'SIG_CONSTRAINTS_FAILURE', 'indeterminate', ['partial-coverage']],
      ['coverage', 'SIGNED_DATA_NOT_FOUND', 'indeterminate', ['manifest-not-followed']],
      [
        'signature-value',
        'SIG_CRYPTO_FAILURE',
        'failed',
        ['signature-invalid', 'algorithm.mismatch'],
      ],
      ['signature-value', 'CRYPTO_CONSTRAINTS_FAILURE', 'indeterminate', ['algorithm-unsupported']],
      ['algorithms', 'SIG_CRYPTO_FAILURE', 'failed', ['key.not-on-curve']],
      [
        'algorithms',
        'CRYPTO_CONSTRAINTS_FAILURE',
        'indeterminate',
        ['algorithm-weak', 'key-too-short', 'digest-weak'],
      ],
      [
        'algorithms',
        'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
        (policy) => openIf(Object.keys(policy.schemesUntil).length > 0),
        ['algorithm-ended'],
      ],
      [
        'curve-by-point',
        'CRYPTO_CONSTRAINTS_FAILURE',
        (policy) => openIf(policy.parameterSetsByPoint.length === 0),
        ['curve-by-point'],
      ],
      ['embedded-values', 'FORMAT_FAILURE', 'failed', ['embedded-damaged']],
      [
        'embedded-values',
        'CERTIFICATE_CHAIN_GENERAL_FAILURE',
        'indeterminate',
        ['embedded-unsupported'],
      ],
      [
        'unsigned-attributes',
        'FORMAT_FAILURE',
        'failed',
        ['attribute-hidden', 'attribute-malformed'],
      ],
      [
        'certificate-path',
        'NO_CERTIFICATE_CHAIN_FOUND',
        'indeterminate',
        [
          'issuer-not-found',
          'issuer-key-mismatch',
          'untrusted-root',
          'anchor-not-believed',
          'signature-invalid',
        ],
      ],
      [
        'certificate-path',
        'CERTIFICATE_CHAIN_GENERAL_FAILURE',
        'indeterminate',
        ['search-limit', 'not-yet-valid'],
      ],
      ['certificate-path', 'OUT_OF_BOUNDS_NO_POE', 'indeterminate', ['expired']],
      [
        'certificate-path',
        'CRYPTO_CONSTRAINTS_FAILURE',
        'indeterminate',
        ['algorithm-weak', 'algorithm-unsupported'],
      ],
      [
        'certificate-path',
        'CHAIN_CONSTRAINTS_FAILURE',
        'indeterminate',
        [
          'not-a-ca',
          'no-key-cert-sign',
          'path-length-exceeded',
          'unknown-critical-extension',
          'name-not-permitted',
          'name-excluded',
          'name-constraints-unsupported',
          'name-chaining',
          'policy-required',
          'policy-mapping-invalid',
          'policy-malformed',
        ],
      ],
      ['time-stamp', 'FORMAT_FAILURE', 'failed', ['broken']],
      [
        'time-stamp',
        'SIG_CONSTRAINTS_FAILURE',
        (policy) => openIf(isRequired(policy.timeStamp)),
        ['time-stamp-missing'],
      ],
      [
        'time-stamp',
        'SIG_CONSTRAINTS_FAILURE',
        (policy) => openIf(isRequired(policy.timeStampSigningCertificate)),
        ['signing-certificate-missing'],
      ],
      [
        'time-stamp',
        'SIG_CONSTRAINTS_FAILURE',
        (policy) => openIf(Object.values(policy.timeStampPolicies).some((each) => each !== null)),
        ['time-stamp-policy-foreign'],
      ],
      [
        'time-stamp',
        'SIG_CONSTRAINTS_FAILURE',
        'indeterminate',
        [
          'not-a-time-stamp-certificate',
          'unknown-critical-extension',
          'certificate-revoked',
          'authority-revoked',
        ],
      ],
      [
        'time-stamp',
        'CHAIN_CONSTRAINTS_FAILURE',
        'indeterminate',
        ['authority-expired', 'authority-not-yet-valid', 'sandbox-certificate'],
      ],
      [
        'time-stamp',
        'CRYPTO_CONSTRAINTS_FAILURE',
        'indeterminate',
        ['imprint-algorithm-weak', 'algorithm-weak', 'algorithm-unsupported'],
      ],
      [
        'time-stamp',
        'NO_CERTIFICATE_CHAIN_FOUND',
        'indeterminate',
        [
          'certificate-absent',
          'issuer-not-found',
          'issuer-key-mismatch',
          'untrusted-root',
          'signature-invalid',
        ],
      ],
      ['time-stamp', 'TIMESTAMP_ORDER_FAILURE', 'indeterminate', ['later-than-validation-time']],
      [
        'time-stamp',
        'TRY_LATER',
        (policy) => openIf(policy.revocation.timeStampAuthority === 'required'),
        ['certificate-revocation-unavailable'],
      ],
      [
        'certificate-validity',
        'NOT_YET_VALID',
        'failed',
        [
          'time-stamp-before-not-before',
          'validation-time-before-not-before',
          'signing-time-before-not-before',
        ],
      ],
      ['certificate-validity', 'EXPIRED', 'failed', ['signing-time-after-not-after']],
      [
        'certificate-validity',
        'OUT_OF_BOUNDS_NO_POE',
        'indeterminate',
        ['validation-time-after-not-after', 'time-stamp-after-not-after'],
      ],
      ['revocation', 'REVOKED', 'failed', ['certificate-revoked']],
      ['revocation', 'REVOKED_CA_NO_POE', 'indeterminate', ['authority-revoked']],
      [
        'revocation',
        'TRY_LATER',
        'indeterminate',
        ['certificate-on-hold', 'certificate-unknown', 'authority-on-hold', 'authority-unknown'],
      ],
      [
        'revocation',
        'TRY_LATER',
        (policy) => openIf(policy.revocation.signer === 'required'),
        ['certificate-revocation-unavailable'],
      ],
      [
        'revocation',
        'TRY_LATER',
        (policy) => openIf(policy.revocation.authorities === 'required'),
        ['authority-revocation-unavailable'],
      ],
      [
        'key-usage',
        'CHAIN_CONSTRAINTS_FAILURE',
        'indeterminate',
        ['key-usage-needs', 'key-purpose-foreign'],
      ],
      [
        'key-usage',
        'CHAIN_CONSTRAINTS_FAILURE',
        (policy) => openIf(!policy.allowAbsentKeyUsage),
        ['key-usage-absent'],
      ],
      [
        'certificate-policies',
        'CHAIN_CONSTRAINTS_FAILURE',
        (policy) => openIf(Object.values(policy.certificatePolicies).some((rule) => rule !== null)),
        ['certificate-policies-foreign'],
      ],
      [
        'certificate-policies',
        'CHAIN_CONSTRAINTS_FAILURE',
        (policy) =>
          openIf(
            Object.values(policy.certificatePolicies).some(
              (rule) => rule?.requirement === 'required',
            ),
          ),
        ['certificate-policies-absent'],
      ],
      [
        'level',
        'CHAIN_CONSTRAINTS_FAILURE',
        (policy) => openIf(policy.requiredLevel === 'qualified'),
        ['level-unqualified', 'level-unknown'],
      ],
      [
        'sandbox',
        'CHAIN_CONSTRAINTS_FAILURE',
        (policy) => openIf(!policy.acceptsSandbox),
        ['sandbox-certificate'],
      ],
    ] as const satisfies readonly (readonly [
      string,
      string,
      OutcomeCode['effect'],
      readonly string[],
    ])[]
  ).flatMap(([check, subIndication, effect, codes]) =>
    codes.map((code) => ({ check, code, subIndication, effect })),
  ),
)

/** What counts as failed, as indeterminate and as passed under a policy: `CHECK CODE`, each once. */
export const outcomesOf = (
  policy: VerificationPolicy,
): Readonly<Record<OutcomeEffect, readonly string[]>> => {
  const named = outcomeCodes.map(({ check, code, effect }) => ({
    name: `${check} ${code}`,
    effect: typeof effect === 'function' ? effect(policy) : effect,
  }))
  const of = (effect: OutcomeEffect): readonly string[] =>
    named.filter((each) => each.effect === effect).map(({ name }) => name)
  return { failed: of('failed'), indeterminate: of('indeterminate'), passed: of('passed') }
}
