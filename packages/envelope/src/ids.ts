declare const brand: unique symbol

/** A string that was checked where it entered; the brand keeps kinds apart at compile time. */
export type Brand<Kind extends string> = string & { readonly [brand]: Kind }

export type OrganisationId = Brand<'OrganisationId'>
export type EnvelopeId = Brand<'EnvelopeId'>
export type DocumentId = Brand<'DocumentId'>
export type RecipientId = Brand<'RecipientId'>
export type SigningId = Brand<'SigningId'>
export type RequestId = Brand<'RequestId'>
export type AttemptId = Brand<'AttemptId'>
export type ContentId = Brand<'ContentId'>
export type ArtifactId = Brand<'ArtifactId'>
export type ReportId = Brand<'ReportId'>
export type SealId = Brand<'SealId'>
export type ConnectionId = Brand<'ConnectionId'>
/** SHA-256 of some bytes: 64 lower-case hex digits. */
export type Sha256Hex = Brand<'Sha256Hex'>
/** A moment: ISO 8601, UTC, three fraction digits, `Z` (`Date.prototype.toISOString`). */
export type Instant = Brand<'Instant'>

/** Prefix of each kind of id as it stands in URLs, logs and the database. */
export const idPrefix = {
  organisation: 'org',
  envelope: 'env',
  document: 'doc',
  recipient: 'rcp',
  signing: 'sgn',
  request: 'req',
  attempt: 'att',
  content: 'cnt',
  artifact: 'art',
  report: 'rep',
  seal: 'sea',
  connection: 'con',
} as const

export type IdKind = keyof typeof idPrefix

/** Where new ids come from; passed in, so that the domain stays pure and tests repeatable. */
export type IdSource = { readonly next: (kind: IdKind) => string }

/** The moment of a Date, in the form that the domain keeps. */
export function instantOf(date: Date): Instant {
  return date.toISOString() as Instant
}
