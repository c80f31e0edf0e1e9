import { der, equalOctets, toHex } from '../asn1/index.ts'
import { PkiError } from '../error.ts'
import { algorithmOid, digestOf, encodeAlgorithmIdentifier, type Signer } from '../keys/index.ts'
import { type Certificate, serialOf } from '../x509/index.ts'
import { attributeOid, contentTypeOid } from './oids.ts'
import { encodeSigningCertificateV1, encodeSigningCertificateV2 } from './signing-certificate.ts'

/** One signer of a new container. */
export type CmsSigner = {
  readonly key: Signer
  readonly certificate: Certificate
  /** The claimed time, UTC, whole seconds are written. */
  readonly signingTime: Date
  /** Which ESS attribute to write: `v2` (SHA-256) by default, `v1` (SHA-1) as Kazakh TSAs do. */
  readonly signingCertificate?: 'v2' | 'v1' | 'none'
}

/** Which digest algorithms and signatures write NULL parameters: all that the profile shows. */
const withNull = (oid: string): Uint8Array => encodeAlgorithmIdentifier(oid, der.null())

const attribute = (type: string, value: Uint8Array): Uint8Array =>
  der.sequence(der.oid(type), der.set(value))

const signingCertificateAttributes = ({ certificate, signingCertificate }: CmsSigner) => {
  switch (signingCertificate ?? 'v2') {
    case 'v2':
      return [
        attribute(attributeOid.signingCertificateV2, encodeSigningCertificateV2(certificate.bytes)),
      ]
    case 'v1':
      return [
        attribute(attributeOid.signingCertificate, encodeSigningCertificateV1(certificate.bytes)),
      ]
    case 'none':
      return []
  }
}

const createSignerInfo = async (
  signer: CmsSigner,
  { content, contentType }: { content: Uint8Array; contentType: string },
): Promise<Uint8Array> => {
  const { key, certificate, signingTime } = signer
  if (!equalOctets(key.spki.bytes, certificate.spki.bytes)) {
    throw new PkiError({
      code: 'cms.signer-mismatch',
      message: 'The certificate belongs to another key than the one that signs.',
    })
  }
  const attributes = der.setOf(
    attribute(attributeOid.contentType, der.oid(contentType)),
    attribute(attributeOid.signingTime, der.time(signingTime)),
    attribute(attributeOid.messageDigest, der.octets(digestOf(key.scheme.digestOid, content))),
    ...signingCertificateAttributes(signer),
  )
  const signature = await key.sign(attributes)
  const implicit = Uint8Array.from(attributes)
  implicit[0] = 0xa0
  return der.sequence(
    der.integer(1),
    der.sequence(certificate.issuer.bytes, der.integer(serialOf(certificate.serialNumber))),
    withNull(key.scheme.digestOid),
    implicit,
    withNull(key.scheme.signatureOid),
    der.octets(signature),
  )
}

/**
 * Makes a CMS SignedData in the Kazakh profile, which NCALayer writes (kz-egov-mobile.md §13):
 * DER, signed attributes contentType, signingTime, messageDigest and signingCertificateV2, signer
 * certificates only, SignerInfo version 1, NULL parameters, national octet order of the signature.
 * Signers are independent and equal; a time-stamp is added afterwards with
 * {@link addUnsignedAttribute}.
 *
 * Throws `cms.signer-mismatch` (certificate of another key), `cms.no-signers`, and whatever a
 * signer's key throws.
 */
export const createSignedData = async ({
  content,
  contentType = contentTypeOid.data,
  form,
  signers,
  certificates = [],
}: {
  readonly content: Uint8Array
  /** eContentType, id-data by default. */
  readonly contentType?: string
  /** `attached`: the content stands inside. `detached`: it is kept elsewhere. */
  readonly form: 'attached' | 'detached'
  readonly signers: readonly CmsSigner[]
  /** More certificates to embed, DER: none in the profile. */
  readonly certificates?: readonly Uint8Array[]
}): Promise<Uint8Array> => {
  if (signers.length === 0) {
    throw new PkiError({ code: 'cms.no-signers', message: 'A signature needs a signer.' })
  }
  const signerInfos: Uint8Array[] = []
  for (const signer of signers) {
    signerInfos.push(await createSignerInfo(signer, { content, contentType }))
  }
  const digestOids = new Set(signers.map(({ key }) => key.scheme.digestOid))
  const embedded = new Map(
    [...signers.map(({ certificate }) => certificate.bytes), ...certificates].map((bytes) => [
      toHex(digestOf(algorithmOid.sha256, bytes)),
      bytes,
    ]),
  )
  const certificateSet = Uint8Array.from(der.setOf(...embedded.values()))
  certificateSet[0] = 0xa0
  return der.sequence(
    der.oid(contentTypeOid.signedData),
    der.context(
      0,
      der.sequence(
        der.integer(contentType === contentTypeOid.data ? 1 : 3),
        der.setOf(...[...digestOids].map(withNull)),
        der.sequence(
          der.oid(contentType),
          ...(form === 'attached' ? [der.context(0, der.octets(content))] : []),
        ),
        certificateSet,
        der.setOf(...signerInfos),
      ),
    ),
  )
}
