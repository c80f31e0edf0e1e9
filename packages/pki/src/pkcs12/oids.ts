/** Object identifiers of PKCS#12 (RFC 7292 §4.2, appendix C) and of what it is packed in. */
export const pkcs12Oid = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',

  keyBag: '1.2.840.113549.1.12.10.1.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
  safeContentsBag: '1.2.840.113549.1.12.10.1.6',
  x509Certificate: '1.2.840.113549.1.9.22.1',

  friendlyName: '1.2.840.113549.1.9.20',
  localKeyId: '1.2.840.113549.1.9.21',

  sha1And128BitRc2: '1.2.840.113549.1.12.1.5',
  sha1And40BitRc2: '1.2.840.113549.1.12.1.6',
  sha1And3KeyTripleDes: '1.2.840.113549.1.12.1.3',
} as const
