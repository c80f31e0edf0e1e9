/** What may be wrong with a signed result. */
export const SIGN_FAULTS = [
  'other-person',
  'missing',
  'two-signatures',
  'two-signers',
  'other-bytes',
  'unreadable',
  'expired-certificate',
] as const

export type SignFaultKind = (typeof SIGN_FAULTS)[number]

/** A fault of one document by its name, or of the first one. `other-person` is of all documents by default. */
export type SignFault = { readonly kind: SignFaultKind; readonly file?: string }
