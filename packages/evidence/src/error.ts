import { MuhrError } from '@muhr/identifiers'

/** Everything that evidence can be refused for. */
export type EvidenceErrorCode =
  /** It is no zip, or a zip without a manifest: some other file. */
  | 'evidence.not-a-bundle'
  /** It is a bundle, but its parts cannot be read: damaged or made to harm. */
  | 'evidence.damaged'
  /** More or larger entries than a bundle may have. */
  | 'evidence.too-large'

export class EvidenceError extends MuhrError<EvidenceErrorCode> {
  override readonly name = 'EvidenceError'
}
