/**
 * The platform of Node: `node:crypto`.
 * @module
 */
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  pbkdf2Sync,
  publicDecrypt,
  sign,
} from 'node:crypto'
import { concatOctets } from '../asn1/bytes.ts'
import { der } from '../asn1/write.ts'
import { PkiError } from '../error.ts'
import type { Platform, PlatformCipher, RsaNumbers } from './types.ts'

const cipherNames: Readonly<Record<PlatformCipher, string>> = {
  'aes-128': 'aes-128-cbc',
  'aes-192': 'aes-192-cbc',
  'aes-256': 'aes-256-cbc',
  'des-ede3': 'des-ede3-cbc',
}

/** Parsing a key costs as much as using it; the same certificate is used again and again. */
const publicKeys = new WeakMap<RsaNumbers, KeyObject>()

const publicKeyOf = (numbers: RsaNumbers): KeyObject => {
  const known = publicKeys.get(numbers)
  if (known !== undefined) {
    return known
  }
  const bytes = der.sequence(der.integer(numbers.modulus), der.integer(numbers.exponent))
  const key = createPublicKey({ key: Buffer.from(bytes), format: 'der', type: 'pkcs1' })
  publicKeys.set(numbers, key)
  return key
}

/** See {@link Platform}. */
export const platform: Platform = {
  name: 'node',
  createHash: (name) => {
    const running = createHash(name)
    return {
      update: (octets) => {
        running.update(octets)
      },
      digest: () => new Uint8Array(running.digest()),
    }
  },
  // Without an object that the collector has to release.
  digest: (name, octets) => new Uint8Array(hash(name, octets, 'buffer')),
  hmac: (name, key, octets) => new Uint8Array(createHmac(name, key).update(octets).digest()),
  pbkdf2: (name, { password, salt, iterations, byteLength }) =>
    new Uint8Array(pbkdf2Sync(password, salt, iterations, byteLength, name)),
  encryptCbc: (name, { key, iv }, octets) => {
    const cipher = createCipheriv(cipherNames[name], key, iv).setAutoPadding(false)
    return concatOctets(cipher.update(octets), cipher.final())
  },
  decryptCbc: (name, { key, iv }, octets) => {
    const decipher = createDecipheriv(cipherNames[name], key, iv).setAutoPadding(false)
    return concatOctets(decipher.update(octets), decipher.final())
  },
  rsaPublic: (key, signature) => {
    try {
      const options = { key: publicKeyOf(key), padding: constants.RSA_NO_PADDING }
      return new Uint8Array(publicDecrypt(options, signature))
    } catch {
      // OpenSSL refuses a signature that is not below the modulus.
      return undefined
    }
  },
  openRsaKey: (pkcs8) => {
    try {
      const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
      return { sign: (digest, data) => new Uint8Array(sign(digest, data, key)) }
    } catch (cause) {
      throw new PkiError({
        code: 'key.malformed',
        message: 'The RSA private key cannot be used.',
        cause,
      })
    }
  },
  generateRsaKey: (bits) => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: bits,
      publicExponent: 65537,
    })
    return new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' }))
  },
}
