/**
 * Password-based encryption: PBES2, and the schemes of RFC 7292 appendix C.
 * @module
 */
import { platform } from '#platform'
import { expectEnd, expectSequence, octetsOf, smallIntegerOf } from '../asn1/access.ts'
import { concatOctets } from '../asn1/bytes.ts'
import { der } from '../asn1/write.ts'
import { PkiError } from '../error.ts'
import {
  type AlgorithmIdentifier,
  encodeAlgorithmIdentifier,
} from '../keys/algorithm-identifier.ts'
import { padBlocks, unpadBlocks } from './cbc-padding.ts'
import { deriveOctets } from './derive-octets.ts'
import { pkcs12Oid } from './oids.ts'
import type { Password } from './password.ts'
import { decryptPbes2 } from './pbes2.ts'
import { decryptRc2Cbc, encryptRc2Cbc } from './rc2.ts'
import type { WorkLimit } from './work-limit.ts'

type Transform = (key: { key: Uint8Array; iv: Uint8Array }, octets: Uint8Array) => Uint8Array

/** A block cipher in CBC mode over whole blocks of 8 octets, without padding. */
type BlockCipher = {
  readonly keyBytes: number
  readonly encrypt: Transform
  readonly decrypt: Transform
}

const blockBytes = 8

const rc2 = (keyBytes: number): BlockCipher => ({
  keyBytes,
  encrypt: (key, octets) => encryptRc2Cbc({ ...key, effectiveBits: 8 * keyBytes }, octets),
  decrypt: (key, octets) => decryptRc2Cbc({ ...key, effectiveBits: 8 * keyBytes }, octets),
})

const spreadKey = (key: Uint8Array): Uint8Array => concatOctets(key, key.subarray(0, 8))

const tripleDes: BlockCipher = {
  keyBytes: 24,
  encrypt: (key, octets) => platform.encryptCbc('des-ede3', key, octets),
  decrypt: (key, octets) => platform.decryptCbc('des-ede3', key, octets),
}

/** Two keys: the first is used again (RFC 7292 appendix C). */
const twoKeyTripleDes: BlockCipher = {
  keyBytes: 16,
  encrypt: ({ key, iv }, octets) => tripleDes.encrypt({ key: spreadKey(key), iv }, octets),
  decrypt: ({ key, iv }, octets) => tripleDes.decrypt({ key: spreadKey(key), iv }, octets),
}

const ciphers: ReadonlyMap<string, BlockCipher> = new Map([
  [pkcs12Oid.sha1And3KeyTripleDes, tripleDes],
  [pkcs12Oid.sha1And2KeyTripleDes, twoKeyTripleDes],
  [pkcs12Oid.sha1And40BitRc2, rc2(5)],
  [pkcs12Oid.sha1And128BitRc2, rc2(16)],
])

const cipherOf = (oid: string): BlockCipher => {
  const cipher = ciphers.get(oid)
  if (cipher === undefined) {
    throw new PkiError({
      code: 'pkcs12.unsupported-algorithm',
      message: 'A part of the key store is encrypted with an algorithm that is not read here.',
      data: { oid },
    })
  }
  return cipher
}

const keyOf = (
  { keyBytes }: BlockCipher,
  secret: { readonly password: Uint8Array; readonly salt: Uint8Array; readonly iterations: number },
): { key: Uint8Array; iv: Uint8Array } => ({
  key: deriveOctets({ ...secret, hash: 'sha1', purpose: 'key', length: keyBytes }),
  iv: deriveOctets({ ...secret, hash: 'sha1', purpose: 'iv', length: blockBytes }),
})

const decryptPbe = (
  encrypted: Uint8Array,
  input: {
    readonly algorithm: AlgorithmIdentifier
    readonly password: Password
    readonly work: WorkLimit
  },
): Uint8Array | undefined => {
  const cipher = cipherOf(input.algorithm.oid)
  const parameters = expectSequence(input.algorithm.parameters ?? undefined)
  expectEnd(parameters, 2)
  const salt = octetsOf(parameters[0])
  const iterations = smallIntegerOf(parameters[1])
  // Two digests of SHA-1 for a key of 24 octets, one for the start vector.
  input.work.spend({ salt, iterations, blocks: cipher.keyBytes > 20 ? 3 : 2 })
  if (encrypted.length === 0 || encrypted.length % blockBytes !== 0) {
    return undefined
  }
  const key = keyOf(cipher, { password: input.password.bmp, salt, iterations })
  return unpadBlocks(cipher.decrypt(key, encrypted), blockBytes)
}

/**
 * Decrypts one part by its AlgorithmIdentifier: PBES2 or a scheme of RFC 7292 appendix C.
 *
 * Throws `pkcs12.unsupported-algorithm`, `pkcs12.too-much-work`, `key.bad-parameters`, `asn1.*`.
 *
 * @returns `undefined` when what comes out is not whole: another password, or damage.
 */
export const decryptWithPassword = (
  encrypted: Uint8Array,
  input: {
    readonly algorithm: AlgorithmIdentifier
    readonly password: Password
    readonly work: WorkLimit
  },
): Uint8Array | undefined =>
  input.algorithm.oid === pkcs12Oid.pbes2
    ? decryptPbes2(encrypted, { ...input, password: input.password.utf8 })
    : decryptPbe(encrypted, input)

/** Encrypts one part; gives the AlgorithmIdentifier as encoded, and the octets. */
export const encryptWithPassword = (
  plain: Uint8Array,
  input: {
    readonly oid: string
    readonly password: Uint8Array
    readonly salt: Uint8Array
    readonly iterations: number
  },
): { readonly algorithm: Uint8Array; readonly encrypted: Uint8Array } => {
  const cipher = cipherOf(input.oid)
  const padded = padBlocks(plain, blockBytes)
  const parameters = der.sequence(der.octets(input.salt), der.integer(input.iterations))
  return {
    algorithm: encodeAlgorithmIdentifier(input.oid, parameters),
    encrypted: cipher.encrypt(keyOf(cipher, input), padded),
  }
}
