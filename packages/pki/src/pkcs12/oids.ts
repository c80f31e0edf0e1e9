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
  sha1And2KeyTripleDes: '1.2.840.113549.1.12.1.4',

  /** RFC 8018 appendix A. */
  pbkdf2: '1.2.840.113549.1.5.12',
  pbes2: '1.2.840.113549.1.5.13',
  pbmac1: '1.2.840.113549.1.5.14',
  hmacSha1: '1.2.840.113549.2.7',
  hmacSha224: '1.2.840.113549.2.8',
  hmacSha256: '1.2.840.113549.2.9',
  hmacSha384: '1.2.840.113549.2.10',
  hmacSha512: '1.2.840.113549.2.11',
  /** RFC 9337 section 4, RFC 4357 section 3. */
  hmacStreebog256: '1.2.643.7.1.1.4.1',
  hmacStreebog512: '1.2.643.7.1.1.4.2',
  hmacGost341194: '1.2.643.2.2.10',
  sha224: '2.16.840.1.101.3.4.2.4',
  md5: '1.2.840.113549.2.5',

  rc2Cbc: '1.2.840.113549.3.2',
  tripleDesCbc: '1.2.840.113549.3.7',
  aes128Cbc: '2.16.840.1.101.3.4.1.2',
  aes192Cbc: '2.16.840.1.101.3.4.1.22',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
  /** GOST 28147-89 in CFB mode (RFC 4357), its parameter sets, and RFC 9337 section 7.3. */
  gost28147: '1.2.643.2.2.21',
  gost28147ParamZ: '1.2.643.7.1.2.5.1.1',
  gost28147CryptoProA: '1.2.643.2.2.31.1',
  gost28147CryptoProB: '1.2.643.2.2.31.2',
  gost28147CryptoProC: '1.2.643.2.2.31.3',
  gost28147CryptoProD: '1.2.643.2.2.31.4',
  magmaCtrAcpkm: '1.2.643.7.1.1.5.1.1',
  magmaCtrAcpkmOmac: '1.2.643.7.1.1.5.1.2',
  kuznyechikCtrAcpkm: '1.2.643.7.1.1.5.2.1',
  kuznyechikCtrAcpkmOmac: '1.2.643.7.1.1.5.2.2',
} as const
