/**
 * Encryption schemes of PBES2: a cipher with its parameters from the file.
 * @module
 */
import {
  type BlockCipherName,
  cryptCtrAcpkm,
  decryptGost28147Cfb,
  encryptGost28147Cfb,
  type Gost28147Sbox,
  kdfTreeGost3411,
  omac,
} from '@muhr/gost'
import { platform } from '#platform'
import { expectEnd, expectSequence, octetsOf, oidOf, smallIntegerOf } from '../asn1/access.ts'
import { concatOctets, equalSecrets } from '../asn1/bytes.ts'
import type { Asn1Node } from '../asn1/node.ts'
import { der } from '../asn1/write.ts'
import { PkiError } from '../error.ts'
import {
  type AlgorithmIdentifier,
  encodeAlgorithmIdentifier,
} from '../keys/algorithm-identifier.ts'
import type { PlatformCipher } from '../platform/types.ts'
import { padBlocks, unpadBlocks } from './cbc-padding.ts'
import { pkcs12Oid } from './oids.ts'
import { decryptRc2Cbc } from './rc2.ts'

/** A cipher ready for a key. */
export type EncryptionScheme = {
  readonly keyBytes: number
  /** `undefined` when what comes out is not whole: another password, or a damaged file. */
  readonly decrypt: (key: Uint8Array, octets: Uint8Array) => Uint8Array | undefined
}

type SchemeReader = (parameters: Asn1Node | undefined, keyLength: number | null) => EncryptionScheme

const badParameters = (oid: string): PkiError =>
  new PkiError({
    code: 'key.bad-parameters',
    message: 'The parameters of an encryption are not those of a published profile.',
    data: { oid },
  })

/** CBC over whole blocks with the padding of RFC 8018. */
const cbcScheme = (
  { oid, cipher, keyBytes }: { oid: string; cipher: PlatformCipher; keyBytes: number },
  blockBytes: 8 | 16,
): readonly [string, SchemeReader] => [
  oid,
  (parameters) => {
    const iv = octetsOf(parameters)
    if (iv.length !== blockBytes) {
      throw badParameters(oid)
    }
    return {
      keyBytes,
      decrypt: (key, octets) =>
        octets.length === 0 || octets.length % blockBytes !== 0
          ? undefined
          : unpadBlocks(platform.decryptCbc(cipher, { key, iv }, octets), blockBytes),
    }
  },
]

/** Effective bits by version, RFC 8018 §B.2.3. */
const rc2Versions: ReadonlyMap<number, number> = new Map([
  [160, 40],
  [120, 64],
  [58, 128],
])

const readRc2: SchemeReader = (parameters, keyLength) => {
  const parts = expectSequence(parameters)
  expectEnd(parts, 2)
  const version = smallIntegerOf(parts[0])
  const iv = octetsOf(parts[1])
  const effectiveBits = version > 255 ? version : rc2Versions.get(version)
  const keyBytes = keyLength ?? (effectiveBits ?? 0) / 8
  const isPossible =
    effectiveBits !== undefined && effectiveBits <= 1024 && iv.length === 8 && keyBytes <= 128
  if (!isPossible || keyBytes < 5) {
    throw badParameters(pkcs12Oid.rc2Cbc)
  }
  return {
    keyBytes,
    decrypt: (key, octets) =>
      octets.length === 0 || octets.length % 8 !== 0
        ? undefined
        : unpadBlocks(decryptRc2Cbc({ key, iv, effectiveBits }, octets), 8),
  }
}

const gost28147Sboxes: ReadonlyMap<string, Gost28147Sbox> = new Map([
  [pkcs12Oid.gost28147ParamZ, 'tc26-z'],
  [pkcs12Oid.gost28147CryptoProA, 'cryptopro-a'],
  [pkcs12Oid.gost28147CryptoProB, 'cryptopro-b'],
  [pkcs12Oid.gost28147CryptoProC, 'cryptopro-c'],
  [pkcs12Oid.gost28147CryptoProD, 'cryptopro-d'],
])

/** Gost28147-89-Parameters of RFC 4490 §4.1: start vector and parameter set; key meshing always. */
const readGost28147: SchemeReader = (parameters) => {
  const parts = expectSequence(parameters)
  expectEnd(parts, 2)
  const iv = octetsOf(parts[0])
  const sbox = gost28147Sboxes.get(oidOf(parts[1]))
  if (sbox === undefined || iv.length !== 8) {
    throw badParameters(pkcs12Oid.gost28147)
  }
  return {
    keyBytes: 32,
    decrypt: (key, octets) => decryptGost28147Cfb(octets, { key, sbox, iv, keyMeshing: true }),
  }
}

/** Sections of RFC 9337 §7.3 (R 1323565.1.017-2018), octets. */
const ctrAcpkm: Readonly<
  Record<BlockCipherName, { readonly ivBytes: number; readonly sectionBytes: number }>
> = {
  magma: { ivBytes: 4, sectionBytes: 8 * 1024 },
  kuznyechik: { ivBytes: 8, sectionBytes: 256 * 1024 },
}

/** The user keying material ends in octets that the keys of the MAC variant are derived with. */
const ukmSeedBytes = 8

const kdfTreeLabel = new TextEncoder().encode('kdf tree')

/** Keys for encryption and MAC, out of the one that the password gives: RFC 9337 §7.3. */
const splitKey = (
  key: Uint8Array,
  ukm: Uint8Array,
): { readonly key: Uint8Array; readonly macKey: Uint8Array } => {
  const seed = ukm.subarray(-ukmSeedBytes)
  const both = kdfTreeGost3411({ key, label: kdfTreeLabel, seed, byteLength: 64 })
  return { key: both.subarray(0, 32), macKey: both.subarray(32) }
}

const cryptCtr = (
  octets: Uint8Array,
  { cipher, key, ukm }: { cipher: BlockCipherName; key: Uint8Array; ukm: Uint8Array },
): Uint8Array => {
  const { ivBytes, sectionBytes } = ctrAcpkm[cipher]
  return cryptCtrAcpkm(octets, { cipher, key, iv: ukm.subarray(0, ivBytes), sectionBytes })
}

/** Encrypts with the MAC inside: the text, then OMAC over it, all in counter mode. */
const sealWithOmac = (
  octets: Uint8Array,
  { cipher, key, ukm }: { cipher: BlockCipherName; key: Uint8Array; ukm: Uint8Array },
): Uint8Array => {
  const keys = splitKey(key, ukm)
  const tag = omac(octets, { cipher, key: keys.macKey })
  return cryptCtr(concatOctets(octets, tag), { cipher, key: keys.key, ukm })
}

const openWithOmac = (
  octets: Uint8Array,
  { cipher, key, ukm }: { cipher: BlockCipherName; key: Uint8Array; ukm: Uint8Array },
): Uint8Array | undefined => {
  const tagBytes = cipher === 'magma' ? 8 : 16
  const keys = splitKey(key, ukm)
  const plain = cryptCtr(octets, { cipher, key: keys.key, ukm })
  const content = plain.subarray(0, Math.max(0, plain.length - tagBytes))
  const tag = omac(content, { cipher, key: keys.macKey })
  return octets.length >= tagBytes && equalSecrets(tag, plain.subarray(content.length))
    ? content
    : undefined
}

const ctrAcpkmScheme = (
  oid: string,
  { cipher, hasOmac }: { readonly cipher: BlockCipherName; readonly hasOmac: boolean },
): readonly [string, SchemeReader] => [
  oid,
  (parameters) => {
    const parts = expectSequence(parameters)
    expectEnd(parts, 1)
    const ukm = octetsOf(parts[0])
    if (ukm.length !== ctrAcpkm[cipher].ivBytes + ukmSeedBytes) {
      throw badParameters(oid)
    }
    return {
      keyBytes: 32,
      decrypt: (key, octets) =>
        hasOmac
          ? openWithOmac(octets, { cipher, key, ukm })
          : cryptCtr(octets, { cipher, key, ukm }),
    }
  },
]

const readers: ReadonlyMap<string, SchemeReader> = new Map<string, SchemeReader>([
  cbcScheme({ oid: pkcs12Oid.aes128Cbc, cipher: 'aes-128', keyBytes: 16 }, 16),
  cbcScheme({ oid: pkcs12Oid.aes192Cbc, cipher: 'aes-192', keyBytes: 24 }, 16),
  cbcScheme({ oid: pkcs12Oid.aes256Cbc, cipher: 'aes-256', keyBytes: 32 }, 16),
  cbcScheme({ oid: pkcs12Oid.tripleDesCbc, cipher: 'des-ede3', keyBytes: 24 }, 8),
  [pkcs12Oid.rc2Cbc, readRc2],
  [pkcs12Oid.gost28147, readGost28147],
  ctrAcpkmScheme(pkcs12Oid.magmaCtrAcpkm, { cipher: 'magma', hasOmac: false }),
  ctrAcpkmScheme(pkcs12Oid.magmaCtrAcpkmOmac, { cipher: 'magma', hasOmac: true }),
  ctrAcpkmScheme(pkcs12Oid.kuznyechikCtrAcpkm, { cipher: 'kuznyechik', hasOmac: false }),
  ctrAcpkmScheme(pkcs12Oid.kuznyechikCtrAcpkmOmac, { cipher: 'kuznyechik', hasOmac: true }),
])

/**
 * The encryption scheme of a PBES2 part: AES, Triple DES and RC2 in CBC mode, GOST 28147-89 in CFB
 * mode, Magma and Kuznyechik in CTR-ACPKM mode with and without OMAC.
 *
 * Throws `pkcs12.unsupported-algorithm`, `key.bad-parameters`, `asn1.*`.
 *
 * @param keyLength octets that the derivation says, if it does.
 */
export const readEncryptionScheme = (
  algorithm: AlgorithmIdentifier,
  keyLength: number | null,
): EncryptionScheme => {
  const reader = readers.get(algorithm.oid)
  if (reader === undefined) {
    throw new PkiError({
      code: 'pkcs12.unsupported-algorithm',
      message: 'A part is encrypted with an algorithm that is not read here.',
      data: { oid: algorithm.oid },
    })
  }
  const scheme = reader(algorithm.parameters ?? undefined, keyLength)
  if (keyLength !== null && keyLength !== scheme.keyBytes) {
    throw badParameters(algorithm.oid)
  }
  return scheme
}

/** Ciphers that we write. */
export type WrittenCipher =
  | 'kuznyechik-ctr-acpkm-omac'
  | 'kuznyechik-ctr-acpkm'
  | 'magma-ctr-acpkm-omac'
  | 'magma-ctr-acpkm'
  | 'gost28147'
  | 'aes-256-cbc'

const writtenCtr: Readonly<
  Record<
    Exclude<WrittenCipher, 'gost28147' | 'aes-256-cbc'>,
    { readonly oid: string; readonly cipher: BlockCipherName; readonly hasOmac: boolean }
  >
> = {
  'kuznyechik-ctr-acpkm-omac': {
    oid: pkcs12Oid.kuznyechikCtrAcpkmOmac,
    cipher: 'kuznyechik',
    hasOmac: true,
  },
  'kuznyechik-ctr-acpkm': {
    oid: pkcs12Oid.kuznyechikCtrAcpkm,
    cipher: 'kuznyechik',
    hasOmac: false,
  },
  'magma-ctr-acpkm-omac': { oid: pkcs12Oid.magmaCtrAcpkmOmac, cipher: 'magma', hasOmac: true },
  'magma-ctr-acpkm': { oid: pkcs12Oid.magmaCtrAcpkm, cipher: 'magma', hasOmac: false },
}

/** Encrypts under a key of 32 octets: the AlgorithmIdentifier as encoded, and the octets. */
export const encryptWithScheme = (
  octets: Uint8Array,
  {
    cipher,
    key,
    random,
  }: {
    readonly cipher: WrittenCipher
    readonly key: Uint8Array
    readonly random: (byteLength: number) => Uint8Array
  },
): { readonly algorithm: Uint8Array; readonly encrypted: Uint8Array } => {
  if (cipher === 'aes-256-cbc') {
    const iv = random(16)
    return {
      algorithm: encodeAlgorithmIdentifier(pkcs12Oid.aes256Cbc, der.octets(iv)),
      encrypted: platform.encryptCbc('aes-256', { key, iv }, padBlocks(octets, 16)),
    }
  }
  if (cipher === 'gost28147') {
    const iv = random(8)
    return {
      algorithm: encodeAlgorithmIdentifier(
        pkcs12Oid.gost28147,
        der.sequence(der.octets(iv), der.oid(pkcs12Oid.gost28147ParamZ)),
      ),
      encrypted: encryptGost28147Cfb(octets, { key, sbox: 'tc26-z', iv, keyMeshing: true }),
    }
  }
  const { oid, cipher: name, hasOmac } = writtenCtr[cipher]
  const ukm = random(ctrAcpkm[name].ivBytes + ukmSeedBytes)
  const sealed = { cipher: name, key, ukm }
  return {
    algorithm: encodeAlgorithmIdentifier(oid, der.sequence(der.octets(ukm))),
    encrypted: hasOmac ? sealWithOmac(octets, sealed) : cryptCtr(octets, sealed),
  }
}
