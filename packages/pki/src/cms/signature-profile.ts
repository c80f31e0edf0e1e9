import { der } from '../asn1/index.ts'
import { encodeAlgorithmIdentifier, type SignatureScheme } from '../keys/index.ts'

/** How the signing software of a country spells a SignerInfo. Data: any spelling is verified. */
export type SignatureProfile = {
  /** What `signatureAlgorithm` names: the algorithm of the key, or the signature with its digest. */
  readonly signatureAlgorithm: 'key' | 'with-digest'
  /** Parameters of digestAlgorithm and signatureAlgorithm. */
  readonly parameters: 'null' | 'absent'
  /** ESS attribute (RFC 5035); without one the signature is CMS, with one CAdES-B. */
  readonly signingCertificate: 'v2' | 'v1' | 'none'
  /** Digest of the certificate in version 2: SHA-256, the DEFAULT, or the digest of the signer. */
  readonly certificateDigest: 'sha256' | 'signer'
  /** Does the ESS attribute name issuer and serial number too? */
  readonly issuerSerial: boolean
}

/** Profiles by whose software they are seen from. */
export const signatureProfiles = Object.freeze({
  /** NCALayer (kz-egov-mobile.md §13). */
  'kz-ncalayer': {
    signatureAlgorithm: 'with-digest',
    parameters: 'null',
    signingCertificate: 'v2',
    certificateDigest: 'sha256',
    issuerSerial: false,
  },
  /** CryptoPro CSP and Госключ, as in a signed API-Key (ru-epgu-goskey.md §6). */
  'ru-cryptopro': {
    signatureAlgorithm: 'key',
    parameters: 'null',
    signingCertificate: 'v2',
    certificateDigest: 'signer',
    issuerSerial: true,
  },
  /** The examples of R 1323565.1.025-2019: plain CMS, no parameters. */
  'ru-tc26': {
    signatureAlgorithm: 'key',
    parameters: 'absent',
    signingCertificate: 'none',
    certificateDigest: 'signer',
    issuerSerial: false,
  },
  /** E-IMZO: plain CMS (uz-eimzo-didox.md §4.1); with `encoding: 'ber'` as it writes it. */
  'uz-e-imzo': {
    signatureAlgorithm: 'with-digest',
    parameters: 'null',
    signingCertificate: 'none',
    certificateDigest: 'sha256',
    issuerSerial: false,
  },
  /** ETSI EN 319 122-1 §5.2: CAdES-B with all that binds the certificate. */
  etsi: {
    signatureAlgorithm: 'with-digest',
    parameters: 'null',
    signingCertificate: 'v2',
    certificateDigest: 'sha256',
    issuerSerial: true,
  },
} as const satisfies Record<string, SignatureProfile>)

/** The name of a profile. */
export type SignatureProfileName = keyof typeof signatureProfiles

/** The profile that the country of a scheme uses. */
export const profileOfScheme = ({ country }: SignatureScheme): SignatureProfile => {
  switch (country) {
    case 'RU':
      return signatureProfiles['ru-cryptopro']
    case 'UZ':
      return signatureProfiles['uz-e-imzo']
    default:
      return signatureProfiles['kz-ncalayer']
  }
}

/** digestAlgorithm as a profile spells it. */
export const encodeDigestAlgorithm = (
  { digestOid }: SignatureScheme,
  { parameters }: SignatureProfile,
): Uint8Array =>
  encodeAlgorithmIdentifier(digestOid, parameters === 'null' ? der.null() : undefined)

/**
 * signatureAlgorithm as a profile spells it. ECDSA names no key there, and takes no parameters
 * (RFC 5753 §2.1.1, §7.1.3).
 */
export const encodeSignatureAlgorithm = (
  scheme: SignatureScheme,
  { signatureAlgorithm, parameters }: SignatureProfile,
): Uint8Array => {
  const isPlain = scheme.family === 'gost' || scheme.family === 'rsa'
  return encodeAlgorithmIdentifier(
    isPlain && signatureAlgorithm === 'key' ? scheme.keyOid : scheme.signatureOid,
    isPlain && parameters === 'null' ? der.null() : undefined,
  )
}
