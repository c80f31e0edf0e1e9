import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { platform as chosen } from '#platform'
import { joinOctets, toHex } from '../asn1/bytes.ts'
import { isPkiError } from '../error.ts'
import { createSigningKey } from '../keys/signing-key.ts'
import { platform as node } from './node.ts'
import { platform as portable } from './portable.ts'
import type { PlatformCipher, PlatformDigest } from './types.ts'

const digests: readonly PlatformDigest[] = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']
const anyDigest = fc.constantFrom(...digests)
const keyBytes: Readonly<Record<PlatformCipher, number>> = {
  'aes-128': 16,
  'aes-192': 24,
  'aes-256': 32,
  'des-ede3': 24,
}
const anyCipher = fc.constantFrom<PlatformCipher>('aes-128', 'aes-192', 'aes-256', 'des-ede3')
const exactly = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })

describe('the platform of Node and the portable one', () => {
  it('package.json chooses node:crypto under Node', () => {
    expect(chosen.name).toBe('node')
    expect(portable.name).toBe('portable')
  })

  it('hash alike, in pieces too', () => {
    fc.assert(
      fc.property(anyDigest, fc.array(fc.uint8Array(), { maxLength: 4 }), (name, pieces) => {
        const answers = [node, portable].flatMap(({ createHash, digest }) => {
          const hash = createHash(name)
          for (const piece of pieces) {
            hash.update(piece)
          }
          return [toHex(hash.digest()), toHex(digest(name, joinOctets(pieces)))]
        })
        expect(new Set(answers).size).toBe(1)
      }),
    )
  })

  it('give the same HMAC and PBKDF2', () => {
    fc.assert(
      fc.property(
        anyDigest,
        fc.uint8Array(),
        fc.uint8Array(),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 90 }),
        (name, first, second, iterations, byteLength) => {
          expect(toHex(portable.hmac(name, first, second))).toBe(
            toHex(node.hmac(name, first, second)),
          )
          const input = { password: first, salt: second, iterations, byteLength }
          expect(toHex(portable.pbkdf2(name, input))).toBe(toHex(node.pbkdf2(name, input)))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('encrypt and decrypt alike: AES and Triple DES', () => {
    fc.assert(
      fc.property(
        anyCipher.chain((name) =>
          fc.tuple(
            fc.constant(name),
            exactly(keyBytes[name]),
            exactly(name === 'des-ede3' ? 8 : 16),
            fc.integer({ min: 1, max: 6 }).chain((blocks) => exactly(16 * blocks)),
          ),
        ),
        ([name, key, iv, octets]) => {
          const encrypted = node.encryptCbc(name, { key, iv }, octets)
          expect(toHex(portable.encryptCbc(name, { key, iv }, octets))).toBe(toHex(encrypted))
          expect(toHex(portable.decryptCbc(name, { key, iv }, encrypted))).toBe(toHex(octets))
          expect(toHex(node.decryptCbc(name, { key, iv }, encrypted))).toBe(toHex(octets))
        },
      ),
      { numRuns: 120 },
    )
  })

  it('open RSA signatures alike, and refuse one that is not below the modulus', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pkcs8 = new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' }))
    const key = createSigningKey(pkcs8)
    const numbers = key.spki.key
    if (numbers.type !== 'rsa') {
      throw new TypeError('an RSA key was expected')
    }
    const signature = key.sign(Uint8Array.of(1, 2, 3))
    const opened = node.rsaPublic(numbers, signature)
    expect(opened?.[1]).toBe(1)
    expect(portable.rsaPublic(numbers, signature)).toEqual(opened)
    const tooLarge = new Uint8Array(256).fill(0xff)
    expect(node.rsaPublic(numbers, tooLarge)).toBeUndefined()
    expect(portable.rsaPublic(numbers, tooLarge)).toBeUndefined()
    expect(portable.rsaPublic(numbers, signature.subarray(1))).toBeUndefined()
  })

  it('the portable one refuses RSA private keys by a code of their own', () => {
    const codes = [
      () => portable.openRsaKey(new Uint8Array()),
      () => portable.generateRsaKey(2048),
    ].map((use) => {
      try {
        use()
        return null
      } catch (error) {
        return isPkiError(error) ? error.code : error
      }
    })
    expect(codes).toEqual(['key.needs-node', 'key.needs-node'])
  })
})
