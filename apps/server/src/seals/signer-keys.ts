import type { SealKey } from '@muhr/envelope'

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

export type SignerKeyView = {
  readonly kind: SealKey
  /** SHA-256 of the certificate (DER), lower-case hex; seals by another one do not count. */
  readonly certificate?: string | undefined
}

/** The organisation's signer keys, as the core needs them: what kind one is, and its signatures. */
export type SignerKeys = {
  /** Undefined when the organisation has no such key. */
  readonly describe: (wanted: {
    readonly organisationId: string
    readonly key: string
  }) => Promise<SignerKeyView | undefined>
  /**
   * Detached CMS (RFC 5652, DER) over each item, in their order; by an unattended key only. Streams: no
   * item is held in memory.
   * @throws MuhrError with the key's own code
   */
  readonly sign: (wish: SignWish) => Promise<readonly Uint8Array[]>
}
