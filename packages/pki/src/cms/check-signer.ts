import { equalOctets, isUniversal, universalTag } from '../asn1/index.ts'
import { isPkiError } from '../error.ts'
import {
  expectNoParameters,
  isKnownUnsupported,
  isSetOf,
  resolveScheme,
  type SignatureScheme,
  signatureSchemes,
  verifySignature,
} from '../keys/index.ts'
import { type Certificate, nationalIdentity } from '../x509/index.ts'
import { attributesOf } from './attributes.ts'
import type { DigestibleContent } from './digestible-content.ts'
import { attributeOid } from './oids.ts'
import {
  readSignedAttributes,
  type SignedAttributesDefect,
  type SignedAttributeValues,
} from './read-signed-attributes.ts'
import { matchSigningCertificate } from './signing-certificate.ts'
import type { SignerInfo } from './types.ts'

/** How one signature breaks the rules of its format, beyond a wrong digest or signature value. */
export type SignerDefect =
  | SignedAttributesDefect
  | 'algorithm.mismatch'
  | 'algorithm.parameters'
  | 'algorithm.unprotected'
  | 'digest-algorithm.undeclared'
  | 'content.looks-like-attributes'
  | 'signing-certificate.mismatch'
  | 'signing-certificate.unsupported'

/** What the mathematics of one signature says. */
export type SignerCheck = {
  readonly defects: readonly SignerDefect[]
  readonly digest: {
    /** `absent`: the content was not given. `unbound`: no attribute declares it, the signature does. */
    readonly result: 'match' | 'mismatch' | 'absent' | 'unbound' | 'unsupported'
    readonly computed: Uint8Array | undefined
  }
  /** `unchecked`: there was no content or no certificate to check it with. */
  readonly signature: 'valid' | 'invalid' | 'unsupported' | 'unchecked'
  readonly scheme: SignatureScheme | undefined
  readonly signingTime: Date | undefined
  /** ESS signing-certificate attributes; `absent` is allowed outside CAdES. */
  readonly certificateReference: 'absent' | 'match' | 'mismatch' | 'unsupported'
}

const isUnsupportedSet = (certificate: Certificate): boolean => {
  const { key } = certificate.spki
  return (
    key.type === 'gost' &&
    !signatureSchemes.some(
      (scheme) => scheme.family === 'gost' && isSetOf(scheme, key.parameterSet),
    )
  )
}

type Resolution = { readonly scheme: SignatureScheme } | 'unsupported' | 'mismatch'

/**
 * A key or digest of no listed scheme, or a signature algorithm with parameters of its own
 * (RSASSA-PSS), is merely unsupported. When key and digest are known, exactly one signature algorithm
 * belongs to them, and any other is a contradiction (security.md row 4).
 */
const resolve = (signerInfo: SignerInfo, certificate: Certificate): Resolution => {
  const { digestAlgorithm, signatureAlgorithm } = signerInfo
  const { spki } = certificate
  const hasOwnParameters = isUniversal(
    signatureAlgorithm.parameters ?? undefined,
    universalTag.sequence,
  )
  const isKnownDigest = signatureSchemes.some(({ digestOid }) => digestOid === digestAlgorithm.oid)
  try {
    return {
      scheme: resolveScheme({
        spki,
        signatureOid: signatureAlgorithm.oid,
        digestOid: digestAlgorithm.oid,
      }),
    }
  } catch (error) {
    if (!isPkiError(error)) {
      throw error
    }
    return spki.key.type === 'unknown' ||
      hasOwnParameters ||
      isKnownUnsupported(signatureAlgorithm.oid) ||
      !isKnownDigest ||
      isUnsupportedSet(certificate)
      ? 'unsupported'
      : 'mismatch'
  }
}

/** smimeCapabilities (RFC 8551 §2.5.2): mail agents, which name the key in signatureAlgorithm. */
const smimeCapabilitiesOid = '1.2.840.113549.1.9.15'

/**
 * `signatureAlgorithm` is outside of what is signed (RFC 6211 §1), and RSA has two right spellings that
 * differ in one octet. CMSAlgorithmProtection binds it where it is there. Kazakh signing software, known
 * by its certificate and its signing-certificate attribute, always names the digest with it
 * (kz-egov-mobile.md §11.6, §13), so another spelling there is damage. Of everybody else both spellings
 * are accepted: RFC 3370 §3.2 names the key alone, and many name the digest too.
 */
const checkAlgorithms = (
  scheme: SignatureScheme,
  {
    signerInfo,
    certificate,
    attributes,
  }: {
    signerInfo: SignerInfo
    certificate: Certificate
    attributes: SignedAttributeValues
  },
): readonly SignerDefect[] => {
  const { digestAlgorithm, signatureAlgorithm, signedAttributes } = signerInfo
  try {
    expectNoParameters(signatureAlgorithm)
  } catch (error) {
    if (isPkiError(error)) {
      return ['algorithm.parameters']
    }
    throw error
  }
  const { algorithmProtection } = attributes
  if (algorithmProtection !== undefined) {
    return algorithmProtection.digestOid === digestAlgorithm.oid &&
      algorithmProtection.signatureOid === signatureAlgorithm.oid
      ? []
      : ['algorithm.unprotected']
  }
  if (scheme.family !== 'rsa') {
    return []
  }
  const isKazakhProfile =
    signedAttributes !== undefined &&
    attributes.certificateIds.length > 0 &&
    attributesOf(signedAttributes.list, smimeCapabilitiesOid).length === 0 &&
    nationalIdentity(certificate).country === 'KZ'
  return isKazakhProfile && signatureAlgorithm.oid !== scheme.signatureOid
    ? ['algorithm.unprotected']
    : []
}

const checkDigest = (
  signerInfo: SignerInfo,
  { content, declared }: { content: DigestibleContent; declared: Uint8Array | undefined },
): SignerCheck['digest'] => {
  let computed: Uint8Array | undefined
  try {
    computed = content.digest(signerInfo.digestAlgorithm.oid)
  } catch (error) {
    if (isPkiError(error, 'digest.unsupported')) {
      return { result: 'unsupported', computed: undefined }
    }
    throw error
  }
  if (computed === undefined) {
    return { result: 'absent', computed }
  }
  if (signerInfo.signedAttributes === undefined) {
    return { result: 'unbound', computed }
  }
  const isEqual = declared !== undefined && equalOctets(declared, computed)
  return { result: isEqual ? 'match' : 'mismatch', computed }
}

/**
 * Checks the mathematics and the format of one signature with the certificate that it names:
 * content digest, signed attributes as received (RFC 5652 §5.4), algorithms that belong together,
 * signature value, ESS signing certificate. Facts only; a path is not looked at. Never throws for
 * what a signer may have written.
 */
export const checkSigner = (
  signerInfo: SignerInfo,
  {
    contentType,
    digestAlgorithms,
    content,
    certificate,
  }: {
    /** eContentType of the container; `undefined`: a counter-signature (RFC 5652 §11.4). */
    readonly contentType: string | undefined
    /** Digest algorithms that the container declares, OIDs; `undefined`: it need not. */
    readonly digestAlgorithms: readonly string[] | undefined
    readonly content: DigestibleContent
    /** `undefined`: the signer's certificate is not at hand. */
    readonly certificate: Certificate | undefined
  },
): SignerCheck => {
  const attributes = readSignedAttributes(signerInfo, contentType)
  const defects = new Set<SignerDefect>(attributes.defects)
  const digest = checkDigest(signerInfo, { content, declared: attributes.messageDigest })
  // RFC 5652 §5.1: the set may hold more than is used, and a verifier may insist that it holds that.
  if (digestAlgorithms?.includes(signerInfo.digestAlgorithm.oid) === false) {
    defects.add('digest-algorithm.undeclared')
  }
  if (signerInfo.signedAttributes === undefined && content.looksLikeAttributes) {
    defects.add('content.looks-like-attributes')
  }
  const base = { digest, signingTime: attributes.signingTime }
  if (certificate === undefined) {
    return {
      ...base,
      defects: [...defects],
      signature: 'unchecked',
      scheme: undefined,
      certificateReference: attributes.certificateIds.length === 0 ? 'absent' : 'unsupported',
    }
  }

  const references = attributes.certificateIds.map((id) => matchSigningCertificate(id, certificate))
  const certificateReference = references.includes('mismatch')
    ? 'mismatch'
    : references.includes('unsupported')
      ? 'unsupported'
      : references.length === 0
        ? 'absent'
        : 'match'
  if (certificateReference === 'mismatch' || certificateReference === 'unsupported') {
    defects.add(`signing-certificate.${certificateReference}`)
  }

  const resolution = resolve(signerInfo, certificate)
  if (resolution === 'mismatch') {
    defects.add('algorithm.mismatch')
  }
  if (typeof resolution === 'string') {
    return {
      ...base,
      defects: [...defects],
      signature: resolution === 'mismatch' ? 'invalid' : 'unsupported',
      scheme: undefined,
      certificateReference,
    }
  }
  const { scheme } = resolution
  for (const defect of checkAlgorithms(scheme, { signerInfo, certificate, attributes })) {
    defects.add(defect)
  }
  const { signedAttributes, signature: value } = signerInfo
  const { spki } = certificate
  const isHeld = (): boolean | undefined => {
    if (signedAttributes !== undefined) {
      return verifySignature({ spki, scheme, data: signedAttributes.tbsBytes, signature: value })
    }
    return digest.computed === undefined
      ? undefined
      : verifySignature({ spki, scheme, digest: digest.computed, signature: value })
  }
  const held = isHeld()
  const signature = held === undefined ? 'unchecked' : held ? 'valid' : 'invalid'
  return { ...base, defects: [...defects], signature, scheme, certificateReference }
}

/** Is the attribute a signature time-stamp? (ETSI EN 319 122-1 §5.3) */
export const signatureTimeStampsOf = (signerInfo: SignerInfo): readonly Uint8Array[] =>
  attributesOf(signerInfo.unsignedAttributes, attributeOid.signatureTimeStamp).flatMap(
    ({ values }) => values.map((value) => value.bytes),
  )
