import type { RefusalCode, SignatureRefusalCode } from '@muhr/egov-mobile'
import type { Attention, Observation, SigningState } from '@muhr/envelope'

/** What can happen between the app and us, in the protocol's terms (kz-egov-mobile.md §1). */
export type ServiceEvent = 'created' | 'opened' | 'fetched' | 'signed' | 'canceled'

/**
 * The states of a session (kz-egov-mobile.md §1) and what they are to the domain: the observation that
 * reports them, and the state that the signing reaches by it. `signed` is what the app claims by its
 * PUT: the domain goes no further than `received` until the verifier has spoken.
 */
export const stateTable: Readonly<
  Record<
    ServiceEvent,
    { readonly observation: Observation | undefined; readonly signing: SigningState }
  >
> = {
  created: { observation: undefined, signing: 'sent' },
  opened: { observation: { kind: 'opened' }, signing: 'viewed' },
  fetched: { observation: { kind: 'fetched' }, signing: 'viewed' },
  signed: { observation: undefined, signing: 'received' },
  canceled: { observation: { kind: 'declined' }, signing: 'declined' },
}

/** Refusals that a person should look at: the PUT was whole, and was not what we had sent. */
const attention: { readonly [Code in RefusalCode]?: Attention['kind'] } = {
  'documents-changed': 'format',
  'sign-method-changed': 'format',
  'signature-unreadable': 'format',
}

/** A call that we refused, as the domain hears of it: an event, and attention where it is due. */
export function rejectionOf(refusal: RefusalCode): Observation {
  return { kind: 'rejected', code: refusal, attention: attention[refusal] }
}

/**
 * The words for the signer, by the cause that the core gives: sub-indications of ETSI EN 319 102-1 and
 * the two mismatches of the domain.
 */
const verdicts: Readonly<Record<string, SignatureRefusalCode>> = {
  'content-mismatch': 'other-content',
  HASH_FAILURE: 'other-content',
  'identity-mismatch': 'other-person',
  'identity-unknown': 'other-person',
  FORMAT_FAILURE: 'signature-unreadable',
  SIG_CRYPTO_FAILURE: 'signature-invalid',
  REVOKED: 'certificate-revoked',
  REVOKED_NO_POE: 'certificate-revoked',
  REVOKED_CA_NO_POE: 'certificate-revoked',
  EXPIRED: 'certificate-expired',
  NOT_YET_VALID: 'certificate-expired',
  OUT_OF_BOUNDS_NO_POE: 'certificate-expired',
  OUT_OF_BOUNDS_NOT_REVOKED: 'certificate-expired',
  NO_SIGNING_CERTIFICATE_FOUND: 'certificate-untrusted',
  NO_CERTIFICATE_CHAIN_FOUND: 'certificate-untrusted',
  NO_CERTIFICATE_CHAIN_FOUND_NO_POE: 'certificate-untrusted',
  CERTIFICATE_CHAIN_GENERAL_FAILURE: 'certificate-untrusted',
  CHAIN_CONSTRAINTS_FAILURE: 'certificate-purpose',
  SIG_CONSTRAINTS_FAILURE: 'timestamp-missing',
  TIMESTAMP_ORDER_FAILURE: 'timestamp-missing',
  NO_POE: 'timestamp-missing',
  TRY_LATER: 'check-unavailable',
  INDETERMINATE: 'check-unavailable',
}

/** The refusal that the app shows for the cause of a verdict. */
export function refusalOfVerdict(code: string): SignatureRefusalCode {
  return Object.hasOwn(verdicts, code)
    ? (verdicts[code] ?? 'signature-invalid')
    : 'signature-invalid'
}
