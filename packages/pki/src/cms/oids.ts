/** Content types (RFC 5652 §4, §5.1; RFC 3161 §2.4.2). */
export const contentTypeOid = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
} as const

/** Attributes of a SignerInfo (RFC 5652 §11, RFC 5035, RFC 6211, ETSI EN 319 122-1). */
export const attributeOid = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  contentReference: '1.2.840.113549.1.9.16.2.10',
  contentHints: '1.2.840.113549.1.9.16.2.4',
  contentIdentifier: '1.2.840.113549.1.9.16.2.7',
  signaturePolicy: '1.2.840.113549.1.9.16.2.15',
  signerLocation: '1.2.840.113549.1.9.16.2.17',
  mimeType: '0.4.0.1733.2.1',
  archiveTimeStampV3: '0.4.0.1733.2.4',
  counterSignature: '1.2.840.113549.1.9.6',
  algorithmProtection: '1.2.840.113549.1.9.52',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signatureTimeStamp: '1.2.840.113549.1.9.16.2.14',
  certificateValues: '1.2.840.113549.1.9.16.2.23',
  revocationValues: '1.2.840.113549.1.9.16.2.24',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const

/** Formats of OtherRevocationInfo: a whole OCSPResponse (RFC 5940 §2.1), or its inner part alone. */
export const revocationFormatOid = {
  ocspResponse: '1.3.6.1.5.5.7.16.2',
  basicOcspResponse: '1.3.6.1.5.5.7.48.1.1',
} as const
