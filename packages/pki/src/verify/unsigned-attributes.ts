import {
  type Asn1Node,
  contextChild,
  expectSequence,
  explicitContent,
  isUniversal,
  oidOf,
  universalTag,
} from '../asn1/index.ts'
import { type Attribute, cmsAttributeOid, contentTypeOid, type SignerInfo } from '../cms/index.ts'
import { parseSignerInfo } from '../cms/parse-signer-info.ts'
import { wrapBasicOcspResponse } from '../cms/wrap-basic-ocsp-response.ts'
import { isPkiError } from '../error.ts'
import type { UnsignedAttributeFact } from './types.ts'

/** DER values that an attribute carries for whoever verifies later. */
export type AttributeValues = {
  readonly certificates: readonly Uint8Array[]
  readonly ocsp: readonly Uint8Array[]
  readonly crls: readonly Uint8Array[]
}

const noValues: AttributeValues = { certificates: [], ocsp: [], crls: [] }

/** What one unsigned attribute is, and what it carries. */
type Sorted = {
  readonly fact: UnsignedAttributeFact
  readonly values: AttributeValues
  readonly counterSigners: readonly SignerInfo[]
}

const attempt = <T>(read: () => T): T | undefined => {
  try {
    return read()
  } catch (error) {
    if (isPkiError(error)) {
      return undefined
    }
    throw error
  }
}

/** A Certificate or CertificateList has three parts, the first of them a SEQUENCE. */
const isSignedShape = (node: Asn1Node): boolean =>
  isUniversal(node, universalTag.sequence) &&
  node.children.length === 3 &&
  isUniversal(node.children[0], universalTag.sequence)

/** CertificateValues (ETSI EN 319 122-1 §A.1.1.2): SEQUENCE OF Certificate. */
const readCertificateValues = (value: Asn1Node): AttributeValues | undefined =>
  attempt(() => {
    const certificates = expectSequence(value)
    return certificates.every(isSignedShape)
      ? { ...noValues, certificates: certificates.map(({ bytes }) => bytes) }
      : undefined
  })

/** OtherRevVals: an OBJECT IDENTIFIER and a value of it, which nobody here reads. */
const isOtherValues = (part: Asn1Node): boolean =>
  part.tag !== 2 || isUniversal(part.children[0]?.children[0], universalTag.oid)

/**
 * RevocationValues (ETSI EN 319 122-1 §A.1.2.2): CRLs [0], BasicOCSPResponses [1], others [2], each of
 * them optional.
 */
const readRevocationValues = (value: Asn1Node): AttributeValues | undefined =>
  attempt(() => {
    const parts = expectSequence(value)
    const isKnown = parts.every(
      (part, index) =>
        part.class === 'context' &&
        part.tag <= 2 &&
        part.tag > (parts[index - 1]?.tag ?? -1) &&
        isOtherValues(part),
    )
    const listOf = (n: number): readonly Asn1Node[] => {
      const part = contextChild(value, n)
      return part === undefined ? [] : expectSequence(explicitContent(part))
    }
    return isKnown
      ? {
          certificates: [],
          crls: listOf(0).map(({ bytes }) => bytes),
          ocsp: listOf(1).map(({ bytes }) => wrapBasicOcspResponse(bytes)),
        }
      : undefined
  })

/** Is there anything in it that would have counted? */
const holdsValues = (values: AttributeValues | undefined): boolean =>
  values !== undefined && values.certificates.length + values.ocsp.length + values.crls.length > 0

/** Does the value hold, at any depth, a time-stamp token? */
const holdsToken = (node: Asn1Node): boolean =>
  (isUniversal(node, universalTag.oid) && oidOf(node) === contentTypeOid.tstInfo) ||
  node.children.some(holdsToken)

/**
 * Attributes that hold tokens by their nature: over more than the signature value (ETSI EN 319 122-1
 * §5.5, §A.1.5, RFC 4998 §5.2), or those of another maker. They are not checked here.
 * {@link isStampOfSignature} tells the former from a renamed one.
 */
const otherTokenTypes: readonly string[] = [
  '1.2.840.113549.1.9.16.2.25',
  '1.2.840.113549.1.9.16.2.26',
  '1.2.840.113549.1.9.16.2.27',
  '1.2.840.113549.1.9.16.2.48',
  '1.2.840.113549.1.9.16.2.49',
  '1.2.840.113549.1.9.16.2.50',
  cmsAttributeOid.archiveTimeStampV3,
]

/** A time-stamp over the signature value in the words of Authenticode: several arcs from any of CMS. */
const authenticodeTimeStamp = '1.3.6.1.4.1.311.3.3.1'

const readers: ReadonlyMap<string, (value: Asn1Node) => AttributeValues | undefined> = new Map([
  [cmsAttributeOid.certificateValues, readCertificateValues],
  [cmsAttributeOid.revocationValues, readRevocationValues],
])

const judgeOne = (
  { type, values }: Attribute,
  isStampOfSignature: (token: Uint8Array) => boolean,
): Sorted => {
  const [value] = values
  const as = (status: UnsignedAttributeFact['status'], carried: Partial<Sorted> = {}): Sorted => ({
    fact: { type, status },
    values: noValues,
    counterSigners: [],
    ...carried,
  })
  if (value === undefined) {
    return as('malformed')
  }
  if (type === cmsAttributeOid.counterSignature) {
    // RFC 5652 §11.4: several values and several such attributes are allowed.
    const counterSigners = attempt(() => values.map(parseSignerInfo))
    return counterSigners === undefined
      ? as('malformed')
      : as('counter-signature', { counterSigners })
  }
  const reader = readers.get(type)
  if (reader !== undefined) {
    const read = values.length === 1 ? reader(value) : undefined
    return read === undefined ? as('malformed') : as('values', { values: read })
  }
  const isHidden =
    type !== authenticodeTimeStamp &&
    values.some(
      (each) =>
        (holdsToken(each) && !otherTokenTypes.includes(type)) ||
        isStampOfSignature(each.bytes) ||
        holdsValues(readCertificateValues(each)) ||
        holdsValues(readRevocationValues(each)),
    )
  return as(isHidden ? 'hidden' : 'unverified')
}

/**
 * Sorts the unsigned attributes other than signature time-stamps. A value that would have counted
 * under its right type (a token, certificates, revocation data) does not vanish because the type was
 * changed: that attribute is `hidden`, and the signature fails.
 */
export const readUnsignedAttributes = (
  attributes: readonly Attribute[],
  isStampOfSignature: (token: Uint8Array) => boolean,
): {
  readonly facts: readonly UnsignedAttributeFact[]
  readonly values: AttributeValues
  /** Counter-signatures, in the order of the attributes. */
  readonly counterSigners: readonly SignerInfo[]
} => {
  const found = attributes
    .filter(
      ({ type, values }) => type !== cmsAttributeOid.signatureTimeStamp || values.length === 0,
    )
    .map((attribute) => judgeOne(attribute, isStampOfSignature))
  return {
    facts: found.map(({ fact }) => fact),
    counterSigners: found.flatMap(({ counterSigners }) => counterSigners),
    values: {
      certificates: found.flatMap(({ values }) => values.certificates),
      ocsp: found.flatMap(({ values }) => values.ocsp),
      crls: found.flatMap(({ values }) => values.crls),
    },
  }
}
