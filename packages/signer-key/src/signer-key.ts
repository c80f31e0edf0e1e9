import type { OctetSource } from '@muhr/pki'
import type { RevocationAnswer } from './check-readiness.ts'
import type { SignerKeyDescription } from './describe-signer-key.ts'

/** Where a key is kept, and by what it signs. */
export type SignerKeyKind =
  | 'pkcs12'
  | 'pem'
  | 'cryptopro-container'
  | 'csp'
  | 'pkcs11'
  | 'remote'
  | 'browser-plugin'

/** `unattended`: signs whenever asked. `attended`: a clerk confirms a batch in the browser. */
export type Attendance = 'unattended' | 'attended'

/** How one seal is made. */
export type SealOptions = {
  /** The time that the seal claims, UTC. Programs and services put their own clock's, which must be near. */
  readonly signingTime: Date
  /** What OCSP or a CRL said of the certificate, where it was asked. */
  readonly revocation?: RevocationAnswer | undefined
  readonly signal?: AbortSignal | undefined
}

/** A key that makes seals by itself. */
export type UnattendedSignerKey = {
  readonly attendance: 'unattended'
  readonly description: SignerKeyDescription
  /**
   * A detached CAdES-BES over the content (ru-epgu-goskey.md §6): CMS in DER with contentType,
   * signingTime, messageDigest, signingCertificateV2 and the signer's certificate. The content is read
   * once, in pieces, whatever its size. What an adapter gave back was verified over exactly these bytes.
   *
   * Throws {@link SignerKeyError}: the readiness codes before anything is signed, those of the adapter,
   * and `signer-key.seal-*` for a seal that does not verify; and whatever the content's source throws.
   */
  readonly signDetached: (content: OctetSource, options: SealOptions) => Promise<Uint8Array>
}

/** A key that signs in the clerk's browser: batches are made and accepted with `createSealBatch`. */
export type AttendedSignerKey = {
  readonly attendance: 'attended'
  readonly description: SignerKeyDescription
}

export type SignerKey = UnattendedSignerKey | AttendedSignerKey
