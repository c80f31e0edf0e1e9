/** Certainty of a simulated behaviour, in the words of kz-egov-mobile.md. */
export type Fidelity = 'seed' | 'spec' | 'public-client' | 'assumed'

/** A key other than the citizen's own valid one, which a fault signs with. */
export type AlternativeKey = 'expired' | 'revoked' | 'foreign' | 'authentication' | 'other-person'

type FaultDescription = {
  readonly fidelity: Fidelity
  /** Section of kz-egov-mobile.md that the service's right answer comes from. */
  readonly section: string
  readonly summary: string
  readonly key?: AlternativeKey
}

/**
 * What the phone can be told to do wrong. `fidelity` says how sure it is that a phone or an attacker does this;
 * what the service must answer stands in the section.
 */
export const FAULT_MODES = {
  cancel: {
    fidelity: 'public-client',
    section: '5',
    summary: 'the person declines: PUT of the unsigned original, without status',
  },
  'cancel-with-status': {
    fidelity: 'public-client',
    section: '5',
    summary: 'the person declines: PUT of the unsigned original with "status":"CANCELED"',
  },
  'wrong-token': {
    fidelity: 'assumed',
    section: '4',
    summary: 'another bearer token in Authorization',
  },
  'changed-id': {
    fidelity: 'assumed',
    section: '5',
    summary: 'the first document comes back under another id',
  },
  'swapped-documents': {
    fidelity: 'assumed',
    section: '7',
    summary: 'two signed documents come back under each other’s id',
  },
  'other-bytes': {
    fidelity: 'assumed',
    section: '7',
    summary: 'the signature is over other data than were sent',
  },
  'wrong-byte-order': {
    fidelity: 'assumed',
    section: '11.3',
    summary: 's‖r big-endian (Russian order) in a Kazakh GOST signature',
  },
  'foreign-ca': {
    fidelity: 'assumed',
    section: '12.1',
    summary: 'a certificate of a CA outside the trust store, with the same IIN',
    key: 'foreign',
  },
  'expired-certificate': {
    fidelity: 'assumed',
    section: '16',
    summary: 'a certificate that has expired',
    key: 'expired',
  },
  'revoked-certificate': {
    fidelity: 'assumed',
    section: '15',
    summary: 'a certificate that was revoked before signing',
    key: 'revoked',
  },
  'auth-certificate': {
    fidelity: 'public-client',
    section: '8',
    summary: 'an RSA authentication key (no nonRepudiation) signs the document',
    key: 'authentication',
  },
  'other-person': {
    fidelity: 'assumed',
    section: '7',
    summary: 'another person signs with a valid key',
    key: 'other-person',
  },
  'missing-timestamp': {
    fidelity: 'public-client',
    section: '16',
    summary: 'CMS without a time-stamp',
  },
  'timestamp-over-content': {
    fidelity: 'assumed',
    section: '13',
    summary: 'the time-stamp covers the document, not the signature value',
  },
  'double-put': {
    fidelity: 'assumed',
    section: '5',
    summary: 'the same PUT twice, one after the other',
  },
  'double-put-at-once': {
    fidelity: 'assumed',
    section: '5',
    summary: 'the same PUT twice at the same moment',
  },
  'double-put-changed': {
    fidelity: 'assumed',
    section: '5',
    summary: 'a second PUT with another signature of the same person',
  },
  'slow-put': {
    fidelity: 'assumed',
    section: '9',
    summary: 'the body of the PUT arrives in ten slow pieces',
  },
  'truncated-body': {
    fidelity: 'assumed',
    section: '9',
    summary: 'the body of the PUT is cut in the middle',
  },
  'dropped-connection': {
    fidelity: 'assumed',
    section: '9',
    summary: 'the connection breaks in the middle of the PUT',
  },
  'lower-case-fields': {
    fidelity: 'assumed',
    section: '8',
    summary: 'all field names of the PUT in lower case',
  },
  'object-instead-of-string': {
    fidelity: 'assumed',
    section: '6',
    summary: 'SIGN_BYTES_ARRAY answered with a JSON object, not a string that holds JSON',
  },
} as const satisfies Readonly<Record<string, FaultDescription>>

export type FaultMode = keyof typeof FAULT_MODES

export const faultModes = Object.freeze(Object.keys(FAULT_MODES)) as readonly FaultMode[]

/** The key that a fault signs with, when it is not the citizen's own. */
export function keyOfFault(fault: FaultMode | undefined): AlternativeKey | undefined {
  if (fault === undefined) return undefined
  const description: FaultDescription = FAULT_MODES[fault]

  return description.key
}
