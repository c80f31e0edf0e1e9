import { type OctetSource, piecesOf } from '../asn1/index.ts'
import { PkiError } from '../error.ts'
import { digestByOid } from '../keys/index.ts'
import { createSignerInfos, headOf, type SignedDataSpec } from './create-signed-data.ts'
import { signerInfoLength } from './create-signer-info.ts'
import { createContentDigester } from './digest-content.ts'
import { contentPart, frameSignedData, type SignedDataFrame } from './write-signed-data.ts'

const sizeOf = (content: OctetSource): number | undefined => {
  if (content instanceof Uint8Array) {
    return content.length
  }
  return Symbol.asyncIterator in content ? undefined : content.size
}

/** DER says how long everything is before the content is seen, and so before anything is signed. */
const frameDer = (
  spec: SignedDataSpec & { readonly contentLength: number | undefined },
): SignedDataFrame => {
  const head = headOf(spec)
  const { contentType } = head
  const lengths = spec.signers.map((signer) => {
    const messageDigest = new Uint8Array(digestByOid(signer.key.scheme.digestOid).byteLength)
    return signerInfoLength(signer, { messageDigest, contentType })
  })
  const { contentLength } = spec
  const known = lengths.filter((length) => length !== undefined)
  if (contentLength === undefined || known.length < lengths.length) {
    throw new PkiError({
      code: 'cms.length-unknown',
      message: 'DER needs the length of the content and of every signature beforehand.',
    })
  }
  const signerInfosLength = known.reduce((sum, length) => sum + length, 0)
  return frameSignedData(head, { encoding: 'der', contentLength, signerInfosLength })
}

/**
 * Makes an attached CMS SignedData around content of any size, in constant memory and one pass: what is
 * yielded, in order, is the container. The signatures are made when the content has passed.
 *
 * DER (the default) needs the size of the content: of an array or a file it is known, of another source
 * give `contentLength`. Where signatures vary in length (ECDSA), and where the size is not known, take
 * `encoding: 'ber'`: parts of indefinite length, as E-IMZO and CryptoPro write.
 *
 * Throws `cms.length-unknown`; `cms.length-mismatch` when the content turns out to have another size
 * (what was yielded is then worthless); and as `createSignedData`.
 *
 * @example
 * const pieces = createSignedDataStream({ content: file, signers: [{ key, certificate, signingTime }] })
 * await writeFile('contract.pdf.p7m', pieces)
 */
export async function* createSignedDataStream(
  spec: SignedDataSpec & {
    readonly content: OctetSource
    /** Octets of the content, where its source does not say. */
    readonly contentLength?: number
  },
): AsyncGenerator<Uint8Array> {
  const { content, encoding = 'der' } = spec
  const head = headOf(spec)
  const contentLength = spec.contentLength ?? sizeOf(content)
  const frame =
    encoding === 'ber'
      ? frameSignedData(head, { encoding, isAttached: true })
      : frameDer({ ...spec, contentLength })
  yield frame.before
  const digester = createContentDigester(head.digestAlgorithms.map(({ oid }) => oid))
  let passed = 0
  for await (const piece of piecesOf(content)) {
    digester.update(piece)
    passed += piece.length
    yield encoding === 'ber' ? contentPart(piece) : piece
  }
  if (encoding === 'der' && passed !== contentLength) {
    throw new PkiError({
      code: 'cms.length-mismatch',
      message: 'The content is not as long as was said.',
      data: { contentLength: contentLength ?? 0, passed },
    })
  }
  const signerInfos = await createSignerInfos(spec, digester.finish())
  yield frame.after(signerInfos.map(({ bytes }) => bytes))
}
