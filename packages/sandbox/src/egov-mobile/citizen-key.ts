/** Key algorithms that the phone signs with (kz-egov-mobile §11). */
export type KeyAlgorithm = 'kz-2015-512' | 'rsa-2048'

/** A signing key of a citizen with its certificate, as taken out of the PKCS#12 file. */
export type CitizenKey = {
  readonly algorithm: KeyAlgorithm
  /** PKCS#8, DER. */
  readonly privateKey: Uint8Array
  /** X.509, DER. */
  readonly certificate: Uint8Array
}
