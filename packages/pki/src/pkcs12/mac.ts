/**
 * The password MAC over the content of a PKCS#12 file: RFC 7292 §4 and §5.1, RFC 9548 §3 and §5 for
 * GOST, RFC 9579 for PBMAC1.
 * @module
 */
import { expectEnd, expectSequence, octetsOf, smallIntegerOf } from '../asn1/access.ts'
import { equalSecrets } from '../asn1/bytes.ts'
import type { Asn1Node } from '../asn1/node.ts'
import { der } from '../asn1/write.ts'
import { PkiError } from '../error.ts'
import {
  type AlgorithmIdentifier,
  encodeAlgorithmIdentifier,
  expectNoParameters,
  parseAlgorithmIdentifier,
} from '../keys/algorithm-identifier.ts'
import { algorithmOid } from '../keys/oids.ts'
import { deriveOctets, type Pkcs12Hash, pkcs12Hashes } from './derive-octets.ts'
import { pkcs12Oid } from './oids.ts'
import type { Password } from './password.ts'
import { derivePbkdf2, parsePbkdf2 } from './pbkdf2.ts'
import type { WorkLimit } from './work-limit.ts'

type MacHash = {
  readonly hash: Pkcs12Hash
  /** The HMAC that PBKDF2 runs, for the hashes of the Russian profile. */
  readonly gostPrf?: string
}

const hashes: ReadonlyMap<string, MacHash> = new Map<string, MacHash>([
  [pkcs12Oid.md5, { hash: 'md5' }],
  [algorithmOid.sha1, { hash: 'sha1' }],
  [pkcs12Oid.sha224, { hash: 'sha224' }],
  [algorithmOid.sha256, { hash: 'sha256' }],
  [algorithmOid.sha384, { hash: 'sha384' }],
  [algorithmOid.sha512, { hash: 'sha512' }],
  [algorithmOid.ruStreebog256, { hash: 'streebog-256', gostPrf: pkcs12Oid.hmacStreebog256 }],
  [algorithmOid.ruStreebog512, { hash: 'streebog-512', gostPrf: pkcs12Oid.hmacStreebog512 }],
  [algorithmOid.ruGost341194, { hash: 'gost-34.11-94', gostPrf: pkcs12Oid.hmacGost341194 }],
])

const unsupported = (oid: string): PkiError =>
  new PkiError({
    code: 'pkcs12.unsupported-algorithm',
    message: 'The key store is protected by a hash that is not read here.',
    data: { oid },
  })

/** RFC 9548 §3: of so many derived octets the last 32 are the key. */
const gostDerivedBytes = 96
const gostKeyBytes = 32

type Salted = { readonly salt: Uint8Array; readonly iterations: number }
type Opening = { readonly password: Password; readonly work: WorkLimit }

const gostMacKey = (prf: string, salted: Salted, { password, work }: Opening): Uint8Array =>
  derivePbkdf2(
    { prf, ...salted },
    { password: password.utf8, byteLength: gostDerivedBytes, work },
  ).slice(-gostKeyBytes)

/** Key and MAC of RFC 7292 §B.2. */
const pkcs12Mac = (
  content: Uint8Array,
  { hash, salt, iterations, password }: Salted & { hash: Pkcs12Hash; password: Uint8Array },
): Uint8Array => {
  const { digestBytes, hmac } = pkcs12Hashes[hash]
  const key = deriveOctets({
    hash,
    password,
    salt,
    iterations,
    purpose: 'mac',
    length: digestBytes,
  })
  return hmac(key, content)
}

const hmacHashes: ReadonlyMap<string, Pkcs12Hash> = new Map<string, Pkcs12Hash>([
  [pkcs12Oid.hmacSha1, 'sha1'],
  [pkcs12Oid.hmacSha224, 'sha224'],
  [pkcs12Oid.hmacSha256, 'sha256'],
  [pkcs12Oid.hmacSha384, 'sha384'],
  [pkcs12Oid.hmacSha512, 'sha512'],
  [pkcs12Oid.hmacStreebog256, 'streebog-256'],
  [pkcs12Oid.hmacStreebog512, 'streebog-512'],
])

/** PBMAC1 (RFC 8018 §7.1, RFC 9579): its own derivation and HMAC; salt and count outside are unused. */
const pbmac1 = (
  content: Uint8Array,
  algorithm: AlgorithmIdentifier,
  { password, work }: Opening,
): Uint8Array => {
  const parts = expectSequence(algorithm.parameters ?? undefined)
  expectEnd(parts, 2)
  const derivation = parsePbkdf2(parseAlgorithmIdentifier(parts[0]))
  const scheme = parseAlgorithmIdentifier(parts[1])
  expectNoParameters(scheme)
  const hash = hmacHashes.get(scheme.oid)
  if (hash === undefined) {
    throw unsupported(scheme.oid)
  }
  const { digestBytes, hmac } = pkcs12Hashes[hash]
  // RFC 9579 §5: the length must be there; a key of a few octets would be an open door.
  const byteLength = derivation.keyLength ?? digestBytes
  if (byteLength < 20 || byteLength > 64) {
    throw new PkiError({
      code: 'key.bad-parameters',
      message: 'The key of a password MAC is of an impossible length.',
      data: { byteLength },
    })
  }
  return hmac(derivePbkdf2(derivation, { password: password.utf8, byteLength, work }), content)
}

/** The MACs that the file may have been written with, the likeliest first, each made when asked for. */
function* candidateMacs(
  content: Uint8Array,
  {
    algorithm,
    salted,
    opening,
  }: { algorithm: AlgorithmIdentifier; salted: Salted; opening: Opening },
): Generator<Uint8Array, void> {
  if (algorithm.oid === pkcs12Oid.pbmac1) {
    yield pbmac1(content, algorithm, opening)
    return
  }
  expectNoParameters(algorithm)
  const known = hashes.get(algorithm.oid)
  if (known === undefined) {
    throw unsupported(algorithm.oid)
  }
  const { hash, gostPrf } = known
  const { password, work } = opening
  if (gostPrf !== undefined) {
    yield pkcs12Hashes[hash].hmac(gostMacKey(gostPrf, salted, opening), content)
  }
  // Some Russian tools derive the key as everybody else does (ru-cryptopro-container.md §8).
  work.spend({ ...salted, blocks: 1, weight: gostPrf === undefined ? 1 : 2 })
  yield pkcs12Mac(content, { hash, ...salted, password: password.bmp })
}

/**
 * Does the MAC hold under this password? Compared in constant time. It is the one test of the password:
 * nothing is decrypted before.
 *
 * Throws `pkcs12.unsupported-algorithm`, `pkcs12.too-much-work`, `key.bad-parameters`, `asn1.*`.
 */
export const isMacOf = (
  password: Password,
  input: {
    readonly content: Uint8Array
    readonly macData: Asn1Node
    readonly work: WorkLimit
  },
): boolean => {
  const parts = expectSequence(input.macData)
  expectEnd(parts, 3)
  const digestInfo = expectSequence(parts[0])
  expectEnd(digestInfo, 2)
  const algorithm = parseAlgorithmIdentifier(digestInfo[0])
  const expected = octetsOf(digestInfo[1])
  const salted = {
    salt: octetsOf(parts[1]),
    iterations: parts[2] === undefined ? 1 : smallIntegerOf(parts[2]),
  }
  const opening = { password, work: input.work }
  for (const mac of candidateMacs(input.content, { algorithm, salted, opening })) {
    if (equalSecrets(mac, expected)) {
      return true
    }
  }
  return false
}

const encodeMacData = (
  input: Salted & { readonly digestOid: string; readonly mac: Uint8Array },
): Uint8Array =>
  der.sequence(
    der.sequence(encodeAlgorithmIdentifier(input.digestOid, der.null()), der.octets(input.mac)),
    der.octets(input.salt),
    der.integer(input.iterations),
  )

/** The MacData over content, with HMAC-SHA1 and the key derivation of PKCS#12. */
export const encodeSha1Mac = (
  content: Uint8Array,
  secret: Salted & { readonly password: Password },
): Uint8Array => {
  const { password, ...salted } = secret
  const mac = pkcs12Mac(content, { hash: 'sha1', ...salted, password: password.bmp })
  return encodeMacData({ ...salted, digestOid: algorithmOid.sha1, mac })
}

/** The MacData over content of RFC 9548 §3: HMAC-Streebog-512 under a key of PBKDF2. */
export const encodeStreebogMac = (content: Uint8Array, secret: Salted & Opening): Uint8Array => {
  const { salt, iterations } = secret
  const key = gostMacKey(pkcs12Oid.hmacStreebog512, { salt, iterations }, secret)
  const mac = pkcs12Hashes['streebog-512'].hmac(key, content)
  return encodeMacData({ salt, iterations, digestOid: algorithmOid.ruStreebog512, mac })
}
