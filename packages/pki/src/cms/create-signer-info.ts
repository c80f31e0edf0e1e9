import { der, equalOctets } from '../asn1/index.ts'
import { PkiError } from '../error.ts'
import { algorithmOid, type Signer } from '../keys/index.ts'
import { type Certificate, serialOf } from '../x509/index.ts'
import { attributeOid } from './oids.ts'
import {
  encodeDigestAlgorithm,
  encodeSignatureAlgorithm,
  profileOfScheme,
  type SignatureProfile,
  type SignatureProfileName,
  signatureProfiles,
} from './signature-profile.ts'
import { encodeSigningCertificateV1, encodeSigningCertificateV2 } from './signing-certificate.ts'

/** One signer of a container. */
export type CmsSigner = {
  readonly key: Signer
  readonly certificate: Certificate
  /** The claimed time, UTC, whole seconds are written. */
  readonly signingTime: Date
  /** How the SignerInfo is spelled; by default as the country of the key's scheme does. */
  readonly profile?: SignatureProfileName | SignatureProfile
  /** Which ESS attribute to write, when not the one of the profile. */
  readonly signingCertificate?: SignatureProfile['signingCertificate']
  /** More signed attributes (content-hints, commitment-type, …): whole Attributes, DER. */
  readonly attributes?: readonly Uint8Array[]
}

/** The profile of a signer, with what it says otherwise. */
export const profileOf = ({ key, profile, signingCertificate }: CmsSigner): SignatureProfile => {
  const base = typeof profile === 'string' ? signatureProfiles[profile] : profile
  const chosen = base ?? profileOfScheme(key.scheme)
  return signingCertificate === undefined ? chosen : { ...chosen, signingCertificate }
}

const attribute = (type: string, value: Uint8Array): Uint8Array =>
  der.sequence(der.oid(type), der.set(value))

const signingCertificateAttributes = (signer: CmsSigner): readonly Uint8Array[] => {
  const { certificate, key } = signer
  const { signingCertificate, certificateDigest, issuerSerial } = profileOf(signer)
  switch (signingCertificate) {
    case 'v2': {
      const digestOid = certificateDigest === 'signer' ? key.scheme.digestOid : algorithmOid.sha256
      const value = encodeSigningCertificateV2(certificate.bytes, {
        digestOid,
        ...(issuerSerial ? { issuerSerialOf: certificate } : {}),
      })
      return [attribute(attributeOid.signingCertificateV2, value)]
    }
    case 'v1':
      return [
        attribute(attributeOid.signingCertificate, encodeSigningCertificateV1(certificate.bytes)),
      ]
    case 'none':
      return []
  }
}

/** Refuses a certificate of another key. Throws `cms.signer-mismatch`. */
const expectOwnCertificate = ({ key, certificate }: CmsSigner): void => {
  if (!equalOctets(key.spki.bytes, certificate.spki.bytes)) {
    throw new PkiError({
      code: 'cms.signer-mismatch',
      message: 'The certificate belongs to another key than the one that signs.',
    })
  }
}

const assemble = (
  signer: CmsSigner,
  { attributes, signature }: { readonly attributes: Uint8Array; readonly signature: Uint8Array },
): Uint8Array => {
  const { key, certificate } = signer
  const profile = profileOf(signer)
  const implicit = Uint8Array.from(attributes)
  implicit[0] = 0xa0
  return der.sequence(
    der.integer(1),
    der.sequence(certificate.issuer.bytes, der.integer(serialOf(certificate.serialNumber))),
    encodeDigestAlgorithm(key.scheme, profile),
    implicit,
    encodeSignatureAlgorithm(key.scheme, profile),
    der.octets(signature),
  )
}

const signedAttributes = (
  signer: CmsSigner,
  { messageDigest, contentType }: SignedSubject,
): Uint8Array =>
  der.setOf(
    ...(contentType === undefined
      ? []
      : [attribute(attributeOid.contentType, der.oid(contentType))]),
    attribute(attributeOid.signingTime, der.time(signer.signingTime)),
    attribute(attributeOid.messageDigest, der.octets(messageDigest)),
    ...signingCertificateAttributes(signer),
    ...(signer.attributes ?? []),
  )

/** What a signer signs. */
export type SignedSubject = {
  /** Of the content, by the digest of the signer's scheme. */
  readonly messageDigest: Uint8Array
  /** eContentType; `undefined` for a counter-signature, which has none (RFC 5652 §11.4). */
  readonly contentType: string | undefined
}

/**
 * Makes one SignerInfo (RFC 5652 §5.3), DER: version 1, issuerAndSerialNumber, signed attributes.
 * Throws `cms.signer-mismatch`, and whatever the signer's key throws.
 */
export const createSignerInfo = async (
  signer: CmsSigner,
  subject: SignedSubject,
): Promise<Uint8Array> => {
  expectOwnCertificate(signer)
  const attributes = signedAttributes(signer, subject)
  return assemble(signer, { attributes, signature: await signer.key.sign(attributes) })
}

/** Octets of the signatures of a key, when all of them have as many. */
const signatureLength = ({ key: { scheme, spki } }: CmsSigner): number | undefined => {
  if (scheme.family === 'gost') {
    return 2 * scheme.coordinateLength
  }
  return spki.key.type === 'rsa' ? Math.ceil(spki.key.bits / 8) : undefined
}

/**
 * How long the SignerInfo of a signer will be, before anything is signed; `undefined` where signatures
 * vary (ECDSA). Throws `cms.signer-mismatch`.
 */
export const signerInfoLength = (signer: CmsSigner, subject: SignedSubject): number | undefined => {
  expectOwnCertificate(signer)
  const length = signatureLength(signer)
  return length === undefined
    ? undefined
    : assemble(signer, {
        attributes: signedAttributes(signer, subject),
        signature: new Uint8Array(length),
      }).length
}
