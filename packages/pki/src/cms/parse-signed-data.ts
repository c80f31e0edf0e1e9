import {
  type Asn1Limits,
  type Asn1Node,
  asUniversal,
  expectEnd,
  expectSequence,
  expectSet,
  explicitContent,
  isTagged,
  isUniversal,
  octetsOf,
  oidOf,
  readBer,
  smallIntegerOf,
  universalTag,
} from '../asn1/index.ts'
import { PkiError, type PkiErrorCode } from '../error.ts'
import { expectNoParameters, parseAlgorithmIdentifier } from '../keys/algorithm-identifier.ts'
import { isKnownDigest } from '../keys/digests.ts'
import { contentTypeOid, revocationFormatOid } from './oids.ts'
import { parseSignerInfo } from './parse-signer-info.ts'
import { signedDataVersion } from './signed-data-version.ts'
import type { SignedData, SignedDataFields } from './types.ts'
import { wrapBasicOcspResponse } from './wrap-basic-ocsp-response.ts'

const refuse = (code: PkiErrorCode, message: string): never => {
  throw new PkiError({ code, message })
}

/**
 * An empty string that is constructed with a definite length has a second spelling of the same
 * content; nobody writes it, and one changed octet makes it.
 */
const refuseEmptyConstructed = (node: Asn1Node): void => {
  if (!node.constructed) {
    return
  }
  if (!node.indefinite && node.children.length === 0) {
    refuse('cms.bad-content', 'A constructed OCTET STRING of definite length is empty.')
  }
  node.children.forEach(refuseEmptyConstructed)
}

/** EncapsulatedContentInfo (RFC 5652 §5.2); PKCS #7 content of another type is refused. */
const parseContent = (node: Asn1Node | undefined) => {
  const parts = expectSequence(node)
  const [type, wrapper] = parts
  expectEnd(parts, 2)
  const contentType = oidOf(type)
  if (wrapper === undefined) {
    return { contentType, content: undefined }
  }
  if (!isTagged(wrapper, 'context', 0) || !wrapper.constructed) {
    return refuse('asn1.unexpected-type', 'The eContent is not explicitly tagged [0].')
  }
  const octets = explicitContent(wrapper)
  if (!isUniversal(octets, universalTag.octetString)) {
    return refuse('cms.bad-content', 'The eContent is not an OCTET STRING.')
  }
  refuseEmptyConstructed(octets)
  return { contentType, content: octetsOf(octets) }
}

/** The members of an optional set: CertificateSet and RevocationInfoChoices may be empty. */
const optionalSet = (node: Asn1Node | undefined): readonly Asn1Node[] =>
  node === undefined ? [] : expectSet(asUniversal(node, universalTag.set, { rules: 'ber' }))

/**
 * Is a member of another format an X.509 certificate under a wrong tag? Its signed part alone begins with
 * the version in an explicit [0] (RFC 5280 §4.1).
 */
const hidesCertificate = ({ children: [signed] }: Asn1Node): boolean => {
  const [version] = signed?.children ?? []
  return isTagged(version, 'context', 0) && isUniversal(version.children[0], universalTag.integer)
}

/**
 * CertificateSet (RFC 5652 §10.2.3). Certificates of the other formats (extended, attribute, other) say
 * nothing about a signer here: they are kept and not looked into.
 */
const parseCertificates = (node: Asn1Node | undefined) => {
  const choices = optionalSet(node)
  const isKnown = choices.every((choice) =>
    choice.class === 'universal'
      ? choice.tag === universalTag.sequence
      : choice.class === 'context' &&
        choice.tag <= 3 &&
        choice.constructed &&
        !hidesCertificate(choice),
  )
  if (!isKnown) {
    refuse('cms.unsupported-certificate', 'A member of the certificates is none of RFC 5652.')
  }
  return {
    certificateChoices: choices.map(({ bytes }) => bytes),
    certificates: choices
      .filter((choice) => isUniversal(choice, universalTag.sequence))
      .map(({ bytes }) => bytes),
  }
}

/** Begins like an OCSPResponse or a BasicOCSPResponse: then its format was changed. */
const resemblesOcsp = (info: Asn1Node): boolean => {
  const [first, second] = isUniversal(info, universalTag.sequence) ? info.children : []
  return (
    (isUniversal(first, universalTag.enumerated) && isTagged(second, 'context', 0)) ||
    (isUniversal(first, universalTag.sequence) && isUniversal(second, universalTag.sequence))
  )
}

/**
 * RevocationInfoChoices (RFC 5652 §10.2.1): CRLs and, as `other`, OCSP responses (RFC 5940). What is of
 * another format is kept and not looked into, unless it is an answer under a wrong name.
 */
const parseRevocation = (node: Asn1Node | undefined) => {
  const choices = optionalSet(node)
  const crls: Uint8Array[] = []
  const ocspResponses: Uint8Array[] = []
  for (const choice of choices) {
    if (isUniversal(choice, universalTag.sequence)) {
      crls.push(choice.bytes)
      continue
    }
    const parts = isTagged(choice, 'context', 1)
      ? expectSequence(asUniversal(choice, universalTag.sequence, { rules: 'ber' }))
      : []
    const [format, info] = parts
    expectEnd(parts, 2)
    const formatOid = format === undefined ? undefined : oidOf(format)
    if (info === undefined) {
      refuse('cms.unsupported-revocation', 'A member of the revocation data is none of RFC 5652.')
    } else if (formatOid === revocationFormatOid.ocspResponse) {
      ocspResponses.push(info.bytes)
    } else if (formatOid === revocationFormatOid.basicOcspResponse) {
      ocspResponses.push(wrapBasicOcspResponse(info.bytes))
    } else if (resemblesOcsp(info)) {
      refuse('cms.unsupported-revocation', 'An OCSP response stands under another format.')
    }
  }
  return { revocationChoices: choices.map(({ bytes }) => bytes), crls, ocspResponses }
}

/** The parts of a SignedData around its content, each read. */
export type SignedDataNodes = {
  readonly version: Asn1Node | undefined
  readonly digestAlgorithms: Asn1Node | undefined
  readonly contentType: string
  /** What follows the content: certificates [0], crls [1], signerInfos. */
  readonly rest: readonly Asn1Node[]
}

/** Puts a SignedData together from its parts, held to RFC 5652. Throws as {@link parseSignedData}. */
export const parseSignedDataFields = (nodes: SignedDataNodes): SignedDataFields => {
  const rest = [...nodes.rest]
  const certificatesNode = isTagged(rest[0], 'context', 0) ? rest.shift() : undefined
  const crlsNode = isTagged(rest[0], 'context', 1) ? rest.shift() : undefined
  const [signersNode] = rest
  expectEnd(rest, 1)
  const fields = {
    digestAlgorithms: expectSet(nodes.digestAlgorithms).map(parseAlgorithmIdentifier),
    contentType: nodes.contentType,
    ...parseCertificates(certificatesNode),
    ...parseRevocation(crlsNode),
    signerInfos: expectSet(signersNode).map(parseSignerInfo),
  }
  if (fields.signerInfos.length === 0) {
    refuse('cms.no-signers', 'The container holds no signature.')
  }
  fields.digestAlgorithms.filter(({ oid }) => isKnownDigest(oid)).forEach(expectNoParameters)
  const version = smallIntegerOf(nodes.version)
  const expected = signedDataVersion(fields)
  if (version !== expected) {
    throw new PkiError({
      code: 'cms.bad-version',
      message: 'The version of the SignedData does not fit what it holds.',
      data: { version, expected },
    })
  }
  return { version, ...fields }
}

/**
 * Reads a CMS SignedData with its ContentInfo (RFC 5652 §3, §5): BER or DER outside, DER where the
 * signature is computed over the encoding. Versions are held to what RFC 5652 §5.1 and §5.3
 * prescribe, parameters of known digests to NULL or absent; a container of no signers or with any
 * field too many is refused. Certificates and revocation data of other formats than X.509, CRL and
 * OCSP are kept as they are.
 *
 * Throws `cms.not-signed-data`, `cms.bad-version`, `cms.bad-content`, `cms.no-signers`,
 * `cms.empty-set`, `key.bad-parameters`, `cms.unsupported-certificate`, `cms.unsupported-revocation`,
 * `asn1.*`.
 */
export const parseSignedData = (bytes: Uint8Array, limits: Asn1Limits = {}): SignedData => {
  const contentInfo = readBer(bytes, limits)
  const outer = expectSequence(contentInfo)
  const [type, wrapper] = outer
  expectEnd(outer, 2)
  if (oidOf(type) !== contentTypeOid.signedData) {
    refuse('cms.not-signed-data', 'The content type is not id-signedData.')
  }
  if (!isTagged(wrapper, 'context', 0) || !wrapper.constructed) {
    return refuse('asn1.unexpected-type', 'The content is not explicitly tagged [0].')
  }
  const [version, digestAlgorithms, contentNode, ...rest] = expectSequence(explicitContent(wrapper))
  const { contentType, content } = parseContent(contentNode)
  return {
    bytes: contentInfo.bytes,
    content,
    ...parseSignedDataFields({ version, digestAlgorithms, contentType, rest }),
  }
}
