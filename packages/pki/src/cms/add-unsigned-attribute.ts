import { der, expectSequence, explicitContent, readBer } from '../asn1/index.ts'
import { PkiError } from '../error.ts'
import { attributeOid, contentTypeOid } from './oids.ts'
import { parseSignedData } from './parse-signed-data.ts'

const asContext = (n: number, set: Uint8Array): Uint8Array => {
  const implicit = Uint8Array.from(set)
  implicit[0] = 0xa0 + n
  return implicit
}

/**
 * Adds an unsigned attribute with one value to one signature of a container, and writes the container
 * as DER. What is signed (content, signed attributes, certificates) goes through octet for octet; the
 * signatures of the others stay as they are.
 *
 * Throws `cms.no-such-signer`, and what {@link parseSignedData} throws.
 */
export const addUnsignedAttribute = (
  container: Uint8Array,
  {
    signer = 0,
    type,
    value,
  }: {
    /** Which signature, in the order of the container, from 0. */
    readonly signer?: number
    /** Attribute type, dotted decimal. */
    readonly type: string
    /** Its value, DER. */
    readonly value: Uint8Array
  },
): Uint8Array => {
  const data = parseSignedData(container)
  const target = data.signerInfos[signer]
  if (target === undefined) {
    throw new PkiError({
      code: 'cms.no-such-signer',
      message: 'The container has fewer signatures.',
      data: { signer, signers: data.signerInfos.length },
    })
  }
  const signed = expectSequence(explicitContentOf(container)).filter(
    (part) => part.class === 'context',
  )
  const signerInfos = data.signerInfos.map((signerInfo) => {
    if (signerInfo !== target) {
      return signerInfo.bytes
    }
    const kept = expectSequence(readBer(signerInfo.bytes))
      .filter((part) => part.class !== 'context' || part.tag !== 1)
      .map((part) => part.bytes)
    const attributes = [
      ...signerInfo.unsignedAttributes.map((attribute) => attribute.bytes),
      der.sequence(der.oid(type), der.set(value)),
    ]
    return der.sequence(...kept, asContext(1, der.setOf(...attributes)))
  })
  return der.sequence(
    der.oid(contentTypeOid.signedData),
    der.context(
      0,
      der.sequence(
        der.integer(data.version),
        der.setOf(...data.digestAlgorithms.map((algorithm) => algorithm.bytes)),
        der.sequence(
          der.oid(data.contentType),
          ...(data.content === undefined ? [] : [der.context(0, der.octets(data.content))]),
        ),
        ...signed.map((part) =>
          asContext(part.tag, der.setOf(...part.children.map((child) => child.bytes))),
        ),
        der.setOf(...signerInfos),
      ),
    ),
  )
}

const explicitContentOf = (container: Uint8Array) => {
  const wrapper = expectSequence(readBer(container))[1]
  if (wrapper === undefined) {
    throw new PkiError({ code: 'asn1.missing', message: 'A required field is absent.' })
  }
  return explicitContent(wrapper)
}

/**
 * Adds an RFC 3161 token over the signature value of one signer (ETSI EN 319 122-1 §5.3), which turns
 * CAdES-B into CAdES-T. Whether the token is right is not checked here: verify the result.
 *
 * Throws as {@link addUnsignedAttribute}.
 */
export const addSignatureTimeStamp = (
  container: Uint8Array,
  { signer = 0, token }: { readonly signer?: number; readonly token: Uint8Array },
): Uint8Array =>
  addUnsignedAttribute(container, { signer, type: attributeOid.signatureTimeStamp, value: token })
