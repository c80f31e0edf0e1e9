import { concatOctets, der, joinOctets, toHex, universalTag } from '../asn1/index.ts'
import { writeHeader } from '../asn1/write.ts'
import { contentTypeOid } from './oids.ts'
import { signedDataVersion } from './signed-data-version.ts'

/** `der`: definite lengths. `ber`: indefinite ones around the content, as streaming tools write. */
export type ContainerEncoding = 'der' | 'ber'

/** Everything of a SignedData but the signatures and the content. */
export type SignedDataHead = {
  readonly contentType: string
  /** AlgorithmIdentifiers as encoded; of one OID the first is written. */
  readonly digestAlgorithms: readonly { readonly oid: string; readonly bytes: Uint8Array }[]
  readonly certificateChoices: readonly Uint8Array[]
  readonly revocationChoices: readonly Uint8Array[]
  readonly signerInfos: readonly { readonly version: number }[]
}

const endOfContents = Uint8Array.of(0, 0)

/** Distinct encodings, in order. */
const distinct = (encoded: readonly Uint8Array[]): readonly Uint8Array[] => [
  ...new Map(encoded.map((bytes) => [toHex(bytes), bytes])).values(),
]

const implicitSet = (n: number, members: readonly Uint8Array[]): Uint8Array => {
  if (members.length === 0) {
    return new Uint8Array()
  }
  const set = Uint8Array.from(der.setOf(...distinct(members)))
  set[0] = 0xa0 + n
  return set
}

/** What follows the content, but for the SignerInfos: certificates [0] and crls [1]. */
const encodeValues = ({ certificateChoices, revocationChoices }: SignedDataHead): Uint8Array =>
  concatOctets(implicitSet(0, certificateChoices), implicitSet(1, revocationChoices))

const explicitTag = { class: 'context', tag: 0, constructed: true } as const
const sequenceTag = { class: 'universal', tag: universalTag.sequence, constructed: true } as const

/** The octets of a ContentInfo before and after its content. */
export type SignedDataFrame = {
  /** Up to the first octet of the content or, in BER, of the first part of it. */
  readonly before: Uint8Array
  /** From the end of the content on. */
  readonly after: (signerInfos: readonly Uint8Array[]) => Uint8Array
}

/**
 * Lays out a ContentInfo with a SignedData (RFC 5652 §3, §5) around a content that is not at hand.
 * DER must know how long the content and the set of SignerInfos will be.
 */
export const frameSignedData = (
  head: SignedDataHead,
  layout:
    | {
        readonly encoding: 'der'
        /** `undefined`: detached. */
        readonly contentLength: number | undefined
        /** Octets of all SignerInfos together. */
        readonly signerInfosLength: number
      }
    | { readonly encoding: 'ber'; readonly isAttached: boolean },
): SignedDataFrame => {
  const algorithms = new Map(
    head.digestAlgorithms.toReversed().map(({ oid, bytes }) => [oid, bytes]),
  )
  const signedDataType = der.oid(contentTypeOid.signedData)
  const contentType = der.oid(head.contentType)
  const fields = concatOctets(
    der.integer(signedDataVersion(head)),
    der.setOf(...algorithms.values()),
  )
  const values = encodeValues(head)
  if (layout.encoding === 'ber') {
    const open = (first: number) => Uint8Array.of(first, 0x80)
    const contentDepth = layout.isAttached ? 3 : 1
    const closing = (depth: number) =>
      joinOctets(Array.from({ length: depth }, () => endOfContents))
    return {
      before: concatOctets(
        ...[open(0x30), signedDataType, open(0xa0), open(0x30), fields, open(0x30), contentType],
        ...(layout.isAttached ? [open(0xa0), open(0x24)] : []),
      ),
      after: (signerInfos) =>
        concatOctets(closing(contentDepth), values, der.setOf(...signerInfos), closing(3)),
    }
  }
  const { contentLength, signerInfosLength } = layout
  const octets =
    contentLength === undefined
      ? new Uint8Array()
      : writeHeader({
          tag: universalTag.octetString,
          constructed: false,
          length: contentLength,
        })
  const explicit =
    contentLength === undefined
      ? new Uint8Array()
      : writeHeader({ ...explicitTag, length: octets.length + contentLength })
  const wrapper = concatOctets(contentType, explicit, octets)
  const encapsulated = wrapper.length + (contentLength ?? 0)
  const encapsulatedHeader = writeHeader({ ...sequenceTag, length: encapsulated })
  const setHeader = writeHeader({
    tag: universalTag.set,
    constructed: true,
    length: signerInfosLength,
  })
  const signedData =
    fields.length +
    encapsulatedHeader.length +
    encapsulated +
    values.length +
    setHeader.length +
    signerInfosLength
  const signedDataHeader = writeHeader({ ...sequenceTag, length: signedData })
  const outerExplicit = writeHeader({
    ...explicitTag,
    length: signedDataHeader.length + signedData,
  })
  const contentInfo =
    signedDataType.length + outerExplicit.length + signedDataHeader.length + signedData
  return {
    before: concatOctets(
      writeHeader({ ...sequenceTag, length: contentInfo }),
      ...[signedDataType, outerExplicit, signedDataHeader, fields, encapsulatedHeader, wrapper],
    ),
    after: (signerInfos) => concatOctets(values, der.setOf(...signerInfos)),
  }
}

/** A part of a constructed OCTET STRING. */
export const contentPart = (piece: Uint8Array): Uint8Array =>
  piece.length === 0 ? piece : der.octets(piece)

/** Writes a whole container, its content in memory or none. */
export const writeSignedData = (
  head: Omit<SignedDataHead, 'signerInfos'> & {
    readonly content: Uint8Array | undefined
    readonly signerInfos: readonly { readonly version: number; readonly bytes: Uint8Array }[]
  },
  { encoding = 'der' }: { readonly encoding?: ContainerEncoding } = {},
): Uint8Array => {
  const { content, signerInfos } = head
  const encoded = signerInfos.map(({ bytes }) => bytes)
  const { before, after } = frameSignedData(
    head,
    encoding === 'ber'
      ? { encoding, isAttached: content !== undefined }
      : {
          encoding,
          contentLength: content?.length,
          signerInfosLength: encoded.reduce((sum, { length }) => sum + length, 0),
        },
  )
  const inside = content ?? new Uint8Array()
  return concatOctets(before, encoding === 'ber' ? contentPart(inside) : inside, after(encoded))
}
