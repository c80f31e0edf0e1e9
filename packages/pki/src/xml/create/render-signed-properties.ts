import { der } from '../../asn1/index.ts'
import { digestOf } from '../../keys/digests.ts'
import { type Certificate, serialOf } from '../../x509/index.ts'
import { escapeXml } from '../escape-xml.ts'
import { namespace } from '../namespaces.ts'
import { writeBase64 } from '../read-base64.ts'

/** What the signer says beside the content (ETSI EN 319 132-1 §5.2). */
export type SignedPropertiesInput = {
  /** Written to the second, UTC. */
  readonly signingTime: Date
  /** Media type of the content, for DataObjectFormat. */
  readonly mimeType?: string
  /** OID or URI of a signature policy, with the digest of its document. */
  readonly policy?: {
    readonly id: string
    readonly digestUri: string
    readonly digest: Uint8Array
  }
}

/** IssuerSerial (RFC 5035 §5.4.1), DER. */
const encodeIssuerSerial = ({ issuer, serialNumber }: Certificate): Uint8Array =>
  der.sequence(der.sequence(der.context(4, issuer.bytes)), der.integer(serialOf(serialNumber)))

/** The text of a ds:Object with QualifyingProperties of XAdES-B level. */
export const renderQualifyingProperties = (
  { signingTime, mimeType, policy }: SignedPropertiesInput,
  {
    certificate,
    digestOid,
    digestUri,
    signatureId,
    propertiesId,
    contentReferenceIds,
  }: {
    readonly certificate: Certificate
    readonly digestOid: string
    readonly digestUri: string
    readonly signatureId: string
    readonly propertiesId: string
    readonly contentReferenceIds: readonly string[]
  },
): string => {
  const digest = (uri: string, value: Uint8Array): string =>
    `<ds:DigestMethod Algorithm="${escapeXml(uri)}"/><ds:DigestValue>${writeBase64(value)}</ds:DigestValue>`
  const time = `${signingTime.toISOString().slice(0, 19)}Z`
  const formats = contentReferenceIds.map(
    (id) =>
      `<xades:DataObjectFormat ObjectReference="#${escapeXml(id)}"><xades:MimeType>${escapeXml(mimeType ?? 'application/octet-stream')}</xades:MimeType></xades:DataObjectFormat>`,
  )
  const policyText =
    policy === undefined
      ? ''
      : '<xades:SignaturePolicyIdentifier><xades:SignaturePolicyId>' +
        `<xades:SigPolicyId><xades:Identifier>${escapeXml(policy.id)}</xades:Identifier></xades:SigPolicyId>` +
        `<xades:SigPolicyHash>${digest(policy.digestUri, policy.digest)}</xades:SigPolicyHash>` +
        '</xades:SignaturePolicyId></xades:SignaturePolicyIdentifier>'
  return (
    `<ds:Object><xades:QualifyingProperties xmlns:xades="${namespace.xades}" Target="#${escapeXml(signatureId)}">` +
    `<xades:SignedProperties Id="${escapeXml(propertiesId)}"><xades:SignedSignatureProperties>` +
    `<xades:SigningTime>${time}</xades:SigningTime>` +
    `<xades:SigningCertificateV2><xades:Cert><xades:CertDigest>${digest(digestUri, digestOf(digestOid, certificate.bytes))}</xades:CertDigest>` +
    `<xades:IssuerSerialV2>${writeBase64(encodeIssuerSerial(certificate))}</xades:IssuerSerialV2></xades:Cert></xades:SigningCertificateV2>` +
    `${policyText}</xades:SignedSignatureProperties>` +
    `<xades:SignedDataObjectProperties>${formats.join('')}</xades:SignedDataObjectProperties>` +
    '</xades:SignedProperties></xades:QualifyingProperties></ds:Object>'
  )
}
