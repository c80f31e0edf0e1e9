import { digestByOid } from '../keys/index.ts'
import { looksLikeAttributes } from './looks-like-attributes.ts'

/** What a signature needs to know of the content that it covers. */
export type DigestibleContent = {
  /** Is the content the DER of signed attributes? Then no signature without attributes may cover it. */
  readonly looksLikeAttributes: boolean
  /**
   * Digest of the content; `undefined` when it is not at hand, or when it went by without being
   * digested with this algorithm. Throws `digest.unsupported`.
   */
  readonly digest: (oid: string) => Uint8Array | undefined
}

/** Content in memory, digested once per algorithm however many signers there are. */
export const digestibleContent = (bytes: Uint8Array | undefined): DigestibleContent => {
  const digests = new Map<string, Uint8Array>()
  return {
    looksLikeAttributes: looksLikeAttributes(bytes),
    digest: (oid) => {
      const { create } = digestByOid(oid)
      if (bytes === undefined) {
        return undefined
      }
      const digest = digests.get(oid) ?? create().update(bytes).digest()
      digests.set(oid, digest)
      return digest
    },
  }
}
