/**
 * PBES2 of RFC 8018 §6.2 with the ciphers of RFC 9337 and of ordinary key stores.
 * @module
 */
import type { RandomBytes } from '@muhr/gost'
import { expectEnd, expectSequence } from '../asn1/access.ts'
import { der } from '../asn1/write.ts'
import {
  type AlgorithmIdentifier,
  encodeAlgorithmIdentifier,
  parseAlgorithmIdentifier,
} from '../keys/algorithm-identifier.ts'
import { encryptWithScheme, readEncryptionScheme, type WrittenCipher } from './encryption-scheme.ts'
import { pkcs12Oid } from './oids.ts'
import { derivePbkdf2, encodePbkdf2, parsePbkdf2 } from './pbkdf2.ts'
import type { WorkLimit } from './work-limit.ts'

/**
 * Decrypts a PBES2 part.
 *
 * Throws `pkcs12.unsupported-algorithm`, `pkcs12.too-much-work`, `key.bad-parameters`, `asn1.*`.
 *
 * @param input.password UTF-8.
 * @returns `undefined` when what comes out is not whole: another password, or damage. A stream cipher
 *   without MAC always gives something.
 */
export const decryptPbes2 = (
  encrypted: Uint8Array,
  input: {
    readonly algorithm: AlgorithmIdentifier
    readonly password: Uint8Array
    readonly work: WorkLimit
  },
): Uint8Array | undefined => {
  const parts = expectSequence(input.algorithm.parameters ?? undefined)
  expectEnd(parts, 2)
  const derivation = parsePbkdf2(parseAlgorithmIdentifier(parts[0]))
  const scheme = readEncryptionScheme(parseAlgorithmIdentifier(parts[1]), derivation.keyLength)
  const key = derivePbkdf2(derivation, { ...input, byteLength: scheme.keyBytes })
  const plain = scheme.decrypt(key, encrypted)
  key.fill(0)
  return plain
}

/** Encrypts one part: the AlgorithmIdentifier as encoded, and the octets. */
export const encryptPbes2 = (
  plain: Uint8Array,
  input: {
    readonly cipher: WrittenCipher
    /** Object identifier of the HMAC in PBKDF2. */
    readonly prf: string
    /** UTF-8. */
    readonly password: Uint8Array
    readonly saltBytes: number
    readonly iterations: number
    readonly random: RandomBytes
    readonly work: WorkLimit
  },
): { readonly algorithm: Uint8Array; readonly encrypted: Uint8Array } => {
  const { cipher, prf, iterations, random } = input
  const parameters = { prf, salt: random(input.saltBytes), iterations }
  const key = derivePbkdf2(parameters, { ...input, byteLength: 32 })
  const { algorithm, encrypted } = encryptWithScheme(plain, { cipher, key, random })
  key.fill(0)
  return {
    algorithm: encodeAlgorithmIdentifier(
      pkcs12Oid.pbes2,
      der.sequence(encodePbkdf2(parameters), algorithm),
    ),
    encrypted,
  }
}
