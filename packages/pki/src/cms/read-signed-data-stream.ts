import {
  BerStream,
  type BerStreamLimits,
  equalOctets,
  expectSet,
  OctetReader,
  type OctetSource,
  oidOf,
  universalTag,
} from '../asn1/index.ts'
import { PkiError } from '../error.ts'
import { parseAlgorithmIdentifier } from '../keys/algorithm-identifier.ts'
import { createContentDigester } from './digest-content.ts'
import type { DigestibleContent } from './digestible-content.ts'
import { contentTypeOid } from './oids.ts'
import { parseSignedDataFields } from './parse-signed-data.ts'
import type { SignedDataFields } from './types.ts'

const sequence = { class: 'universal', tag: universalTag.sequence } as const
const explicit0 = { class: 'context', tag: 0 } as const

/** A SignedData that went by: everything but its content, of which the digests are left. */
export type StreamedSignedData = {
  readonly fields: SignedDataFields
  /** Digested with every declared algorithm; `undefined` when the signature is detached. */
  readonly content: DigestibleContent | undefined
  /** Is attached content what `expected` says? True where there is nothing to compare. */
  readonly isExpected: boolean
}

/** What is done with attached content besides digesting it. */
export type ContentOptions = {
  /** Compared with attached content, octet for octet; not touched when there is none. */
  readonly expected?: OctetSource | undefined
}

/** Compares octets as they pass with those of another source. */
class Comparison {
  readonly #reader: OctetReader | undefined
  #isEqual = true

  constructor(expected: OctetSource | undefined) {
    this.#reader = expected === undefined ? undefined : new OctetReader(expected)
  }

  async update(piece: Uint8Array): Promise<void> {
    let left = piece
    while (this.#reader !== undefined && this.#isEqual && left.length > 0) {
      const other = await this.#reader.takePiece(left.length)
      this.#isEqual = other !== undefined && equalOctets(other, left.subarray(0, other.length))
      left = left.subarray(other?.length ?? left.length)
    }
  }

  async finish(): Promise<boolean> {
    const isEqual = this.#isEqual && (this.#reader === undefined || (await this.#reader.isAtEnd()))
    await this.#reader?.close()
    return isEqual
  }
}

/** EncapsulatedContentInfo (RFC 5652 §5.2), its content digested while it passes. */
const readContent = async (
  ber: BerStream,
  { oids, expected }: { readonly oids: readonly string[] } & ContentOptions,
) => {
  await ber.enter(sequence)
  const contentType = oidOf(await ber.readNode())
  if (!(await ber.hasNext())) {
    await ber.leave()
    return { contentType, content: undefined, isExpected: true }
  }
  await ber.enter(explicit0)
  const digester = createContentDigester(oids)
  const comparison = new Comparison(expected)
  for await (const piece of ber.octetPieces()) {
    digester.update(piece)
    await comparison.update(piece)
  }
  await ber.leave()
  await ber.leave()
  return { contentType, content: digester.finish(), isExpected: await comparison.finish() }
}

/**
 * Reads a CMS SignedData of any size in constant memory and one pass: DER or BER, the content attached
 * or not. As strict as `parseSignedData`; what is kept is limited (`maxWholeBytes`, 64 MiB by default),
 * the content is not.
 *
 * Throws as `parseSignedData`, `source.cut`, and whatever the source throws.
 */
export const readSignedDataStream = async (
  source: OctetSource | OctetReader,
  { expected, ...limits }: BerStreamLimits & ContentOptions = {},
): Promise<StreamedSignedData> => {
  const reader = source instanceof OctetReader ? source : new OctetReader(source)
  try {
    const ber = new BerStream(reader, limits)
    await ber.enter(sequence)
    if (oidOf(await ber.readNode()) !== contentTypeOid.signedData) {
      throw new PkiError({
        code: 'cms.not-signed-data',
        message: 'The content type is not id-signedData.',
      })
    }
    await ber.enter(explicit0)
    await ber.enter(sequence)
    const version = await ber.readNode()
    const digestAlgorithms = await ber.readNode()
    // RFC 5652 §5.1: declared before the content, so that one pass is enough.
    const oids = expectSet(digestAlgorithms).map((node) => parseAlgorithmIdentifier(node).oid)
    const { contentType, content, isExpected } = await readContent(ber, { oids, expected })
    const rest = await ber.readRest()
    await ber.leave()
    await ber.leave()
    await ber.leave()
    await ber.finish()
    return {
      fields: parseSignedDataFields({ version, digestAlgorithms, contentType, rest }),
      content,
      isExpected,
    }
  } finally {
    await reader.close()
  }
}
