import type { Sha256Hex } from './ids.ts'

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined }

/** Languages of people; on the wire a service's own spelling stands. */
export const locales = ['ru', 'kk', 'uz', 'en'] as const
export type Locale = (typeof locales)[number]
export type LocalisedText = { readonly [L in Locale]?: string | undefined }

export const envelopeStates = [
  'draft',
  'sent',
  'completed',
  'declined',
  'expired',
  'voided',
  'failed',
] as const
export type EnvelopeState = (typeof envelopeStates)[number]

export const signingStates = [
  'waiting',
  'sealing',
  'dispatching',
  'sent',
  'viewed',
  'received',
  'held',
  'signed',
  'declined',
  'expired',
  'voided',
  'failed',
] as const
export type SigningState = (typeof signingStates)[number]

export const requestStates = ['planned', 'inflight', 'open', 'unknown', 'closed'] as const
export type RequestState = (typeof requestStates)[number]

/** Why a request is closed. */
export type RequestOutcome =
  | 'signed'
  | 'superseded'
  | 'declined'
  | 'expired'
  | 'cancelled'
  | 'refused'
  | 'absent'

export type AttemptState = 'recorded' | 'claimed' | 'done' | 'refused' | 'unknown'
export type AttemptAction = 'dispatch' | 'cancel'

/** One national service, by its name in the registry (`egov-mobile`, `goskey`, …). */
export type ProviderId = string
/** A way to sign inside a provider, in the service's own spelling (`CMS_WITH_DATA`, …). */
export type MethodName = string

/**
 * Named way from a document to the bytes that a signature covers; it can be run again by anyone.
 * `identity`: the document itself.
 */
export type Derivation = 'identity' | 'utf8-of-base64' | 'xml-enveloped' | 'didox-json'

export type NationalIdentifiers = {
  readonly snils?: string | undefined
  readonly inn?: string | undefined
  readonly ogrn?: string | undefined
  /** Id of a person in ESIA. It addresses alone: no certificate carries it. */
  readonly esiaOid?: string | undefined
  /** Number of accreditation of a foreign organisation in Russia. It addresses alone as well. */
  readonly rafp?: string | undefined
  readonly iin?: string | undefined
  readonly bin?: string | undefined
  readonly pinfl?: string | undefined
  readonly uzInn?: string | undefined
}

/**
 * How a service reaches and knows somebody, beside national identifiers. No certificate carries it, so it
 * proves nothing by itself.
 */
export type Contact = {
  /** `+` and 7 to 15 digits (E.164). */
  readonly phone?: string | undefined
  readonly email?: string | undefined
}

/** What a verifier found about one artifact, as far as the domain must know it. */
export type Verdict = {
  readonly indication: 'TOTAL-PASSED' | 'INDETERMINATE' | 'TOTAL-FAILED'
  readonly subIndication?: string | undefined
  /** Does the signature cover the stored content, byte for byte. */
  readonly content: 'match' | 'mismatch'
  /** Is the certificate that of the expected person or organisation. */
  readonly identity: 'match' | 'mismatch' | 'unknown'
  /**
   * The policy found something wrong, not only something missing (a key that may not sign documents, an
   * algorithm too weak): no later answer mends that, so it is never held.
   */
  readonly violated?: true | undefined
  /**
   * Who signed is known by the word of the service alone, which knows the recipient's phone or e-mail: no
   * national identifier was given.
   */
  readonly vouched?: true | undefined
  /** Report as stored: its digest names it. */
  readonly report: Sha256Hex
}

/** Who did something: a person, an API key, the signer of a link, or Muhr itself. */
export type ActorRef =
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'api-key'; readonly id: string }
  | { readonly kind: 'signer'; readonly id: string }
  | { readonly kind: 'provider'; readonly id: string }
  | { readonly kind: 'system' }
