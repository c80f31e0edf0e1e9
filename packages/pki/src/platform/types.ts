/** Hashes that the platform gives; GOST hashes come from `@muhr/gost`. */
export type PlatformDigest = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'

/** A running hash. */
export type PlatformHash = {
  readonly update: (octets: Uint8Array) => void
  readonly digest: () => Uint8Array
}

/** Block ciphers that the platform gives, in CBC mode without padding. */
export type PlatformCipher = 'aes-128' | 'aes-192' | 'aes-256' | 'des-ede3'

/** An RSA public key, as numbers. */
export type RsaNumbers = { readonly modulus: bigint; readonly exponent: bigint }

/** An RSA private key that signs at once (RSASSA-PKCS1-v1_5). */
export type RsaPrivateKey = {
  readonly sign: (digest: 'sha256' | 'sha384' | 'sha512', data: Uint8Array) => Uint8Array
}

/**
 * Everything that this package does not compute itself. There are two: `node.ts` on `node:crypto`,
 * fast, and `portable.ts` for everything else, on @noble and BigInt. The `imports` of package.json
 * choose. Both give the same octets.
 */
export type Platform = {
  readonly name: 'node' | 'portable'
  readonly createHash: (name: PlatformDigest) => PlatformHash
  /** The hash of one piece. */
  readonly digest: (name: PlatformDigest, octets: Uint8Array) => Uint8Array
  readonly hmac: (name: PlatformDigest, key: Uint8Array, octets: Uint8Array) => Uint8Array
  readonly pbkdf2: (
    name: PlatformDigest,
    input: {
      readonly password: Uint8Array
      readonly salt: Uint8Array
      readonly iterations: number
      readonly byteLength: number
    },
  ) => Uint8Array
  /** CBC over whole blocks, no padding. Key and start vector have the length of the cipher. */
  readonly encryptCbc: CbcTransform
  readonly decryptCbc: CbcTransform
  /**
   * The RSA public operation: signature^exponent mod modulus, as many octets as the modulus has;
   * `undefined` when the signature is not below the modulus.
   */
  readonly rsaPublic: (key: RsaNumbers, signature: Uint8Array) => Uint8Array | undefined
  /**
   * A private RSA key out of PKCS#8. Throws `key.malformed`; where there is no constant-time RSA
   * (portable) `key.needs-node`.
   */
  readonly openRsaKey: (pkcs8: Uint8Array) => RsaPrivateKey
  /** A new RSA key, exponent 65537, as PKCS#8. Throws `key.needs-node` where there is none. */
  readonly generateRsaKey: (bits: number) => Uint8Array
}

type CbcTransform = (
  cipher: PlatformCipher,
  key: { readonly key: Uint8Array; readonly iv: Uint8Array },
  octets: Uint8Array,
) => Uint8Array
