import type { Instant, SealKey } from '@muhr/envelope'
import type { AttendedSignerKey, RevocationAnswer } from '@muhr/signer-key'

/** Octets to be signed, read as often as the key needs. */
export type SignItem = {
  readonly name: string
  /** Bytes. */
  readonly size: number
  readonly open: () => AsyncIterable<Uint8Array>
}

export type SignWish = {
  readonly organisationId: string
  /** Id of the signer key. */
  readonly key: string
  readonly purpose: string
  readonly items: readonly SignItem[]
  readonly signal: AbortSignal
}

/** A signer key as it is known without being opened. */
export type FoundSignerKey = {
  readonly id: string
  readonly attendance: SealKey
  /** End of its certificate: what it signed serves nobody after it. Absent where it is not known. */
  readonly until?: Instant | undefined
}

/** The organisation's signer keys, as the core needs them. */
export type SignerKeys = {
  /**
   * The key of that id, or without one the key that was chosen for the connection. Undefined when there
   * is none, or it was removed.
   */
  readonly find: (wanted: {
    readonly organisationId: string
    readonly connectionId: string
    readonly key?: string | undefined
  }) => Promise<FoundSignerKey | undefined>
  /**
   * Detached CMS (RFC 5652, DER) over each item, in their order; by an unattended key only. Streams: no
   * item is held in memory.
   * @throws MuhrError with the key's own code
   */
  readonly sign: (wish: SignWish) => Promise<readonly Uint8Array[]>
  /**
   * An attended key, for the batch that its clerk signs.
   * @throws MuhrError with the key's own code
   */
  readonly openAttended: (wanted: {
    readonly organisationId: string
    readonly key: string
  }) => Promise<{
    readonly key: AttendedSignerKey
    readonly revocation: RevocationAnswer | undefined
  }>
}
