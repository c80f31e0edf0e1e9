import type { OctetSource } from '../asn1/index.ts'
import { joinOctets, piecesOf } from '../asn1/index.ts'
import { type DigestState, digestByOid, isKnownDigest } from '../keys/index.ts'
import type { DigestibleContent } from './digestible-content.ts'
import { looksLikeAttributes } from './looks-like-attributes.ts'

/**
 * Signed attributes are as long as their signer made them; beyond this they are taken for what they
 * seem to be without being read.
 */
const maxAttributesBytes = 1024 * 1024

/** Pieces below this are joined before they are digested: each call of a hash has its cost. */
const smallPieceBytes = 16 * 1024

/** Takes content as it passes, in any pieces, and keeps its digests alone: no piece is held on to. */
export type ContentDigester = {
  readonly update: (piece: Uint8Array) => void
  /** Digests of everything that passed. Call once. */
  readonly finish: () => DigestibleContent
}

/** DER of a SET (RFC 5652 §5.4), as far as its first octet says. */
const isSet = (first: number | undefined): boolean => first === 0x31

/**
 * Digests content with every algorithm of a list at once, unknown ones left out. Algorithms that
 * differ in nothing but the national OID are computed once.
 */
export const createContentDigester = (oids: readonly string[]): ContentDigester => {
  const states = new Map<string, DigestState>()
  for (const { name, create } of oids.filter(isKnownDigest).map(digestByOid)) {
    states.set(name, states.get(name) ?? create())
  }
  let small: Uint8Array[] = []
  let smallBytes = 0
  /** The content as far as it may be the DER of attributes. */
  let head: Uint8Array[] | undefined
  let total = 0

  const digest = (octets: Uint8Array): void => {
    for (const state of states.values()) {
      state.update(octets)
    }
  }
  const flush = (): void => {
    if (smallBytes > 0) {
      digest(joinOctets(small))
      small = []
      smallBytes = 0
    }
  }
  return {
    update: (piece) => {
      if (total === 0 && piece.length > 0 && isSet(piece[0])) {
        head = []
      }
      total += piece.length
      if (head !== undefined && total <= maxAttributesBytes) {
        head.push(piece.slice())
      }
      if (piece.length < smallPieceBytes) {
        small.push(piece.slice())
        smallBytes += piece.length
        if (smallBytes >= smallPieceBytes) {
          flush()
        }
        return
      }
      flush()
      digest(piece)
    },
    finish: () => {
      flush()
      const digests = new Map([...states].map(([name, state]) => [name, state.digest()]))
      return {
        looksLikeAttributes:
          head !== undefined &&
          (total > maxAttributesBytes || looksLikeAttributes(joinOctets(head))),
        digest: (oid) => digests.get(digestByOid(oid).name),
      }
    },
  }
}

/** Digests a source of any size in constant memory. Throws `source.cut`, and whatever the source does. */
export const digestContent = async (
  source: OctetSource,
  oids: readonly string[],
): Promise<DigestibleContent> => {
  const digester = createContentDigester(oids)
  for await (const piece of piecesOf(source, { isFleeting: true })) {
    digester.update(piece)
  }
  return digester.finish()
}
