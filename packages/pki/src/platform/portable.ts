/**
 * The platform of browsers and everything else: @noble, BigInt, and the Triple DES of this room.
 * Slower than `node.ts`, the same octets. There is no RSA signing at once here: BigInt takes time that
 * depends on the secret. A signer on WebCrypto is `createRsaSigner`.
 * @module
 */
import { cbc } from '@noble/ciphers/aes.js'
import { hmac } from '@noble/hashes/hmac.js'
import { md5, sha1 } from '@noble/hashes/legacy.js'
import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { fromHex, toHex } from '../asn1/bytes.ts'
import { PkiError } from '../error.ts'
import { decryptTripleDesCbc, encryptTripleDesCbc } from './triple-des.ts'
import type { Platform } from './types.ts'

const hashes = { md5, sha1, sha224, sha256, sha384, sha512 } as const

const needsNode = (): never => {
  throw new PkiError({
    code: 'key.needs-node',
    message: 'RSA private keys are not used at once outside of Node.',
  })
}

const numberOf = (octets: Uint8Array): bigint => BigInt(`0x0${toHex(octets)}`)

const octetsOf = (value: bigint, length: number): Uint8Array =>
  fromHex(value.toString(16).padStart(2 * length, '0'))

/** base^exponent mod modulus, of public values only. */
const powerModulo = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
  let result = 1n
  let square = base
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) {
      result = (result * square) % modulus
    }
    square = (square * square) % modulus
  }
  return result
}

/** See {@link Platform}. */
export const platform: Platform = {
  name: 'portable',
  createHash: (name) => {
    const hash = hashes[name].create()
    return {
      update: (octets) => {
        hash.update(octets)
      },
      digest: () => hash.digest(),
    }
  },
  digest: (name, octets) => hashes[name](octets),
  hmac: (name, key, octets) => hmac(hashes[name], key, octets),
  pbkdf2: (name, { password, salt, iterations, byteLength }) =>
    pbkdf2(hashes[name], password, salt, { c: iterations, dkLen: byteLength }),
  encryptCbc: (name, { key, iv }, octets) =>
    name === 'des-ede3'
      ? encryptTripleDesCbc({ key, iv }, octets)
      : cbc(key, iv, { disablePadding: true }).encrypt(octets),
  decryptCbc: (name, { key, iv }, octets) =>
    name === 'des-ede3'
      ? decryptTripleDesCbc({ key, iv }, octets)
      : cbc(key, iv, { disablePadding: true }).decrypt(octets),
  rsaPublic: ({ modulus, exponent }, signature) => {
    const length = Math.ceil(modulus.toString(16).length / 2)
    const value = numberOf(signature)
    return value < modulus && signature.length === length
      ? octetsOf(powerModulo(value, exponent, modulus), length)
      : undefined
  },
  openRsaKey: needsNode,
  generateRsaKey: needsNode,
}
