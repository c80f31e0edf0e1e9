/**
 * Object identifiers of keys, signatures and digests (crypto.md §1, kz-egov-mobile.md §11.1,
 * RFC 8017, RFC 9215).
 */
export const algorithmOid = {
  rsaEncryption: '1.2.840.113549.1.1.1',
  sha1WithRsa: '1.2.840.113549.1.1.5',
  sha256WithRsa: '1.2.840.113549.1.1.11',
  sha384WithRsa: '1.2.840.113549.1.1.12',
  sha512WithRsa: '1.2.840.113549.1.1.13',
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',

  /** GOST 34.310-2004 key, its signature with GOST 34.311-95, and that digest. */
  kz2004Key: '1.2.398.3.10.1.1.1.1',
  kz2004ParameterSetA: '1.2.398.3.10.1.1.1.1.1',
  kz2004HashParameters: '1.2.398.3.10.1.3.1.1.0',
  kz2004Signature: '1.2.398.3.10.1.1.1.2',
  kzGost34311: '1.2.398.3.10.1.3.1',
  /** ST RK GOST R 34.10-2015. */
  kz2015Key256: '1.2.398.3.10.1.1.2.1',
  kz2015ParameterSet256A: '1.2.398.3.10.1.1.2.1.1',
  kz2015Signature256: '1.2.398.3.10.1.1.2.3.1',
  kzStreebog256: '1.2.398.3.10.1.3.2',
  kz2015Key512: '1.2.398.3.10.1.1.2.2',
  kz2015ParameterSet512A: '1.2.398.3.10.1.1.2.2.1',
  kz2015Signature512: '1.2.398.3.10.1.1.2.3.2',
  kzStreebog512: '1.2.398.3.10.1.3.3',

  /** GOST R 34.10-2012. */
  ruKey256: '1.2.643.7.1.1.1.1',
  ruKey512: '1.2.643.7.1.1.1.2',
  ruStreebog256: '1.2.643.7.1.1.2.2',
  ruStreebog512: '1.2.643.7.1.1.2.3',
  ruSignature256: '1.2.643.7.1.1.3.2',
  ruSignature512: '1.2.643.7.1.1.3.3',
  ruParameterSet256A: '1.2.643.7.1.2.1.1.1',
  ruParameterSet256B: '1.2.643.7.1.2.1.1.2',
  ruCryptoProA: '1.2.643.2.2.35.1',
  ruCryptoProXchA: '1.2.643.2.2.36.0',
  ruParameterSet256C: '1.2.643.7.1.2.1.1.3',
  ruParameterSet256D: '1.2.643.7.1.2.1.1.4',
  ruCryptoProB: '1.2.643.2.2.35.2',
  ruCryptoProC: '1.2.643.2.2.35.3',
  ruCryptoProXchB: '1.2.643.2.2.36.1',
  ruParameterSet512A: '1.2.643.7.1.2.1.2.1',
  ruParameterSet512B: '1.2.643.7.1.2.1.2.2',
  ruParameterSet512C: '1.2.643.7.1.2.1.2.3',
  /** Test sets of RFC 4357 §11.4 and RFC 7836 appendix A.1. */
  ruTestParameterSet256: '1.2.643.2.2.35.0',
  ruTestParameterSet512: '1.2.643.7.1.2.1.2.0',

  /** GOST R 34.10-2001 (RFC 4491), and GOST R 34.11-94 with the CryptoPro S-box. */
  ruKey2001: '1.2.643.2.2.19',
  ruSignature2001: '1.2.643.2.2.3',
  ruGost341194: '1.2.643.2.2.9',
  ruHashParametersCryptoPro: '1.2.643.2.2.30.1',

  /** O'z DSt 1092:2009 algorithm 2, O'z DSt 1106:2009 variant 2-A (uz-eimzo-didox.md §3). */
  uzKey: '1.2.860.3.15.1.1.2.1',
  uzParameterSet1: '1.2.860.3.15.1.1.2.1.1',
  uzParameterSet2: '1.2.860.3.15.1.1.2.1.2',
  uzParameterSet3: '1.2.860.3.15.1.1.2.1.3',
  uzParameterSet4: '1.2.860.3.15.1.1.2.1.4',
  uzParameterSet5: '1.2.860.3.15.1.1.2.1.5',
  uzParameterSet6: '1.2.860.3.15.1.1.2.1.6',
  uzSignature: '1.2.860.3.15.1.1.2.2.2.2',
  uzDigest: '1.2.860.3.15.1.3.2.1.1',
} as const
