import type { XmlElement } from 'libxml2-wasm'
import { digestOidOfUri } from '../algorithms.ts'
import type { XmlDefect } from '../defects.ts'
import { attributeOf, childElements, childrenNamed, isNamed, plainTextOf } from '../elements.ts'
import { namespace } from '../namespaces.ts'
import { base64Of } from '../read-signature.ts'

/** What SigningCertificate or SigningCertificateV2 says of the signer's certificate. */
export type CertificateReference = {
  readonly version: 1 | 2
  readonly digestMethod: string
  readonly digestOid: string | undefined
  readonly digestValue: Uint8Array
  /** X509SerialNumber of version 1, decimal. */
  readonly serialNumber: string | undefined
  /** X509IssuerName of version 1, as written. */
  readonly issuerName: string | undefined
  /** IssuerSerialV2: DER of an IssuerSerial (RFC 5035). */
  readonly issuerSerial: Uint8Array | undefined
}

/** SignedProperties of a XAdES signature (ETSI EN 319 132-1 §4.3, §5.2). */
export type SignedProperties = {
  /** The claimed time. */
  readonly signingTime: Date | undefined
  /** The first of the list is the signer's own (§5.2.2). */
  readonly certificates: readonly CertificateReference[]
  /** Identifier of the signature policy; `implied` for SignaturePolicyImplied. */
  readonly policyId: string | undefined
  readonly dataObjectFormats: readonly {
    readonly objectReference: string
    readonly mimeType: string | undefined
  }[]
}

const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?$/

/** xsd:dateTime; without a zone it is taken for UTC, since it is no more than a claim. */
const readDateTime = (text: string | undefined): Date | undefined => {
  const trimmed = text?.trim() ?? ''
  if (!dateTime.test(trimmed)) {
    return undefined
  }
  const date = new Date(/(?:Z|[+-]\d{2}:\d{2})$/.test(trimmed) ? trimmed : `${trimmed}Z`)
  return Number.isNaN(date.getTime()) ? undefined : date
}

const only = (element: XmlElement | undefined, name: string): XmlElement | undefined => {
  const found = element === undefined ? [] : childrenNamed(element, namespace.xades, name)
  return found.length === 1 ? found[0] : undefined
}

const dsChild = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element === undefined ? undefined : childrenNamed(element, namespace.ds, name)[0]

const textOf = (element: XmlElement | undefined): string | undefined =>
  element === undefined ? undefined : plainTextOf(element)?.trim()

const readCertificate = (cert: XmlElement, version: 1 | 2): CertificateReference | undefined => {
  const digest = only(cert, 'CertDigest')
  const method = dsChild(digest, 'DigestMethod')
  const digestValue = base64Of(dsChild(digest, 'DigestValue'))
  const digestMethod = method === undefined ? undefined : attributeOf(method, 'Algorithm')
  const issuerSerialV1 = only(cert, 'IssuerSerial')
  const issuerSerialV2 = only(cert, 'IssuerSerialV2')
  const issuerSerial = base64Of(issuerSerialV2)
  if (
    digestValue === undefined ||
    digestMethod === undefined ||
    (issuerSerialV2 !== undefined && issuerSerial === undefined)
  ) {
    return undefined
  }
  return {
    version,
    digestMethod,
    digestOid: digestOidOfUri(digestMethod),
    digestValue,
    serialNumber: textOf(dsChild(issuerSerialV1, 'X509SerialNumber')),
    issuerName: textOf(dsChild(issuerSerialV1, 'X509IssuerName')),
    issuerSerial,
  }
}

const readCertificates = (
  properties: XmlElement,
): { certificates: readonly CertificateReference[]; isMalformed: boolean } => {
  const lists = (
    [
      ['SigningCertificate', 1],
      ['SigningCertificateV2', 2],
    ] as const
  ).map(([name, version]) => {
    const elements = childrenNamed(properties, namespace.xades, name)
    const certs = elements.flatMap(childElements)
    const [first] = certs.map((cert) =>
      isNamed(cert, namespace.xades, 'Cert') ? readCertificate(cert, version) : undefined,
    )
    return {
      certificates: first === undefined ? [] : [first],
      isMalformed: elements.length > 1 || (elements.length === 1 && first === undefined),
    }
  })
  return {
    certificates: lists.flatMap(({ certificates }) => certificates),
    isMalformed: lists.some(({ isMalformed }) => isMalformed),
  }
}

const readPolicyId = (properties: XmlElement): string | undefined => {
  const identifier = only(properties, 'SignaturePolicyIdentifier')
  if (only(identifier, 'SignaturePolicyImplied') !== undefined) {
    return 'implied'
  }
  const policyId = only(only(identifier, 'SignaturePolicyId'), 'SigPolicyId')
  return textOf(only(policyId, 'Identifier'))
}

/** Reads SignedProperties. What cannot be read is a defect, not an absence. */
export const readSignedProperties = (
  element: XmlElement,
): { readonly properties: SignedProperties; readonly defects: readonly XmlDefect[] } => {
  const known = childElements(element).every(
    (child) =>
      isNamed(child, namespace.xades, 'SignedSignatureProperties') ||
      isNamed(child, namespace.xades, 'SignedDataObjectProperties'),
  )
  const ofSignature = childrenNamed(element, namespace.xades, 'SignedSignatureProperties')
  const ofObjects = childrenNamed(element, namespace.xades, 'SignedDataObjectProperties')
  const [signatureProperties] = ofSignature
  const [objectProperties] = ofObjects
  const certificates =
    signatureProperties === undefined
      ? { certificates: [], isMalformed: false }
      : readCertificates(signatureProperties)
  const times =
    signatureProperties === undefined
      ? []
      : childrenNamed(signatureProperties, namespace.xades, 'SigningTime')
  const signingTime = readDateTime(textOf(times[0]))
  const isMalformed =
    !known ||
    ofSignature.length > 1 ||
    ofObjects.length > 1 ||
    certificates.isMalformed ||
    times.length > 1 ||
    (times.length === 1 && signingTime === undefined)
  return {
    properties: {
      signingTime,
      certificates: certificates.certificates,
      policyId: signatureProperties === undefined ? undefined : readPolicyId(signatureProperties),
      dataObjectFormats:
        objectProperties === undefined
          ? []
          : childrenNamed(objectProperties, namespace.xades, 'DataObjectFormat').map((format) => ({
              objectReference: attributeOf(format, 'ObjectReference') ?? '',
              mimeType: textOf(only(format, 'MimeType')),
            })),
    },
    defects: isMalformed ? ['xades.structure'] : [],
  }
}
