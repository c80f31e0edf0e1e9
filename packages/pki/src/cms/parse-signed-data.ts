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
import { contentTypeOid, revocationFormatOid } from './oids.ts'
import { parseSignerInfo } from './parse-signer-info.ts'
import type { SignedData } from './types.ts'
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

/** The members of an optional set; a present one without members is written by nobody. */
const optionalSet = (node: Asn1Node | undefined): readonly Asn1Node[] => {
  if (node === undefined) {
    return []
  }
  const members = expectSet(asUniversal(node, universalTag.set, { rules: 'ber' }))
  return members.length > 0
    ? members
    : refuse('cms.empty-set', 'A set of certificates or revocation data is present and empty.')
}

/** CertificateSet (RFC 5652 §10.2.3): X.509 certificates only. */
const parseCertificates = (node: Asn1Node | undefined): readonly Uint8Array[] =>
  optionalSet(node).map((choice) =>
    isUniversal(choice, universalTag.sequence)
      ? choice.bytes
      : refuse(
          'cms.unsupported-certificate',
          'The container holds an attribute certificate or a certificate of another format.',
        ),
  )

/** RevocationInfoChoices (RFC 5652 §10.2.1): CRLs and, as `other`, OCSP responses. */
const parseRevocation = (node: Asn1Node | undefined) => {
  const crls: Uint8Array[] = []
  const ocspResponses: Uint8Array[] = []
  for (const choice of optionalSet(node)) {
    if (isUniversal(choice, universalTag.sequence)) {
      crls.push(choice.bytes)
      continue
    }
    const parts = isTagged(choice, 'context', 1)
      ? expectSequence(asUniversal(choice, universalTag.sequence))
      : []
    const [format, info] = parts
    expectEnd(parts, 2)
    const formatOid = format === undefined ? undefined : oidOf(format)
    if (info !== undefined && formatOid === revocationFormatOid.ocspResponse) {
      ocspResponses.push(info.bytes)
    } else if (info !== undefined && formatOid === revocationFormatOid.basicOcspResponse) {
      ocspResponses.push(wrapBasicOcspResponse(info.bytes))
    } else {
      refuse('cms.unsupported-revocation', 'The container holds revocation data of another format.')
    }
  }
  return { crls, ocspResponses }
}

/** RFC 5652 §5.1, without the attribute certificates that are refused anyway. */
const expectedVersion = (data: Omit<SignedData, 'version' | 'bytes'>): number => {
  if (data.ocspResponses.length > 0) {
    return 5
  }
  const isThree =
    data.contentType !== contentTypeOid.data ||
    data.signerInfos.some((signerInfo) => signerInfo.version === 3)
  return isThree ? 3 : 1
}

/** A digest algorithm that no signer uses says nothing, and hides a damaged one (RFC 5652 §5.1). */
const checkDigestAlgorithms = (data: Omit<SignedData, 'version' | 'bytes'>): void => {
  data.digestAlgorithms.forEach(expectNoParameters)
  const used = new Set(data.signerInfos.map((signerInfo) => signerInfo.digestAlgorithm.oid))
  if (data.digestAlgorithms.some(({ oid }) => !used.has(oid))) {
    refuse('cms.unused-digest', 'The container declares a digest algorithm that no signer uses.')
  }
}

/**
 * Reads a CMS SignedData with its ContentInfo (RFC 5652 §3, §5): BER or DER outside, DER where the
 * signature is computed over the encoding. Versions are held to what RFC 5652 §5.1 and §5.3
 * prescribe, algorithm parameters to NULL or absent; a container of no signers, of attribute
 * certificates or with any field too many is refused.
 *
 * Throws `cms.not-signed-data`, `cms.bad-version`, `cms.bad-content`, `cms.no-signers`,
 * `cms.empty-set`, `cms.unused-digest`, `key.bad-parameters`, `cms.unsupported-certificate`,
 * `cms.unsupported-revocation`, `asn1.*`.
 */
export const parseSignedData = (bytes: Uint8Array, limits: Asn1Limits = {}): SignedData =>
  parseSignedDataNode(readBer(bytes, limits))

/** {@link parseSignedData} of a ContentInfo that is already read, as inside a TimeStampResp. */
export const parseSignedDataNode = (contentInfo: Asn1Node): SignedData => {
  const outer = expectSequence(contentInfo)
  const [type, wrapper] = outer
  expectEnd(outer, 2)
  if (oidOf(type) !== contentTypeOid.signedData) {
    refuse('cms.not-signed-data', 'The content type is not id-signedData.')
  }
  if (!isTagged(wrapper, 'context', 0) || !wrapper.constructed) {
    return refuse('asn1.unexpected-type', 'The content is not explicitly tagged [0].')
  }
  const [versionNode, digestsNode, contentNode, ...rest] = expectSequence(explicitContent(wrapper))
  const certificatesNode = isTagged(rest[0], 'context', 0) ? rest.shift() : undefined
  const crlsNode = isTagged(rest[0], 'context', 1) ? rest.shift() : undefined
  const [signersNode] = rest
  expectEnd(rest, 1)
  const data = {
    digestAlgorithms: expectSet(digestsNode).map(parseAlgorithmIdentifier),
    ...parseContent(contentNode),
    certificates: parseCertificates(certificatesNode),
    ...parseRevocation(crlsNode),
    signerInfos: expectSet(signersNode).map(parseSignerInfo),
  }
  if (data.signerInfos.length === 0) {
    refuse('cms.no-signers', 'The container holds no signature.')
  }
  checkDigestAlgorithms(data)
  const version = smallIntegerOf(versionNode)
  if (version !== expectedVersion(data)) {
    throw new PkiError({
      code: 'cms.bad-version',
      message: 'The version of the SignedData does not fit what it holds.',
      data: { version, expected: expectedVersion(data) },
    })
  }
  return { bytes: contentInfo.bytes, version, ...data }
}
