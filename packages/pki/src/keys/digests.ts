import { createGost94, createStreebog256, createStreebog512 } from '@muhr/gost'
import { platform } from '#platform'
import { PkiError } from '../error.ts'
import { algorithmOid } from './oids.ts'

/** A running digest; octets go in as they arrive. */
export type DigestState = {
  update(bytes: Uint8Array): DigestState
  digest(): Uint8Array
}

/** The digests that this package computes, by their own names. */
export type DigestName =
  | 'sha1'
  | 'sha256'
  | 'sha384'
  | 'sha512'
  | 'streebog-256'
  | 'streebog-512'
  | 'gost-34.311-95'
  | 'gost-34.11-94'
  | 'ozdst-1106-2009-2-a'

/** One digest algorithm under one national OID. */
export type DigestAlgorithm = {
  readonly oid: string
  readonly name: DigestName
  readonly byteLength: number
  /** Broken against collisions: for reading old objects and for naming, never for new signatures. */
  readonly historic: boolean
  readonly create: () => DigestState
}

const ofPlatform = (name: 'sha1' | 'sha256' | 'sha384' | 'sha512') => (): DigestState => {
  const hash = platform.createHash(name)
  const state: DigestState = {
    update: (bytes) => {
      hash.update(bytes)
      return state
    },
    digest: () => hash.digest(),
  }
  return state
}

const digests: readonly DigestAlgorithm[] = [
  {
    oid: algorithmOid.sha1,
    name: 'sha1',
    byteLength: 20,
    historic: true,
    create: ofPlatform('sha1'),
  },
  {
    oid: algorithmOid.sha256,
    name: 'sha256',
    byteLength: 32,
    historic: false,
    create: ofPlatform('sha256'),
  },
  {
    oid: algorithmOid.sha384,
    name: 'sha384',
    byteLength: 48,
    historic: false,
    create: ofPlatform('sha384'),
  },
  {
    oid: algorithmOid.sha512,
    name: 'sha512',
    byteLength: 64,
    historic: false,
    create: ofPlatform('sha512'),
  },
  ...[algorithmOid.kzStreebog256, algorithmOid.ruStreebog256].map(
    (oid): DigestAlgorithm => ({
      oid,
      name: 'streebog-256',
      byteLength: 32,
      historic: false,
      create: createStreebog256,
    }),
  ),
  ...[algorithmOid.kzStreebog512, algorithmOid.ruStreebog512].map(
    (oid): DigestAlgorithm => ({
      oid,
      name: 'streebog-512',
      byteLength: 64,
      historic: false,
      create: createStreebog512,
    }),
  ),
  {
    oid: algorithmOid.kzGost34311,
    name: 'gost-34.311-95',
    byteLength: 32,
    historic: false,
    create: () => createGost94({ sbox: 'd-test' }),
  },
  {
    oid: algorithmOid.ruGost341194,
    name: 'gost-34.11-94',
    byteLength: 32,
    historic: false,
    create: () => createGost94({ sbox: 'cryptopro' }),
  },
  {
    // The same function as GOST R 34.11-94 (crypto.md §1.3), under an identifier of its own.
    oid: algorithmOid.uzDigest,
    name: 'ozdst-1106-2009-2-a',
    byteLength: 32,
    historic: false,
    create: () => createGost94({ sbox: 'cryptopro' }),
  },
]

const byOid: ReadonlyMap<string, DigestAlgorithm> = new Map(
  digests.map((algorithm) => [algorithm.oid, Object.freeze(algorithm)]),
)

/**
 * The digest algorithm of an OID: SHA-1, SHA-2, Streebog under the Kazakh and Russian OIDs,
 * GOST 34.311-95 (test S-box), GOST R 34.11-94 and O'z DSt 1106 variant 2-A (CryptoPro S-box).
 *
 * Throws `digest.unsupported`.
 */
export const digestByOid = (oid: string): DigestAlgorithm => {
  const algorithm = byOid.get(oid)
  if (algorithm === undefined) {
    throw new PkiError({
      code: 'digest.unsupported',
      message: 'The digest algorithm is not one that we compute.',
      data: { oid },
    })
  }
  return algorithm
}

/** Is this a digest algorithm that this package computes? */
export const isKnownDigest = (oid: string): boolean => byOid.has(oid)

/** Digest of one piece, by OID. Throws `digest.unsupported`. */
export const digestOf = (oid: string, bytes: Uint8Array): Uint8Array => {
  const { name, create } = digestByOid(oid)
  return name === 'sha1' || name === 'sha256' || name === 'sha384' || name === 'sha512'
    ? platform.digest(name, bytes)
    : create().update(bytes).digest()
}
