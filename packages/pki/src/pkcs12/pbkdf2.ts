import { type GostPrf, pbkdf2Gost } from '@muhr/gost'
import { platform } from '#platform'
import { expectEnd, expectSequence, isUniversal, octetsOf, smallIntegerOf } from '../asn1/access.ts'
import { type Asn1Node, universalTag } from '../asn1/node.ts'
import { der } from '../asn1/write.ts'
import { PkiError } from '../error.ts'
import {
  type AlgorithmIdentifier,
  encodeAlgorithmIdentifier,
  expectNoParameters,
  parseAlgorithmIdentifier,
} from '../keys/algorithm-identifier.ts'
import type { PlatformDigest } from '../platform/types.ts'
import { pkcs12Oid } from './oids.ts'
import type { WorkLimit } from './work-limit.ts'

/** A pseudo-random function of PBKDF2: HMAC over one hash. */
type Prf = { readonly digestBytes: number; readonly weight?: number } & (
  | { readonly family: 'gost'; readonly name: GostPrf }
  | { readonly family: 'platform'; readonly name: PlatformDigest }
)

const prfs: ReadonlyMap<string, Prf> = new Map<string, Prf>([
  [pkcs12Oid.hmacSha1, { family: 'platform', name: 'sha1', digestBytes: 20 }],
  [pkcs12Oid.hmacSha224, { family: 'platform', name: 'sha224', digestBytes: 28 }],
  [pkcs12Oid.hmacSha256, { family: 'platform', name: 'sha256', digestBytes: 32 }],
  [pkcs12Oid.hmacSha384, { family: 'platform', name: 'sha384', digestBytes: 48 }],
  [pkcs12Oid.hmacSha512, { family: 'platform', name: 'sha512', digestBytes: 64 }],
  [pkcs12Oid.hmacStreebog256, { family: 'gost', name: 'hmac-streebog-256', digestBytes: 32 }],
  [pkcs12Oid.hmacStreebog512, { family: 'gost', name: 'hmac-streebog-512', digestBytes: 64 }],
  [pkcs12Oid.hmacGost341194, { family: 'gost', name: 'hmac-gost94', digestBytes: 32, weight: 3 }],
])

/** What PBKDF2 mixes into the password. */
export type Pbkdf2Parameters = {
  /** Object identifier of the HMAC. */
  readonly prf: string
  readonly salt: Uint8Array
  readonly iterations: number
}

/**
 * PBKDF2 (RFC 8018 §5.2, RFC 9337 §4) under any HMAC that key stores use, charged to the work limit.
 *
 * Throws `pkcs12.unsupported-algorithm`, `pkcs12.too-much-work`.
 *
 * @param input.password UTF-8.
 */
export const derivePbkdf2 = (
  { prf: oid, salt, iterations }: Pbkdf2Parameters,
  input: {
    readonly password: Uint8Array
    readonly byteLength: number
    readonly work: WorkLimit
  },
): Uint8Array => {
  const prf = prfs.get(oid)
  if (prf === undefined) {
    throw new PkiError({
      code: 'pkcs12.unsupported-algorithm',
      message: 'A password is hashed with a function that is not read here.',
      data: { oid },
    })
  }
  const { password, byteLength } = input
  const blocks = Math.ceil(byteLength / prf.digestBytes)
  input.work.spend({ salt, iterations, blocks, weight: prf.weight ?? 1 })
  const parameters = { password, salt, iterations, byteLength }
  return prf.family === 'gost'
    ? pbkdf2Gost({ prf: prf.name, ...parameters })
    : platform.pbkdf2(prf.name, parameters)
}

const isInteger = (node: Asn1Node | undefined): boolean => isUniversal(node, universalTag.integer)

/**
 * Reads an AlgorithmIdentifier of PBKDF2 (RFC 8018 §A.2).
 *
 * Throws `pkcs12.unsupported-algorithm` for another derivation, `key.bad-parameters`, `asn1.*`.
 *
 * @returns the parameters, and the length of the key where the file states it.
 */
export const parsePbkdf2 = (
  algorithm: AlgorithmIdentifier,
): Pbkdf2Parameters & { readonly keyLength: number | null } => {
  if (algorithm.oid !== pkcs12Oid.pbkdf2) {
    throw new PkiError({
      code: 'pkcs12.unsupported-algorithm',
      message: 'A key is derived from the password in a way that is not read here.',
      data: { oid: algorithm.oid },
    })
  }
  const [salt, iterations, ...rest] = expectSequence(algorithm.parameters ?? undefined)
  const keyLength = isInteger(rest[0]) ? smallIntegerOf(rest[0]) : null
  const [prfNode, ...none] = keyLength === null ? rest : rest.slice(1)
  expectEnd(none, 0)
  const prf = prfNode === undefined ? null : parseAlgorithmIdentifier(prfNode)
  if (prf !== null) {
    expectNoParameters(prf)
  }
  return {
    prf: prf?.oid ?? pkcs12Oid.hmacSha1,
    salt: octetsOf(salt),
    iterations: smallIntegerOf(iterations),
    keyLength,
  }
}

/** Writes an AlgorithmIdentifier of PBKDF2 without the length of the key (RFC 9337 §7.1). */
export const encodePbkdf2 = ({ prf, salt, iterations }: Pbkdf2Parameters): Uint8Array =>
  encodeAlgorithmIdentifier(
    pkcs12Oid.pbkdf2,
    der.sequence(
      der.octets(salt),
      der.integer(iterations),
      encodeAlgorithmIdentifier(prf, der.null()),
    ),
  )
