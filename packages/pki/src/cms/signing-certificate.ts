import {
  type Asn1Node,
  contextChild,
  der,
  equalOctets,
  expectEnd,
  expectSequence,
  integerOf,
  isUniversal,
  octetsOf,
  universalTag,
} from '../asn1/index.ts'
import { isPkiError, PkiError } from '../error.ts'
import {
  encodeAlgorithmIdentifier,
  expectNoParameters,
  parseAlgorithmIdentifier,
} from '../keys/algorithm-identifier.ts'
import { digestOf } from '../keys/digests.ts'
import { algorithmOid } from '../keys/oids.ts'
import type { Certificate } from '../x509/index.ts'
import { serialOf, serialText } from '../x509/serial-number.ts'

/** ESSCertID or ESSCertIDv2 (RFC 5035 §4, §5.4.1.1): what a signer says his certificate is. */
export type EssCertificateId = {
  readonly digestOid: string
  readonly certificateHash: Uint8Array
  /** issuerSerial, when present: the directory name as encoded and the serial number in hex. */
  readonly issuer: Uint8Array | undefined
  readonly serialNumber: string | undefined
}

/** IssuerSerial (RFC 5035 §5.4.1): exactly one directoryName is expected, as RFC 5035 §5.4.2 says. */
export const parseIssuerSerial = (node: Asn1Node) => {
  const parts = expectSequence(node)
  const [namesNode, serialNode] = parts
  expectEnd(parts, 2)
  const names = expectSequence(namesNode)
  const directoryName = namesNode === undefined ? undefined : contextChild(namesNode, 4)
  const issuer = directoryName?.children[0]?.bytes
  if (names.length !== 1 || issuer === undefined) {
    throw new PkiError({
      code: 'asn1.unexpected-type',
      message: 'An issuerSerial is not one directory name and a serial number.',
    })
  }
  return { issuer, serialNumber: serialText(integerOf(serialNode)) }
}

const parseCertificateId = (node: Asn1Node, defaultDigestOid: string): EssCertificateId => {
  const parts = [...expectSequence(node)]
  const isVersion2 = defaultDigestOid === algorithmOid.sha256
  let digestOid = defaultDigestOid
  if (isVersion2 && isUniversal(parts[0], universalTag.sequence)) {
    const algorithm = parseAlgorithmIdentifier(parts.shift())
    expectNoParameters(algorithm)
    digestOid = algorithm.oid
    // ETSI EN 319 122-1 §5.2.2: SHA-1 is what the first version is for, and only that.
    if (digestOid === algorithmOid.sha1) {
      throw new PkiError({
        code: 'key.bad-parameters',
        message: 'A SigningCertificateV2 names SHA-1.',
        data: { oid: digestOid },
      })
    }
  }
  const [hash, issuerSerial] = parts
  expectEnd(parts, 2)
  return {
    digestOid,
    certificateHash: octetsOf(hash),
    ...(issuerSerial === undefined
      ? { issuer: undefined, serialNumber: undefined }
      : parseIssuerSerial(issuerSerial)),
  }
}

/**
 * The identifier of the signer's own certificate in a SigningCertificate (`version` 1, SHA-1) or
 * SigningCertificateV2 (`version` 2, any digest, SHA-256 when not named): the first one of the list
 * (RFC 5035 §5.4.1). Throws `asn1.*`, `key.bad-parameters`.
 */
export const parseSigningCertificate = (node: Asn1Node, version: 1 | 2): EssCertificateId => {
  const [list] = expectSequence(node)
  const [first] = expectSequence(list)
  if (first === undefined) {
    throw new PkiError({ code: 'asn1.missing', message: 'A signing certificate list is empty.' })
  }
  return parseCertificateId(first, version === 1 ? algorithmOid.sha1 : algorithmOid.sha256)
}

/** The last digest of each certificate that is remembered: of its own octets, which nobody changes. */
const lastDigests = new WeakMap<Certificate, { readonly oid: string; readonly hash: Uint8Array }>()

const digestOfCertificate = (oid: string, certificate: Certificate): Uint8Array => {
  const last = lastDigests.get(certificate)
  if (last?.oid === oid) {
    return last.hash
  }
  const hash = digestOf(oid, certificate.bytes)
  lastDigests.set(certificate, { oid, hash })
  return hash
}

/**
 * Does the identifier mean this certificate? Hash, and issuerSerial when present (security.md row 3).
 * `unsupported` when the digest algorithm is not one that we compute.
 */
export const matchSigningCertificate = (
  id: EssCertificateId,
  certificate: Certificate,
): 'match' | 'mismatch' | 'unsupported' => {
  const isNamed =
    (id.issuer === undefined || equalOctets(id.issuer, certificate.issuer.bytes)) &&
    (id.serialNumber === undefined || id.serialNumber === certificate.serialNumber)
  if (!isNamed) {
    return 'mismatch'
  }
  try {
    const hash = digestOfCertificate(id.digestOid, certificate)
    return equalOctets(hash, id.certificateHash) ? 'match' : 'mismatch'
  } catch (error) {
    if (isPkiError(error, 'digest.unsupported')) {
      return 'unsupported'
    }
    throw error
  }
}

/** IssuerSerial (RFC 5035 §5.4.1): the issuer as directoryName, and the serial number. */
const encodeIssuerSerial = ({ issuer, serialNumber }: Certificate): Uint8Array =>
  der.sequence(der.sequence(der.context(4, issuer.bytes)), der.integer(serialOf(serialNumber)))

/**
 * SigningCertificateV2 (RFC 5035 §3): the digest of the certificate, by SHA-256 when not told, which
 * being the DEFAULT is not written. Without issuerSerial it is the form that NCALayer makes
 * (kz-egov-mobile.md §13). DER. Throws `digest.unsupported`.
 */
export const encodeSigningCertificateV2 = (
  certificate: Uint8Array,
  {
    digestOid = algorithmOid.sha256,
    issuerSerialOf,
  }: { readonly digestOid?: string; readonly issuerSerialOf?: Certificate } = {},
): Uint8Array =>
  der.sequence(
    der.sequence(
      der.sequence(
        ...(digestOid === algorithmOid.sha256 ? [] : [encodeAlgorithmIdentifier(digestOid)]),
        der.octets(digestOf(digestOid, certificate)),
        ...(issuerSerialOf === undefined ? [] : [encodeIssuerSerial(issuerSerialOf)]),
      ),
    ),
  )

/** SigningCertificate of version 1 (SHA-1), as Kazakh TSAs write it (kz-egov-mobile.md §13). DER. */
export const encodeSigningCertificateV1 = (certificate: Uint8Array): Uint8Array =>
  der.sequence(der.sequence(der.sequence(der.octets(digestOf(algorithmOid.sha1, certificate)))))
