import { der, expectSequence, readBer } from '../asn1/index.ts'
import { PkiError } from '../error.ts'
import { attributeOid } from './oids.ts'
import { parseSignedData } from './parse-signed-data.ts'
import type { SignerInfo } from './types.ts'
import { writeSignedData } from './write-signed-data.ts'

/** A SignerInfo with more unsigned attributes; every other octet of it goes through as it was. */
const extendSignerInfo = (
  signerInfo: SignerInfo,
  attributes: readonly Uint8Array[],
): Uint8Array => {
  const kept = expectSequence(readBer(signerInfo.bytes))
    .filter((part) => part.class !== 'context' || part.tag !== 1)
    .map((part) => part.bytes)
  const set = der.setOf(...signerInfo.unsignedAttributes.map(({ bytes }) => bytes), ...attributes)
  set[0] = 0xa1
  return der.sequence(...kept, set)
}

/** An attribute for one signature. */
export type UnsignedAttributeSpec = {
  /** Which signature, in the order of the container, from 0. */
  readonly signer: number
  /** Attribute type, dotted decimal. */
  readonly type: string
  /** Its value, DER. */
  readonly value: Uint8Array
}

/**
 * Adds unsigned attributes with one value each to signatures of a container, and writes it as DER. What
 * is signed goes through octet for octet, and so do the signatures to which nothing is added.
 *
 * Throws `cms.no-such-signer`, and what `parseSignedData` throws.
 */
export const addUnsignedAttributes = (
  container: Uint8Array,
  attributes: readonly UnsignedAttributeSpec[],
): Uint8Array => {
  const data = parseSignedData(container)
  const signers = data.signerInfos.length
  const missing = attributes.find(({ signer }) => data.signerInfos[signer] === undefined)
  if (missing !== undefined) {
    throw new PkiError({
      code: 'cms.no-such-signer',
      message: 'The container has fewer signatures.',
      data: { signer: missing.signer, signers },
    })
  }
  return writeSignedData({
    ...data,
    signerInfos: data.signerInfos.map((signerInfo, index) => {
      const added = attributes
        .filter(({ signer }) => signer === index)
        .map(({ type, value }) => der.sequence(der.oid(type), der.set(value)))
      return added.length === 0
        ? signerInfo
        : { version: signerInfo.version, bytes: extendSignerInfo(signerInfo, added) }
    }),
  })
}

/**
 * Adds an unsigned attribute with one value to one signature of a container, the first by default.
 * Throws as {@link addUnsignedAttributes}.
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
): Uint8Array => addUnsignedAttributes(container, [{ signer, type, value }])

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
