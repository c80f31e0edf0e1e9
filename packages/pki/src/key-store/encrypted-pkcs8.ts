/**
 * EncryptedPrivateKeyInfo of RFC 5958 §3: a private key under a password, without certificate.
 * @module
 */
import type { RandomBytes } from '@muhr/gost'
import { expectEnd, expectSequence, octetsOf, smallIntegerOf } from '../asn1/access.ts'
import { readBer, readDer } from '../asn1/read.ts'
import { der } from '../asn1/write.ts'
import { isPkiError, PkiError } from '../error.ts'
import { parseAlgorithmIdentifier } from '../keys/algorithm-identifier.ts'
import type { WrittenCipher } from '../pkcs12/encryption-scheme.ts'
import { pkcs12Oid } from '../pkcs12/oids.ts'
import { encodePasswords, wipePassword } from '../pkcs12/password.ts'
import { decryptWithPassword } from '../pkcs12/password-cipher.ts'
import { encryptPbes2 } from '../pkcs12/pbes2.ts'
import { createWorkLimit, defaultPkcs12Limits, type Pkcs12Limits } from '../pkcs12/work-limit.ts'
import { randomOctets } from '../platform/random-octets.ts'

const wrongPassword = (): PkiError =>
  new PkiError({
    code: 'key.wrong-password',
    message: 'The password does not open the private key, or the file is damaged.',
  })

/** A PrivateKeyInfo begins with a version; anything else is what a wrong password leaves. */
const isPrivateKeyInfo = (octets: Uint8Array): boolean => {
  try {
    const [version, algorithm, key] = expectSequence(readDer(octets))
    parseAlgorithmIdentifier(algorithm)
    octetsOf(key)
    return smallIntegerOf(version) <= 1
  } catch (error) {
    if (isPkiError(error)) {
      return false
    }
    throw error
  }
}

/**
 * Decrypts an EncryptedPrivateKeyInfo: PBES2 with every cipher that key stores use, and the schemes of
 * RFC 7292 appendix C.
 *
 * Throws `key.wrong-password` (also for a damaged file: the two cannot be told apart),
 * `pkcs12.unsupported-algorithm`, `pkcs12.too-much-work`, `key.bad-parameters`, `asn1.*`.
 *
 * @returns PrivateKeyInfo, DER. Whoever holds it holds the key: never log it.
 */
export const decryptPkcs8 = (
  bytes: Uint8Array,
  password: string,
  limits: Pkcs12Limits = {},
): Uint8Array => {
  const { maxBytes, maxIterations } = { ...defaultPkcs12Limits, ...limits }
  const parts = expectSequence(readBer(bytes, { maxBytes, maxNodes: 100 }))
  expectEnd(parts, 2)
  const algorithm = parseAlgorithmIdentifier(parts[0])
  const passwords = encodePasswords(password)
  const work = createWorkLimit(maxIterations)
  const plain = decryptWithPassword(octetsOf(parts[1]), { algorithm, password: passwords, work })
  wipePassword(passwords)
  if (plain === undefined || !isPrivateKeyInfo(plain)) {
    throw wrongPassword()
  }
  return plain
}

/** What {@link encryptPkcs8} needs beside the key. */
export type EncryptPkcs8Options = {
  readonly password: string
  /** Default `kuznyechik-ctr-acpkm-omac` (RFC 9337); `aes-256-cbc` is hashed with HMAC-SHA-256. */
  readonly cipher?: WrittenCipher
  /** Default 2000. */
  readonly iterations?: number
  readonly random?: RandomBytes
}

/** Encrypts a PrivateKeyInfo under a password: PBES2 of RFC 9337, or AES-256 for tools without GOST. */
export const encryptPkcs8 = (
  pkcs8: Uint8Array,
  {
    password,
    cipher = 'kuznyechik-ctr-acpkm-omac',
    iterations = 2000,
    random = randomOctets,
  }: EncryptPkcs8Options,
): Uint8Array => {
  const passwords = encodePasswords(password)
  const { algorithm, encrypted } = encryptPbes2(pkcs8, {
    cipher,
    prf: cipher === 'aes-256-cbc' ? pkcs12Oid.hmacSha256 : pkcs12Oid.hmacStreebog512,
    password: passwords.utf8,
    saltBytes: 16,
    iterations,
    random,
    work: createWorkLimit(Number.MAX_SAFE_INTEGER),
  })
  wipePassword(passwords)
  return der.sequence(algorithm, der.octets(encrypted))
}
