/**
 * The password MAC over the content of a PKCS#12 file, RFC 7292 §4 and §5.1.
 * @module
 */
import { platform } from '#platform'
import { expectEnd, expectSequence, octetsOf, smallIntegerOf } from '../asn1/access.ts'
import { equalSecrets } from '../asn1/bytes.ts'
import type { Asn1Node } from '../asn1/node.ts'
import { der } from '../asn1/write.ts'
import { PkiError } from '../error.ts'
import {
  encodeAlgorithmIdentifier,
  expectNoParameters,
  parseAlgorithmIdentifier,
} from '../keys/algorithm-identifier.ts'
import { algorithmOid } from '../keys/oids.ts'
import { deriveOctets, type Pkcs12Hash, pkcs12Hashes } from './derive-octets.ts'
import type { WorkLimit } from './work-limit.ts'

const hashes: ReadonlyMap<string, Pkcs12Hash> = new Map([
  [algorithmOid.sha1, 'sha1'],
  [algorithmOid.sha256, 'sha256'],
])

const macOf = (
  content: Uint8Array,
  secret: {
    readonly hash: Pkcs12Hash
    readonly password: Uint8Array
    readonly salt: Uint8Array
    readonly iterations: number
  },
): Uint8Array => {
  const length = pkcs12Hashes[secret.hash].digestBytes
  const key = deriveOctets({ ...secret, purpose: 'mac', length })
  return platform.hmac(secret.hash, key, content)
}

/**
 * Checks the MAC, in constant time. It is the one test of the password: nothing is decrypted before.
 *
 * Throws `pkcs12.wrong-password`, `pkcs12.unsupported-algorithm`, `pkcs12.too-much-work`, `asn1.*`.
 */
export const verifyMac = (
  content: Uint8Array,
  input: {
    readonly macData: Asn1Node
    readonly password: Uint8Array
    readonly work: WorkLimit
  },
): void => {
  const parts = expectSequence(input.macData)
  expectEnd(parts, 3)
  const digestInfo = expectSequence(parts[0])
  expectEnd(digestInfo, 2)
  const algorithm = parseAlgorithmIdentifier(digestInfo[0])
  expectNoParameters(algorithm)
  const { oid } = algorithm
  const expected = octetsOf(digestInfo[1])
  const salt = octetsOf(parts[1])
  const iterations = parts[2] === undefined ? 1 : smallIntegerOf(parts[2])
  const hash = hashes.get(oid)
  if (hash === undefined) {
    throw new PkiError({
      code: 'pkcs12.unsupported-algorithm',
      message: 'The key store is protected by a hash that is not read here.',
      data: { oid },
    })
  }
  input.work.spend({ salt, iterations, blocks: 1 })
  const mac = macOf(content, { hash, password: input.password, salt, iterations })
  if (!equalSecrets(mac, expected)) {
    throw new PkiError({
      code: 'pkcs12.wrong-password',
      message: 'The password does not open the key store, or the file is damaged.',
    })
  }
}

/** The MacData over content, with HMAC-SHA1. */
export const encodeMac = (
  content: Uint8Array,
  secret: { readonly password: Uint8Array; readonly salt: Uint8Array; readonly iterations: number },
): Uint8Array =>
  der.sequence(
    der.sequence(
      encodeAlgorithmIdentifier(algorithmOid.sha1, der.null()),
      der.octets(macOf(content, { ...secret, hash: 'sha1' })),
    ),
    der.octets(secret.salt),
    der.integer(secret.iterations),
  )
