import { MuhrError } from '@muhr/identifiers'

/** Everything that evidence can be refused for. */
export type EvidenceErrorCode =
  /** It is no zip, or a zip of something else. */
  | 'evidence.not-a-bundle'
  /** It is a bundle, but not as it was written: damaged, or made to harm. `data.reason` says how. */
  | 'evidence.damaged'
  /** More or larger entries than a bundle may have. */
  | 'evidence.too-large'

/** What of a bundle is not as it must be. */
export type DamageReason =
  /** The file ends early, or octets belong to nothing. */
  | 'structure'
  /** The two headers of an entry differ, so that two programs would unpack different files. */
  | 'header-mismatch'
  | 'checksum-mismatch'
  | 'encrypted'
  | 'unsupported-method'
  /** Absolute, with a step up, or not writable on every system. */
  | 'unsafe-name'
  /** Two entries that some system would write to one file. */
  | 'duplicate-name'
  /** A link or device instead of a file. */
  | 'not-a-file'
  /** A few octets are not those that Muhr writes. */
  | 'altered'
  | 'object-mismatch'

export type EvidenceErrorData = {
  readonly reason?: DamageReason
  /** Path inside the bundle. */
  readonly path?: string
  readonly limit?: number
}

export class EvidenceError extends MuhrError<EvidenceErrorCode, EvidenceErrorData> {
  override readonly name = 'EvidenceError'
}

/** `evidence.damaged` of a bundle that was read. */
export function damaged(reason: DamageReason, path?: string, cause?: unknown): EvidenceError {
  return new EvidenceError({
    code: 'evidence.damaged',
    message: 'The bundle is not as it was written: it was changed, cut or made to harm.',
    advice: 'Get the bundle again from where it came.',
    data: { reason, ...(path === undefined ? {} : { path }) },
    cause,
  })
}

/** `evidence.too-large` of a bundle that is read or written. */
export function tooLarge(limit: number, path?: string): EvidenceError {
  return new EvidenceError({
    code: 'evidence.too-large',
    message: 'The bundle has more or larger files than a bundle may have.',
    advice: 'Do not unpack it; ask its sender how it was made.',
    data: { limit, ...(path === undefined ? {} : { path }) },
  })
}
