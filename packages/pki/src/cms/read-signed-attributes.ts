import { type Asn1Node, octetsOf, oidOf, timeOf } from '../asn1/index.ts'
import { isPkiError } from '../error.ts'
import { type AlgorithmProtection, parseAlgorithmProtection } from './algorithm-protection.ts'
import { attributesOf } from './attributes.ts'
import { attributeOid, contentTypeOid } from './oids.ts'
import { type EssCertificateId, parseSigningCertificate } from './signing-certificate.ts'
import type { SignerInfo } from './types.ts'

/** How the signed attributes of one signer break RFC 5652 §5.3, §11 and RFC 5035. */
export type SignedAttributesDefect =
  | 'signed-attributes.not-der'
  | 'signed-attributes.not-sorted'
  | 'signed-attributes.duplicate'
  | 'signed-attributes.several-values'
  | 'signed-attributes.malformed'
  | 'signed-attributes.required'
  | 'content-type.missing'
  | 'content-type.mismatch'
  | 'content-type.not-allowed'
  | 'message-digest.missing'

/** What the signed attributes say; whatever is absent or defective is `undefined`. */
export type SignedAttributeValues = {
  readonly defects: readonly SignedAttributesDefect[]
  readonly messageDigest: Uint8Array | undefined
  readonly signingTime: Date | undefined
  readonly certificateIds: readonly EssCertificateId[]
  readonly algorithmProtection: AlgorithmProtection | undefined
}

/**
 * Attributes of which there is at most one, with exactly one value (RFC 5652 §11, RFC 2634 §1.3.4,
 * RFC 5035 §5.4, RFC 6211 §2, ETSI EN 319 122-1 §5.2). Of others a signer may have several.
 */
const singular: readonly string[] = [
  attributeOid.contentType,
  attributeOid.messageDigest,
  attributeOid.signingTime,
  attributeOid.algorithmProtection,
  attributeOid.signingCertificate,
  attributeOid.signingCertificateV2,
  attributeOid.contentHints,
  attributeOid.contentReference,
  attributeOid.contentIdentifier,
  attributeOid.signaturePolicy,
  attributeOid.signerLocation,
  attributeOid.mimeType,
]

const none: SignedAttributeValues = {
  defects: [],
  messageDigest: undefined,
  signingTime: undefined,
  certificateIds: [],
  algorithmProtection: undefined,
}

/**
 * Reads the signed attributes of one signer and holds them to the rules: DER and sorted as received,
 * no type twice of which there is one, contentType equal to eContentType and messageDigest both present.
 * A signer without signed attributes is allowed for id-data only (RFC 5652 §5.3). A counter-signature
 * (`contentType` undefined) has no contentType (RFC 5652 §11.4). Never throws for what a signer may have
 * written: it names the defects.
 */
export const readSignedAttributes = (
  signerInfo: SignerInfo,
  contentType: string | undefined,
): SignedAttributeValues => {
  const { signedAttributes } = signerInfo
  if (signedAttributes === undefined) {
    return contentType === contentTypeOid.data || contentType === undefined
      ? none
      : { ...none, defects: ['signed-attributes.required'] }
  }
  const { list, notDer } = signedAttributes
  const defects = new Set<SignedAttributesDefect>()
  if (notDer !== undefined) {
    defects.add(
      notDer === 'asn1.set-order' ? 'signed-attributes.not-sorted' : 'signed-attributes.not-der',
    )
  }
  const types = list.map(({ type }) => type).filter((type) => singular.includes(type))
  if (new Set(types).size !== types.length) {
    defects.add('signed-attributes.duplicate')
  }
  if (list.some(({ type, values }) => singular.includes(type) && values.length !== 1)) {
    defects.add('signed-attributes.several-values')
  }

  const read = <T>(type: string, parse: (value: Asn1Node) => T): T | undefined => {
    const value = attributesOf(list, type)[0]?.values[0]
    if (value === undefined) {
      return undefined
    }
    try {
      return parse(value)
    } catch (error) {
      if (!isPkiError(error)) {
        throw error
      }
      defects.add('signed-attributes.malformed')
      return undefined
    }
  }
  const declaredType = read(attributeOid.contentType, oidOf)
  const messageDigest = read(attributeOid.messageDigest, octetsOf)
  const certificateIds = [
    read(attributeOid.signingCertificate, (value) => parseSigningCertificate(value, 1)),
    read(attributeOid.signingCertificateV2, (value) => parseSigningCertificate(value, 2)),
  ].filter((id) => id !== undefined)
  const signingTime = read(attributeOid.signingTime, (value) => timeOf(value))
  const algorithmProtection = read(attributeOid.algorithmProtection, parseAlgorithmProtection)
  if (contentType === undefined) {
    if (declaredType !== undefined) {
      defects.add('content-type.not-allowed')
    }
  } else if (declaredType === undefined) {
    defects.add('content-type.missing')
  } else if (declaredType !== contentType) {
    defects.add('content-type.mismatch')
  }
  if (messageDigest === undefined) {
    defects.add('message-digest.missing')
  }
  return {
    defects: [...defects],
    messageDigest,
    signingTime,
    certificateIds,
    algorithmProtection,
  }
}
